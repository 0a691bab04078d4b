import { BlobHash } from '../../model/ids.ts';

/** The SHA-256 of bytes, which the browser computes beside everything else. */
export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<BlobHash> {
  // Browsers leave it out on plain http, whatever TypeScript says.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (subtle === undefined) {
    throw new Error('This page has no SHA-256, as it was not opened over https or from localhost.');
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return BlobHash.from(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
