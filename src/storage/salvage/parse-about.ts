import * as v from 'valibot';
import { parseValue } from '../../shared/parse-value.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { newestVersion } from '../migrations.ts';
import { count, time } from '../parse-basics.ts';
import { salvageFormatName, salvageFormatVersion, type SalvageKind } from './salvage-format.ts';

/** What a backup or a rescue says of itself, as far as it is read. */
export interface About {
  readonly kind: SalvageKind;
  readonly appVersion: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  /** That of the database. */
  readonly databaseVersion: number;
  /** What could not be read where it was written, a sentence each. */
  readonly losses: readonly string[];
}

const anyVersion = v.object({ format: v.literal(salvageFormatName), formatVersion: count });

const about = v.object({
  kind: v.picklist(['backup', 'rescue']),
  appVersion: v.string(),
  writtenAt: time,
  database: v.object({ version: v.pipe(count, v.minValue(1)) }),
  losses: v.array(v.string()),
});

/** Checks what `about.json` says; the problem is a sentence. */
export function parseAbout(value: unknown): Result<About, string> {
  const known = parseValue(anyVersion, value);
  if (!known.isOk) return fail(`This is no backup of Cahier: ${known.problem}.`);
  const parsed = parseValue(about, value);
  const isNewer = known.value.formatVersion > salvageFormatVersion;
  if (isNewer || (parsed.isOk && parsed.value.database.version > newestVersion)) {
    return fail(
      'A newer Cahier made this file, and this one would not understand it. Reload the page to get the newest Cahier, and open the file again.',
    );
  }
  if (!parsed.isOk) return fail(`It is not as it should be, ${parsed.problem}.`);
  const { database, ...rest } = parsed.value;
  return succeed({ ...rest, databaseVersion: database.version });
}
