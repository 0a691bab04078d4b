import type { IDBPTransaction } from 'idb';
import type { BlobHash, WorkspaceId } from '../model/ids.ts';
import type { CahierSchema } from './schema.ts';
import type { Stores } from './job-records.ts';
import { namesWorkspace } from './workspace-list.ts';

/** The stores that `findNamed` reads. */
export const namingStores: Stores = ['notebooks', 'jobs', 'sessions', 'models', 'modelVersions'];

/** Which of these values something of a workspace names. */
export async function findNamed(
  transaction: IDBPTransaction<CahierSchema, Stores>,
  hashes: readonly BlobHash[],
  id: WorkspaceId,
): Promise<ReadonlySet<BlobHash>> {
  const [notebooks, jobs, sessions] = [
    transaction.objectStore('notebooks'),
    transaction.objectStore('jobs'),
    transaction.objectStore('sessions'),
  ] as const;
  const isNamed = async (hash: BlobHash): Promise<boolean> => {
    const named = await notebooks.index('by-blob').getAll(hash);
    if (named.some((record) => namesWorkspace(record, id))) return true;
    const results = await Promise.all([
      jobs.index('by-blob').getAll(hash),
      sessions.index('by-blob').getAll(hash),
    ]);
    for (const notebookId of new Set(results.flat().map((record) => record.notebookId))) {
      if (namesWorkspace(await notebooks.get(notebookId), id)) return true;
    }
    const versions = await transaction.objectStore('modelVersions').index('by-blob').getAll(hash);
    for (const modelId of new Set(versions.map((version) => version.modelId))) {
      if (namesWorkspace(await transaction.objectStore('models').get(modelId), id)) return true;
    }
    return false;
  };
  const found = new Set<BlobHash>();
  for (const hash of hashes) if (await isNamed(hash)) found.add(hash);
  return found;
}
