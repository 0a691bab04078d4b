import type { TableEngine } from '../data/TableEngine.ts';
import type { TableSource } from '../data/TableSource.ts';
import { BlobHash } from '../model/ids.ts';
import {
  createPlainError,
  type JobEnding,
  type JobOutcome,
  type JobProducts,
  type StoredImage,
  type StoredOutput,
} from '../model/job.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { BlobToStore } from '../storage/Storage.ts';

/** A job's outcome, ready to be stored, with the values it names and the tables that were made on the way. */
export interface Conclusion {
  readonly outcome: JobOutcome;
  readonly blobs: readonly BlobToStore[];
  readonly tables: ReadonlyMap<string, TableSource>;
}

/** Turns what Python handed over into what is stored. What cannot be read makes the job a failed one. */
export async function concludeJob(ending: JobEnding, engine: TableEngine): Promise<Conclusion> {
  switch (ending.status) {
    case 'failed':
    case 'stopped':
      return { outcome: ending, blobs: [], tables: new Map() };
    case 'done':
      return await concludeProducts(ending.products, engine);
    default:
      return assertNever(ending);
  }
}

async function concludeProducts(products: JobProducts, engine: TableEngine): Promise<Conclusion> {
  const outputs: StoredOutput[] = [];
  const blobs: BlobToStore[] = [];
  const tables = new Map<string, TableSource>();
  for (const { handle, dataset } of products.outputs) {
    try {
      const { table, file, sha256, byteSize, summary } = await engine.importDataset(dataset);
      tables.set(handle, table);
      blobs.push({ hash: sha256, content: file });
      outputs.push({ handle, summary, blob: sha256, byteSize });
    } catch (error) {
      for (const table of tables.values()) table.close();
      return { outcome: toFailure(handle, error), blobs: [], tables: new Map() };
    }
  }
  const images: StoredImage[] = [];
  for (const { name, mediaType, data } of products.images) {
    const bytes = new Uint8Array(data);
    const hash = await hashBytes(bytes);
    blobs.push({ hash, content: new Blob([bytes], { type: mediaType }) });
    images.push({ name, mediaType, blob: hash, byteSize: bytes.byteLength });
  }
  return { outcome: { status: 'done', outputs, images }, blobs, tables };
}

function toFailure(handle: string, error: unknown): JobOutcome {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    status: 'failed',
    error: createPlainError('kernel', `The dataset "${handle}" that Python sent cannot be read: ${reason}`),
  };
}

async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<BlobHash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return BlobHash.from(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
