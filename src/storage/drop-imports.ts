import type { ImportId } from '../model/ids.ts';
import type { Imported } from '../model/imported-file.ts';
import type { WriteTransaction } from './job-records.ts';

/**
 * Lets the imports go that these things came with, which are gone for good, where neither a notebook nor a version of a model
 * names them any more, be it in the trash.
 */
export async function dropUnnamedImports(
  transaction: WriteTransaction,
  gone: readonly Imported[],
): Promise<void> {
  const left = new Set<ImportId>();
  // What cannot be read may name anything.
  for (const { importId } of gone) if (typeof importId === 'string') left.add(importId);
  for (const name of ['notebooks', 'modelVersions'] as const) {
    if (left.size === 0) return;
    const records: readonly Imported[] = await transaction.objectStore(name).getAll();
    for (const { importId } of records) if (importId !== undefined) left.delete(importId);
  }
  for (const id of left) await transaction.objectStore('imports').delete(id);
}
