import type { GenericSchema } from 'valibot';
import { parseValue } from '../../shared/parse-value.ts';
import { fail, type Result } from '../../shared/result.ts';
import { readYaml } from '../yaml/read-yaml.ts';

/** Files by their paths, with slashes. */
export type FileMap = ReadonlyMap<string, Uint8Array>;

/** Reads a manifest that is among the files. The problem names the file and the place in it. */
export function readManifest<Value>(
  files: FileMap,
  path: string,
  schema: GenericSchema<unknown, Value>,
): Result<Value, string> {
  const bytes = files.get(path);
  if (!bytes) return fail(`${path} is not among the files.`);
  const value = readYaml(path, bytes);
  if (!value.isOk) return value;
  const parsed = parseValue(schema, value.value);
  return parsed.isOk ? parsed : fail(`${path} ${parsed.problem}.`);
}
