import * as v from 'valibot';
import { parseValue } from '../../../shared/parse-value.ts';
import type { Result } from '../../../shared/result.ts';

/** What the file that holds a frame tells the page. */
export type FrameMessage =
  | { readonly type: 'frame-ready' }
  /** The content's own height in CSS pixels, as it claims. */
  | { readonly type: 'frame-sized'; readonly height: number }
  /** A host that the policy kept the content from, as it claims; `inline` for a script that it wrote while it was read. */
  | { readonly type: 'frame-blocked'; readonly host: string }
  /** It sent so many messages that it was ended. */
  | { readonly type: 'frame-flooded' };

const frameMessage: v.GenericSchema<unknown, FrameMessage> = v.variant('type', [
  v.object({ type: v.literal('frame-ready') }),
  v.object({ type: v.literal('frame-sized'), height: v.pipe(v.number(), v.finite()) }),
  v.object({
    type: v.literal('frame-blocked'),
    host: v.pipe(v.string(), v.maxLength(300), v.regex(/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i)),
  }),
  v.object({ type: v.literal('frame-flooded') }),
]);

export function parseFrameMessage(message: unknown): Result<FrameMessage, string> {
  return parseValue(frameMessage, message);
}
