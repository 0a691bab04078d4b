import * as v from 'valibot';
import { parseValue } from '../../../shared/parse-value.ts';
import type { Result } from '../../../shared/result.ts';

/** What the frame of a chart tells the page. */
export type ChartMessage =
  /** `notes` are warnings for the reader. */
  | { readonly type: 'drawn'; readonly drawing: number; readonly notes: readonly string[] }
  /** `drawing` is null where the library could not be run. */
  | { readonly type: 'failed'; readonly drawing: number | null; readonly problem: string }
  | { readonly type: 'sized'; readonly height: number }
  /** A link in the chart was pressed. */
  | { readonly type: 'followed'; readonly address: string }
  | { readonly type: 'saved'; readonly request: number; readonly picture: Blob }
  | { readonly type: 'not-saved'; readonly request: number; readonly problem: string };

const text = v.pipe(
  v.string(),
  v.transform((whole) => whole.slice(0, 1000)),
);

const id = v.pipe(v.number(), v.integer());

const chartMessage: v.GenericSchema<unknown, ChartMessage> = v.variant('type', [
  v.object({ type: v.literal('drawn'), drawing: id, notes: v.pipe(v.array(text), v.maxLength(20)) }),
  v.object({ type: v.literal('failed'), drawing: v.nullable(id), problem: text }),
  v.object({
    type: v.literal('followed'),
    address: v.pipe(v.string(), v.regex(/^(?:https?|mailto):/i), v.maxLength(2000)),
  }),
  v.object({ type: v.literal('sized'), height: v.pipe(v.number(), v.finite()) }),
  v.object({ type: v.literal('saved'), request: id, picture: v.instance(Blob) }),
  v.object({ type: v.literal('not-saved'), request: id, problem: text }),
]);

export function parseChartMessage(message: unknown): Result<ChartMessage, string> {
  return parseValue(chartMessage, message);
}
