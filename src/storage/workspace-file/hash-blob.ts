import { FileHash } from '../../model/FileHash.ts';
import type { BlobHash } from '../../model/ids.ts';

const hashedBytes = 4_000_000;

/** The SHA-256 of a value, which is whole in memory only where it is small. Rejects where the browser cannot read it. */
export async function hashBlob(content: Blob): Promise<BlobHash> {
  const hash = new FileHash(content.size);
  for (let start = 0; hash.isLarge && start < content.size; start += hashedBytes) {
    hash.add(new Uint8Array(await content.slice(start, start + hashedBytes).arrayBuffer()));
  }
  return await hash.finish(content);
}
