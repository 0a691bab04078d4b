import * as v from 'valibot';
import { parseValue } from '../../shared/parse-value.ts';
import { fail, type Result } from '../../shared/result.ts';

/** Path, offset from the start of the body or of the sources, length in bytes, and CRC-32 of the content. */
export type HeaderRow = readonly [path: string, offset: number, length: number, crc32: number];

export interface ArchiveHeader {
  readonly name: string;
  readonly version: string;
  readonly files: readonly HeaderRow[];
  readonly libraries: readonly HeaderRow[];
  readonly sources: readonly HeaderRow[];
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const row = v.strictTuple([v.string(), count, count, v.pipe(count, v.maxValue(0xffff_ffff))]);

const archiveHeader: v.GenericSchema<unknown, ArchiveHeader> = v.object({
  name: v.string(),
  version: v.string(),
  files: v.array(row),
  libraries: v.array(row),
  sources: v.array(row),
});

/** Checks the header of an archive, which is JSON in UTF-8. */
export function parseArchiveHeader(bytes: Uint8Array): Result<ArchiveHeader, string> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail('its header is no JSON');
  }
  const header = parseValue(archiveHeader, value);
  return header.isOk ? header : fail(`its header is wrong ${header.problem}`);
}
