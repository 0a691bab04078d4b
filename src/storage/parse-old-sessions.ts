import * as v from 'valibot';

/** The record that version 5 keeps of a session of version 4; null for what is none, which is told when it is read. */
export function addKeptThings(record: unknown): object | null {
  const parsed = v.safeParse(v.looseObject({}), record);
  return parsed.success ? { ...parsed.output, packages: [], ranBy: '', files: [], blobs: [] } : null;
}
