import type { IDBPTransaction } from 'idb';
import type { WorkspaceId } from '../../model/ids.ts';
import type { Stores } from '../job-records.ts';
import { parseNotebook } from '../parse-records.ts';
import type { CahierSchema } from '../schema.ts';
import { sortFound } from '../sort-found.ts';
import { ownedStores, readOwned } from './read-owned.ts';
import type { StoredResults, StoredState } from './stored-state.ts';

/** The stores that `readStoredState` reads. */
export const stateStores: Stores = [...ownedStores, 'sessions', 'jobs', 'blobs'];

/** What is stored at this moment, as far as an import has to do with it. Of jobs and sessions only the ids are read. */
export async function readStoredState<Mode extends IDBTransactionMode>(
  transaction: IDBPTransaction<CahierSchema, Stores, Mode>,
  workspaceId: WorkspaceId,
): Promise<StoredState> {
  const [{ workspace, found, all, isInOwn }, workspaceIds, jobs, sessions, hashes] = await Promise.all([
    readOwned(transaction, workspaceId),
    transaction.objectStore('workspaces').getAllKeys(),
    transaction.objectStore('jobs').getAllKeys(),
    transaction.objectStore('sessions').getAllKeys(),
    transaction.objectStore('blobs').getAllKeys(),
  ]);
  const notebooks = found.notebooks.values;
  const others = all.notebooks.filter(({ id }) => !isInOwn({ notebookId: id }));
  const readable = [...notebooks, ...sortFound(others, parseNotebook, 'notebook').values];
  const ownIds = new Set(notebooks.map(({ id }) => id));
  const modelIds = new Set(found.models.values.map(({ id }) => id));
  const results = notebooks.map(async ({ id }): Promise<StoredResults> => ({
    notebookId: id,
    jobIds: await transaction.objectStore('jobs').index('by-notebook').getAllKeys(id),
    sessionIds: await transaction.objectStore('sessions').index('by-notebook').getAllKeys(id),
  }));
  return {
    here: {
      workspace,
      profiles: found.profiles.values,
      schemas: found.schemas.values,
      models: found.models.values,
      versions: found.versions.values.filter(({ modelId }) => modelIds.has(modelId)),
      groups: found.groups.values,
      lines: found.lines.values,
      schedules: found.schedules.values,
      notebooks,
      checkpoints: found.checkpoints.values.filter(({ notebookId }) => ownIds.has(notebookId)),
      results: await Promise.all(results),
    },
    workspaceIds,
    taken: {
      notebook: all.notebooks.map(({ id }) => id),
      cell: [
        ...readable.flatMap(({ cells }) => cells.map(({ id }) => id)),
        ...all.checkpoints.map(({ cellId }) => cellId),
      ],
      job: jobs,
      session: sessions,
      schema: all.schemas.map(({ id }) => id),
      model: all.models.map(({ id }) => id),
      group: all.modelGroups.map(({ id }) => id),
      profile: all.profiles.map(({ id }) => id),
      line: all.productionLines.map(({ id }) => id),
      schedule: all.schedules.map(({ id }) => id),
    },
    hashes,
  };
}
