import type { Page } from '@playwright/test';

/** What lies in this origin's storage, of whatever kind. */
export interface StoredThings {
  readonly databases: readonly string[];
  readonly caches: readonly string[];
  /** The names in the folder that pages and workers keep files in. */
  readonly files: readonly string[];
  /** The records of each store, as JSON. */
  readonly stores: Readonly<Record<string, readonly string[]>>;
}

/** Reads everything that the app has stored, past the app. */
export async function readStoredThings(page: Page): Promise<StoredThings> {
  return await page.evaluate(async () => {
    const settle = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the request failed'));
      });
    const database = await settle(indexedDB.open('cahier'));
    const stores: Record<string, string[]> = {};
    for (const name of database.objectStoreNames) {
      const records = (await settle(database.transaction(name).objectStore(name).getAll())) as object[];
      stores[name] = await Promise.all(
        records.map(async (record) => {
          const entries = Object.entries(record).map(async ([key, value]) => [
            key,
            value instanceof Blob ? [...new Uint8Array(await value.arrayBuffer())].join() : value,
          ]);
          return JSON.stringify(Object.fromEntries((await Promise.all(entries)) as [string, unknown][]));
        }),
      );
    }
    database.close();
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      databases: (await indexedDB.databases()).map(({ name = '' }) => name).sort(),
      caches: (await caches.keys()).sort(),
      files: files.sort(),
      stores,
    };
  });
}
