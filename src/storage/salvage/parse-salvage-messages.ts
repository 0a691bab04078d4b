import * as v from 'valibot';
import { parseValue } from '../../shared/parse-value.ts';
import type { Result } from '../../shared/result.ts';
import { count } from '../parse-basics.ts';
import type { FromSalvageWorker, ToSalvageWorker } from './salvage-messages.ts';

const fileHandle = v.custom<FileSystemFileHandle>(
  (value) => typeof value === 'object' && value !== null && 'createWritable' in value,
  'Expected a file to write to',
);

const source = { databaseName: v.string(), appVersion: v.string() };

const toWorker: v.GenericSchema<unknown, ToSalvageWorker> = v.variant('type', [
  v.object({ type: v.literal('write-backup'), ...source }),
  v.object({ type: v.literal('write-rescue'), ...source, target: v.nullable(fileHandle) }),
  v.object({ type: v.literal('cancel') }),
]);

const fromWorker: v.GenericSchema<unknown, FromSalvageWorker> = v.variant('type', [
  v.object({ type: v.literal('salvage-progressed'), doneBytes: count }),
  v.object({
    type: v.literal('salvaged'),
    file: v.nullable(v.instance(Blob)),
    byteSize: count,
    recordCount: count,
    valueCount: count,
    losses: v.array(v.string()),
  }),
  v.object({ type: v.literal('salvage-failed'), message: v.string() }),
]);

/** Checks what arrives in the worker. */
export function parseToSalvageWorker(message: unknown): Result<ToSalvageWorker, string> {
  return parseValue(toWorker, message);
}

/** Checks what arrives on the page. */
export function parseFromSalvageWorker(message: unknown): Result<FromSalvageWorker, string> {
  return parseValue(fromWorker, message);
}
