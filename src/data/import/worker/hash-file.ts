import { FileHash } from '../../../model/FileHash.ts';
import type { BlobHash } from '../../../model/ids.ts';
import { readChunks } from './read-file.ts';

/** The SHA-256 of a file that was read already. */
export async function hashFile(file: Blob): Promise<BlobHash> {
  const hash = new FileHash(file.size);
  if (hash.isLarge) for await (const chunk of readChunks(file)) hash.add(chunk);
  return await hash.finish(file);
}
