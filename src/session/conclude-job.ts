import type { TableEngine } from '../data/TableEngine.ts';
import type { TableSource } from '../data/TableSource.ts';
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
import { nameBlob } from './name-blob.ts';

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
  const blobs: BlobToStore[] = [];
  const tables = new Map<string, TableSource>();
  let what = '';
  try {
    const outputs: StoredOutput[] = [];
    for (const { handle, dataset } of products.outputs) {
      what = `dataset “${handle}”`;
      const { table, file, sha256, byteSize, summary } = await engine.importDataset(dataset);
      tables.set(handle, table);
      blobs.push({ hash: sha256, content: file });
      outputs.push({ handle, summary, blob: sha256, byteSize });
    }
    const images: StoredImage[] = [];
    for (const { name, mediaType, data } of products.images) {
      what = `image “${name}”`;
      const bytes = new Uint8Array(data);
      const hash = await nameBlob(bytes);
      blobs.push({ hash, content: new Blob([bytes], { type: mediaType }) });
      images.push({ name, mediaType, blob: hash, byteSize: bytes.byteLength });
    }
    return { outcome: { status: 'done', outputs, images }, blobs, tables };
  } catch (error) {
    for (const table of tables.values()) table.close();
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The ${what} that Python sent cannot be read: ${reason}`;
    return {
      outcome: { status: 'failed', error: createPlainError('kernel', message) },
      blobs: [],
      tables: new Map(),
    };
  }
}
