import type { Page } from '@playwright/test';

/**
 * Where a text lies in the app's databases: store and way to the value, as in "jobs: outcome.outputs.0.text", sorted and
 * each once. Blobs and buffers are read as UTF-8.
 */
export async function findInStorage(page: Page, wanted: string): Promise<string[]> {
  return await page.evaluate(async (text) => {
    const settle = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the request failed'));
      });
    const found = new Set<string>();
    const look = async (value: unknown, way: string): Promise<void> => {
      if (typeof value === 'string') {
        if (value.includes(text)) found.add(way);
      } else if (value instanceof Blob) await look(await value.text(), way);
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
        await look(new Blob([value as ArrayBuffer]), way);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, item] of Object.entries(value)) {
          if (key.includes(text)) found.add(`${way} (a name)`);
          await look(item, `${way}${way.endsWith(': ') ? '' : '.'}${key}`);
        }
      }
    };
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settle(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const records = await settle(database.transaction(store).objectStore(store).getAll());
        for (const record of records as unknown[]) await look(record, `${store}: `);
      }
      database.close();
    }
    return [...found].sort();
  }, wanted);
}
