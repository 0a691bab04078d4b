import * as v from 'valibot';
import { parseValue } from '../../../shared/parse-value.ts';
import type { Result } from '../../../shared/result.ts';

/** What the frame of a chart tells the page. */
export type ChartMessage =
  /** `notes` are warnings for the reader. */
  | { readonly type: 'drawn'; readonly notes: readonly string[] }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'sized'; readonly height: number };

const text = v.pipe(
  v.string(),
  v.transform((whole) => whole.slice(0, 1000)),
);

const chartMessage: v.GenericSchema<unknown, ChartMessage> = v.variant('type', [
  v.object({ type: v.literal('drawn'), notes: v.pipe(v.array(text), v.maxLength(20)) }),
  v.object({ type: v.literal('failed'), problem: text }),
  v.object({ type: v.literal('sized'), height: v.pipe(v.number(), v.finite()) }),
]);

export function parseChartMessage(message: unknown): Result<ChartMessage, string> {
  return parseValue(chartMessage, message);
}
