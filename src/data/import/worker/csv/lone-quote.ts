import { longestTold, type RejectedRow } from '../LineReport.ts';
import type { LoneQuote } from './PieceCutter.ts';

/** A row with a quote that does not part a field from the next: why it is left out. Its number is 1. */
export function readLoneQuote({ bytes }: LoneQuote): RejectedRow {
  const text = new TextDecoder().decode(bytes.subarray(0, longestTold)).trimEnd();
  const quoteCount = text.split('"').length - 1;
  const reason =
    quoteCount % 2 === 0
      ? 'a field in quotes goes on behind them'
      : 'a quote opens in it that nothing closes';
  return { line: 1, reason, text };
}
