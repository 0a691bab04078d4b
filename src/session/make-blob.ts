import type { TableEngine } from '../data/TableEngine.ts';
import { BlobHash } from '../model/ids.ts';
import { hashBytes } from '../shared/hash-bytes.ts';
import type { BlobToStore } from '../storage/Storage.ts';

/** More bytes are copied and hashed in the worker of the tables: a film would hold the page up for seconds. */
const mostBytesHere = 1_000_000;

/**
 * Bytes as they are stored, under their hash. Large ones are transferred: the caller's are empty afterwards. Rejects where
 * the worker that takes those breaks.
 */
export async function makeBlob(
  engine: Pick<TableEngine, 'storeBytes'>,
  bytes: Uint8Array<ArrayBuffer>,
  mediaType = '',
): Promise<BlobToStore> {
  if (bytes.byteLength > mostBytesHere) return await engine.storeBytes(bytes, mediaType);
  const hash = BlobHash.from(await hashBytes(bytes));
  return { hash, content: new Blob([bytes], { type: mediaType }) };
}
