import { BlobHash } from '../model/ids.ts';
import { hashBytes } from '../shared/hash-bytes.ts';

/** The hash that a value is stored under. */
export async function nameBlob(bytes: Uint8Array<ArrayBuffer>): Promise<BlobHash> {
  return BlobHash.from(await hashBytes(bytes));
}
