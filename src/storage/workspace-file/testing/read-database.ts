import { openDB } from 'idb';
import { hashBytes } from '../../../shared/hash-bytes.ts';

/** All that is in a database, by stores and keys; of values their hash and kind. */
export async function readDatabase(name: string): Promise<Record<string, unknown>> {
  const database = await openDB(name);
  try {
    const all: Record<string, unknown> = {};
    for (const store of database.objectStoreNames) {
      const records: unknown[] = await database.getAll(store);
      all[store] = await Promise.all(records.map(describeValues));
    }
    return all;
  } finally {
    database.close();
  }
}

async function describeValues(record: unknown): Promise<unknown> {
  if (typeof record !== 'object' || record === null || !('content' in record)) return record;
  const { content } = record;
  if (!(content instanceof Blob)) return record;
  return { ...record, content: [await hashBytes(await content.arrayBuffer()), content.type] };
}
