import type { IDBPDatabase } from 'idb';
import { BlobHash } from '../model/ids.ts';
import type { BlobRecord, CahierSchema } from './schema.ts';
import type { BlobToStore } from './Storage.ts';

/** Values in the form in which the browser keeps them in its database: as blobs, else as bytes. */
export class BlobRecords {
  readonly #database: IDBPDatabase<CahierSchema>;
  #canKeepBlobs: boolean | null = null;

  constructor(database: IDBPDatabase<CahierSchema>) {
    this.#database = database;
  }

  async toRecords(blobs: readonly BlobToStore[]): Promise<readonly BlobRecord[]> {
    if (blobs.length === 0) return [];
    return (await this.canKeepBlobs()) ? blobs : await Promise.all(blobs.map(toBytesRecord));
  }

  async canKeepBlobs(): Promise<boolean> {
    this.#canKeepBlobs ??= await tryBlob(this.#database);
    return this.#canKeepBlobs;
  }

  /** The same of one value without waiting, once it is known whether blobs are kept: within a transaction nothing else is waited for. */
  toRecordNow({ hash, content }: BlobToStore, readNow: (content: Blob) => ArrayBuffer): BlobRecord {
    return this.#canKeepBlobs === false
      ? { hash, content: readNow(content), mediaType: content.type }
      : { hash, content };
  }
}

/** The value of a record as it comes from the database; null where it is none. */
export function readBlobRecord(record: unknown): Blob | null {
  if (typeof record !== 'object' || record === null || !('content' in record)) return null;
  const { content } = record;
  if (content instanceof Blob) return content;
  if (!(content instanceof ArrayBuffer)) return null;
  const type = 'mediaType' in record && typeof record.mediaType === 'string' ? record.mediaType : '';
  return new Blob([content], { type });
}

/**
 * Whether the browser keeps blobs in its database, which is found out by trying: WebKit does not in private windows.
 * https://bugs.webkit.org/show_bug.cgi?id=156347
 */
async function tryBlob(database: IDBPDatabase<CahierSchema>): Promise<boolean> {
  const transaction = database.transaction('blobs', 'readwrite');
  const isOver = transaction.done.catch(() => undefined);
  try {
    await transaction.store.put({ hash: BlobHash.from('0'.repeat(64)), content: new Blob(['probe']) });
    transaction.abort();
    return true;
  } catch {
    return false;
  } finally {
    await isOver;
  }
}

async function toBytesRecord({ hash, content }: BlobToStore): Promise<BlobRecord> {
  return { hash, content: await content.arrayBuffer(), mediaType: content.type };
}
