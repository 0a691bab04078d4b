import { BlobHash } from '../model/ids.ts';

/** The hash that a value is stored under. */
export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<BlobHash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return BlobHash.from(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
