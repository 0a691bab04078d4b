import { Inflate } from 'fflate';
import { readZipDirectory, viewPacked, type ZipEntry } from '../model/wheels/zip-directory.ts';
import { createPauses } from '../shared/in-slices.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { isTakenAlong } from './folder-files.ts';
import type { FileMap } from './manifests/read-manifest.ts';

const mostFiles = 5_000;
const mostBytes = 200_000_000;
/** Unpacked in one go: so few that even what unpacks a thousandfold does not hold the page up. */
const pieceBytes = 4_096;

/** What a long reading tells, and is ended by. */
export interface Reading {
  readonly onProgress?: (doneBytes: number, allBytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Unpacks a zip with flows, whoever made it: names that lead out of it or come twice, too many files and too large ones are
 * refused before anything is unpacked, and nothing unpacks to more than it declares. What no flow needs is left out. It
 * works in slices and tells how many bytes of how many are unpacked. The problem is a sentence. Rejects with an
 * `AbortError` once `signal` is aborted.
 */
export async function readZip(
  bytes: Uint8Array,
  { onProgress, signal }: Reading = {},
): Promise<Result<FileMap, string>> {
  const directory = readZipDirectory(bytes);
  if (!directory.isOk) return fail(`The zip cannot be read: ${directory.problem}.`);
  const entries = directory.value.filter(({ path }) => isTakenAlong(path));
  if (entries.length > mostFiles) return fail(`The zip holds more than ${mostFiles} files.`);
  const total = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  if (total > mostBytes) return fail('The zip holds more than 200 MB.');
  const files = new Map<string, Uint8Array>();
  const pauseBriefly = createPauses();
  let doneBytes = 0;
  let nextTold = 0;
  for (const entry of entries) {
    const pause = async (unpackedBytes: number): Promise<void> => {
      signal?.throwIfAborted();
      if (doneBytes + unpackedBytes >= nextTold) {
        onProgress?.(doneBytes + unpackedBytes, total);
        nextTold = doneBytes + unpackedBytes + total / 100;
      }
      await pauseBriefly();
    };
    const content = await unpack(bytes, entry, pause);
    if (!content) return fail(`The zip cannot be read: its file ${entry.path} is damaged.`);
    files.set(entry.path, content);
    doneBytes += content.byteLength;
  }
  onProgress?.(total, total);
  return succeed(files);
}

/** Null where it is damaged, or not as long as is declared. `pause` is told how much of it is unpacked. */
async function unpack(
  bytes: Uint8Array,
  entry: ZipEntry,
  pause: (unpackedBytes: number) => Promise<void>,
): Promise<Uint8Array | null> {
  await pause(0);
  const packed = viewPacked(bytes, entry);
  if (!packed) return null;
  if (entry.method === 0) return packed.byteLength === entry.unpackedBytes ? packed : null;
  const content = new Uint8Array(entry.unpackedBytes);
  let length = 0;
  const inflate = new Inflate((piece) => {
    if (length + piece.byteLength <= content.byteLength) content.set(piece, length);
    length += piece.byteLength;
  });
  for (let at = 0; at < packed.byteLength && length <= content.byteLength; at += pieceBytes) {
    try {
      inflate.push(packed.subarray(at, at + pieceBytes), at + pieceBytes >= packed.byteLength);
    } catch {
      return null;
    }
    await pause(Math.min(length, content.byteLength));
  }
  return packed.byteLength > 0 && length === content.byteLength ? content : null;
}
