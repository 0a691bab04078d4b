import type { WorkspaceId } from '../model/ids.ts';
import { noKnownModels } from '../model/known-models.ts';
import { dropNotebook, jobStores, type Stores, type WriteTransaction } from './job-records.ts';
import { writeModels } from './model-records.ts';
import { listOwnKeys } from './settings-records.ts';
import { namesWorkspace } from './workspace-list.ts';

/** Stores whose records go with others that they belong to. All others say of each record of which workspace it is. */
const dependentStores: Stores = [
  ...jobStores.filter((name) => name !== 'imports'),
  ...(['settings', 'workspaces'] as const),
];

/**
 * Removes all that names a workspace in the trash, be it understood or not, and at last the workspace. All stores are needed for it.
 * Rejects, as the end of a sentence, where it is in the trash no more.
 */
export async function removeWorkspace(transaction: WriteTransaction, id: WorkspaceId): Promise<void> {
  const stored = await transaction.objectStore('workspaces').get(id);
  if (stored && (stored.deletedAt ?? null) === null) throw new Error('it was restored in another tab');
  for (const record of await transaction.objectStore('notebooks').getAll()) {
    if (namesWorkspace(record, id)) await dropNotebook(transaction, record.id);
  }
  const [models, groups] = [transaction.objectStore('models'), transaction.objectStore('modelGroups')];
  const removedModels = (await models.getAll()).filter((record) => namesWorkspace(record, id));
  const removedGroups = (await groups.getAll()).filter((record) => namesWorkspace(record, id));
  const removed = {
    removedModels: removedModels.map((model) => model.id),
    removedGroups: removedGroups.map((group) => group.id),
  };
  await writeModels(transaction, removed, noKnownModels, id);
  for (const name of transaction.objectStoreNames) {
    if (dependentStores.includes(name)) continue;
    const store = transaction.objectStore(name);
    for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
      if (namesWorkspace(cursor.value, id)) await cursor.delete();
    }
  }
  for (const key of listOwnKeys(id)) await transaction.objectStore('settings').delete(key);
  await transaction.objectStore('workspaces').delete(id);
}
