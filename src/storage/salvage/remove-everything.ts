import { BackupFolder } from './BackupFolder.ts';
import { removeLeftOver } from './scratch-names.ts';

/**
 * Removes a database for good, and the copies of it unless those are kept; `onBlocked` is told where that waits for other tabs to
 * be closed. Rejects with a sentence where it cannot be.
 */
export async function removeEverything(
  databaseName: string,
  onBlocked: () => void,
  copies: 'removed' | 'kept' = 'removed',
): Promise<void> {
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
  await removeLeftOver().catch(() => undefined);
  if (copies === 'kept') return;
  const folder = await BackupFolder.open(databaseName).catch(() => null);
  for (const { name } of (await folder?.list()) ?? []) await folder?.remove(name);
}
