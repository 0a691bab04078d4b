import { deleteDB } from 'idb';

/** How the names of databases begin in which records are read that are not those of the app. */
export const scratchPrefix = 'cahier-restoring-';

/** Removes those that nobody uses: their tabs were closed. */
export async function removeLeftOver(): Promise<void> {
  if (!('databases' in indexedDB)) return;
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith(scratchPrefix)) continue;
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await deleteDB(name);
    });
  }
}
