import { BackupFolder } from './BackupFolder.ts';

/**
 * Removes a database and the copies of it for good; `onBlocked` is told where that waits for other tabs to be closed. Rejects
 * with a sentence where it cannot be.
 */
export async function removeEverything(databaseName: string, onBlocked: () => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName);
    request.onsuccess = () => {
      resolve();
    };
    request.onerror = () => {
      reject(new Error(request.error?.message ?? 'The browser gives no reason.'));
    };
    request.onblocked = onBlocked;
  });
  const folder = await BackupFolder.open(databaseName).catch(() => null);
  for (const { name } of (await folder?.list()) ?? []) await folder?.remove(name);
}
