import { FileHash } from '../../model/FileHash.ts';
import { BlobHash } from '../../model/ids.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';

const hashedBytes = 4_000_000;

export interface HashedBlob {
  readonly hash: BlobHash;
  /** What it holds, so that it need not be read once more; null where that is much. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** The SHA-256 of a value, which is whole in memory only where it is small. Rejects where the browser cannot read it. */
export async function hashBlob(content: Blob): Promise<HashedBlob> {
  const hash = new FileHash(content.size);
  if (!hash.isLarge) {
    const bytes = new Uint8Array(await content.arrayBuffer());
    return { hash: BlobHash.from(await hashBytes(bytes)), bytes };
  }
  for (let start = 0; start < content.size; start += hashedBytes) {
    hash.add(new Uint8Array(await content.slice(start, start + hashedBytes).arrayBuffer()));
  }
  return { hash: await hash.finish(content), bytes: null };
}
