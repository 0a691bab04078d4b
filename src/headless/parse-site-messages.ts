import * as v from 'valibot';
import { parseValue } from '../shared/parse-value.ts';
import type { Result } from '../shared/result.ts';
import type { ToSite } from './site-messages.ts';

const id = v.pipe(v.number(), v.integer());

const toSite: v.GenericSchema<unknown, ToSite> = v.variant('type', [
  v.object({
    type: v.literal('request'),
    id,
    url: v.string(),
    method: v.string(),
    headers: v.array(v.tuple([v.string(), v.string()])),
    body: v.nullable(
      v.custom<Uint8Array<ArrayBuffer>>(
        (value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer,
      ),
    ),
    redirect: v.picklist(['follow', 'error', 'manual']),
  }),
  v.object({ type: v.literal('give-up'), id }),
  v.object({ type: v.literal('read-blob'), id, blob: v.instance(Blob) }),
]);

/** What a worker asks, which runs scripts. */
export function parseToSite(message: unknown): Result<ToSite, string> {
  return parseValue(toSite, message);
}
