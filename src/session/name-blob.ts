import { hashPieces } from '../model/hash-text.ts';
import { BlobHash } from '../model/ids.ts';
import { hashBytes } from '../shared/hash-bytes.ts';
import { createPauses } from '../shared/in-slices.ts';
import type { BlobToStore } from '../storage/Storage.ts';

/** What has more bytes is hashed and copied in pieces: a film of 200 MB would hold the page up for seconds. */
const mostBytesAtOnce = 8 * 2 ** 20;
const pieceBytes = 512 * 2 ** 10;

/** The hash that a value is stored under. */
export async function nameBlob(bytes: Uint8Array<ArrayBuffer>): Promise<BlobHash> {
  return BlobHash.from(await hashBytes(bytes));
}

/** Makes a blob of a value, and the name that it is stored under. */
export async function createNamedBlob(data: Uint8Array, mediaType: string): Promise<BlobToStore> {
  if (data.byteLength > mostBytesAtOnce) return await createFromPieces(data, mediaType);
  const bytes = new Uint8Array(data);
  return { hash: await nameBlob(bytes), content: new Blob([bytes], { type: mediaType }) };
}

async function createFromPieces(data: Uint8Array, mediaType: string): Promise<BlobToStore> {
  const hash = hashPieces();
  const pieces: Blob[] = [];
  const pause = createPauses();
  for (let start = 0; start < data.byteLength; start += pieceBytes) {
    const piece = new Uint8Array(data.subarray(start, start + pieceBytes));
    hash.add(piece);
    pieces.push(new Blob([piece]));
    await pause();
  }
  return { hash: BlobHash.from(hash.finish()), content: new Blob(pieces, { type: mediaType }) };
}
