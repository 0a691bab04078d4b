import type { PackageArchive, PackedFile } from '../protocol/messages.ts';
import { readArchive, verifyArchive } from './archive/read-archive.ts';
import { unpackGzip } from './archive/unpack-gzip.ts';
import type { UnpackedArchive } from './snapshot/make-snapshot.ts';

/** Told of every piece that arrives: the file's name and its bytes. */
export type PieceListener = (fileName: string, pieceBytes: number) => void;

/** Fetches a packed file of this site and unpacks it. Throws an error that names the file. */
export async function fetchPacked(
  { url, unpackedBytes }: PackedFile,
  onPiece: PieceListener,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  try {
    return await unpackGzip(response, unpackedBytes, (pieceBytes) => {
      onPiece(url, pieceBytes);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${url} could not be loaded: ${reason}`, { cause: error });
  }
}

/** Fetches the archive of a package, and checks that it is the one that this site was built with. */
export async function fetchArchive(
  archive: PackageArchive,
  onPiece: PieceListener,
): Promise<UnpackedArchive> {
  const bytes = await fetchPacked(archive, onPiece);
  if (!(await verifyArchive(bytes, archive.sha256))) {
    throw new Error(`${archive.url} is not the file that this site was built with`);
  }
  const index = readArchive(bytes);
  if (!index.isOk) throw new Error(`${archive.url} cannot be read: ${index.problem}`);
  return { index: index.value, bytes };
}
