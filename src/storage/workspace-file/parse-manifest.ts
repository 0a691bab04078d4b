import * as v from 'valibot';
import type { PickedParts } from '../../model/workspace-parts.ts';
import { parseValue } from '../../shared/parse-value.ts';
import { fail, type Result } from '../../shared/result.ts';
import { blobHash, count } from '../parse-basics.ts';
import { formatName, formatVersion, type Manifest } from './workspace-file-format.ts';

/** Which parts go along. */
export const picked: v.GenericSchema<unknown, PickedParts> = v.object({
  data: v.boolean(),
  models: v.boolean(),
  results: v.boolean(),
  history: v.boolean(),
});

const manifest: v.GenericSchema<unknown, Manifest> = v.object({
  format: v.literal(formatName),
  formatVersion: v.pipe(count, v.minValue(1)),
  appVersion: v.string(),
  picked,
  entries: v.array(
    v.object({
      path: v.string(),
      byteSize: count,
      sha256: blobHash,
      mediaType: v.exactOptional(v.string()),
    }),
  ),
  absent: v.array(v.object({ sha256: blobHash, reason: v.picklist(['not-picked', 'missing', 'altered']) })),
  problems: v.array(v.string()),
});

const anyVersion = v.object({ format: v.literal(formatName), formatVersion: count });

/** Checks what a file of up to the newest version of the format says of itself; the problem is a sentence. */
export function parseManifest(value: unknown, newest = formatVersion): Result<Manifest, string> {
  const known = parseValue(anyVersion, value);
  if (!known.isOk) return fail(`This is no workspace of Cahier: ${known.problem}.`);
  if (known.value.formatVersion > newest) {
    return fail(
      `A newer Cahier made this file: it has version ${known.value.formatVersion} of the format, and this Cahier reads up to version ${newest}. Reload the page to get the newest Cahier, or export the workspace there with this one.`,
    );
  }
  const parsed = parseValue(manifest, value);
  return parsed.isOk ? parsed : fail(`It is not as it should be, ${parsed.problem}.`);
}
