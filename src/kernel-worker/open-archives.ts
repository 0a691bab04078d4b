import type { PackedFile, PackedPackage } from '../protocol/messages.ts';
import type { ArchiveIndex } from './archive/archive-index.ts';
import { readWhole } from './archive/file-sources.ts';
import type { ArchiveSources, FileSource } from './archive/FileTree.ts';
import { readArchive } from './archive/read-archive.ts';
import { RemoteFile } from './archive/RemoteFile.ts';

/** An archive whose index was read. */
export interface OpenArchive {
  readonly index: ArchiveIndex;
  readonly from: ArchiveSources;
}

/** One that is at hand, unpacked. */
export interface UnpackedArchive extends OpenArchive {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Told of every piece that arrives: the file's address and the bytes. */
export type FileListener = (url: string, pieceBytes: number) => void;

/** Fetches the archive of a package of this site; its sources are fetched when Python reads them. */
export async function fetchArchive(
  { archive, sources }: PackedPackage,
  onPiece: FileListener,
): Promise<UnpackedArchive> {
  const file = new RemoteFile(archive);
  const bytes = await file.load((pieceBytes) => {
    onPiece(archive.url, pieceBytes);
  });
  const from = { archive: readWhole(() => bytes, bytes.byteLength), sources: fetchLater(sources) };
  return { ...openArchive(bytes, bytes.byteLength, from), bytes };
}

/** Reads the index of an archive of this size from its first bytes. Throws an error that says why it cannot be read. */
export function openArchive(head: Uint8Array, sizeBytes: number, from: ArchiveSources): OpenArchive {
  const index = readArchive(head, sizeBytes);
  if (!index.isOk) throw new Error(`A package archive cannot be read: ${index.problem}`);
  return { index: index.value, from };
}

/** Fetches the two files of a package when they are first read, and not before. */
export function fetchPackageLater({ archive, sources }: PackedPackage): ArchiveSources {
  return { archive: fetchLater(archive), sources: fetchLater(sources) };
}

function fetchLater(packed: PackedFile): FileSource {
  const file = new RemoteFile(packed);
  return readWhole(() => file.read(), packed.unpackedBytes);
}
