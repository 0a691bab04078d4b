import { findHits } from '../../data/search-hits.ts';
import type { ShownCell } from './TableView.svelte.ts';

/** A cell's text on one line: a break of lines is a sign, as a cell has one line only. */
export function oneLine({ kind, text }: ShownCell): string {
  return kind === 'text' ? text.replace(/\r\n|[\n\r\u2028\u2029]/g, '⏎') : text;
}

/** A double has this many digits at least, whatever its size; those beyond tell how it is stored. */
const sureDigits = 15;

/** The text of a float as it is shown: `0.3` for `0.30000000000000004`. The whole one is in the details of its row. */
export function shortFloat(text: string): string {
  if (text.length <= sureDigits + 1 || !/^-?\d+\.\d+(e[-+]\d+)?$/.test(text)) return text;
  const [mantissa = '', exponent] = text.split('e');
  const rounded = Number(Number(mantissa).toPrecision(sureDigits));
  // Digits before the point are never made others.
  if (Math.abs(rounded) >= 10 ** sureDigits) return text;
  if (exponent !== undefined) return Math.abs(rounded) < 10 ? `${String(rounded)}e${exponent}` : text;
  return Number.isInteger(rounded) ? `${String(rounded)}.0` : String(rounded);
}

/** Parts of a cell's text that are to be marked, or not. */
export interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** A cell's text on one line, in parts: those that were searched for, and what stands around them. */
export function markHits(cell: ShownCell, wanted: string): TextPart[] {
  const text = oneLine(cell);
  const parts: TextPart[] = [];
  let end = 0;
  for (const hit of findHits(cell.kind, text, wanted)) {
    parts.push(
      { text: text.slice(end, hit.start), isHit: false },
      { text: text.slice(hit.start, hit.end), isHit: true },
    );
    end = hit.end;
  }
  parts.push({ text: text.slice(end), isHit: false });
  return parts.filter((part) => part.text !== '');
}
