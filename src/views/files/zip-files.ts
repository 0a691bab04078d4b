import { Zip, ZipDeflate } from 'fflate';
import { createPauses } from '../../shared/in-slices.ts';

/** A file for an archive. */
export interface FileToPack {
  /** Its name in the archive, with slashes. */
  readonly path: string;
  /** Rejects with a sentence for the reader. */
  readonly read: () => Promise<Blob>;
}

export interface PackingOptions {
  /** Told how many bytes of the files are packed. */
  readonly onProgress: (packedBytes: number) => void;
  readonly signal: AbortSignal;
}

/** Bytes that are packed at once, which takes a few milliseconds. */
const pieceBytes = 131_072;

/** Compressing more takes many times as long for a few per cent. */
const level = 1;

/**
 * Packs files into a zip archive, in slices. Rejects with what reading a file rejects with, and with an `AbortError` once
 * the signal is aborted.
 */
export async function zipFiles(
  files: readonly FileToPack[],
  { onProgress, signal }: PackingOptions,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const failures: Error[] = [];
  const zip = new Zip((error, part) => {
    if (error) failures.push(error);
    else parts.push(part);
  });
  const pause = createPauses();
  let packedBytes = 0;
  for (const { path, read } of files) {
    const content = await read();
    const entry = new ZipDeflate(path, { level });
    zip.add(entry);
    let start = 0;
    do {
      signal.throwIfAborted();
      const piece = new Uint8Array(await content.slice(start, start + pieceBytes).arrayBuffer());
      start += pieceBytes;
      entry.push(piece, start >= content.size);
      packedBytes += piece.byteLength;
      onProgress(packedBytes);
      await pause();
    } while (start < content.size);
  }
  zip.end();
  if (failures[0]) throw failures[0];
  return new Blob(parts, { type: 'application/zip' });
}
