import { inflateSync } from 'fflate';
import { readZipDirectory, viewPacked, type ZipEntry } from '../model/wheels/zip-directory.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { isTakenAlong } from './folder-files.ts';
import type { FileMap } from './manifests/read-manifest.ts';

const mostFiles = 5_000;
const mostBytes = 200_000_000;

/**
 * Unpacks a zip with flows, whoever made it: names that lead out of it or come twice, too many files and too large ones are
 * refused before anything is unpacked, and nothing unpacks to more than it declares. What no flow needs is left out. The
 * problem is a sentence.
 */
export function readZip(bytes: Uint8Array): Result<FileMap, string> {
  const directory = readZipDirectory(bytes);
  if (!directory.isOk) return fail(`The zip cannot be read: ${directory.problem}.`);
  const entries = directory.value.filter(({ path }) => isTakenAlong(path));
  if (entries.length > mostFiles) return fail(`The zip holds more than ${mostFiles} files.`);
  const total = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  if (total > mostBytes) return fail('The zip holds more than 200 MB.');
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    const content = unpack(bytes, entry);
    if (!content) return fail(`The zip cannot be read: its file ${entry.path} is damaged.`);
    files.set(entry.path, content);
  }
  return succeed(files);
}

function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const packed = viewPacked(bytes, entry);
  if (!packed) return null;
  if (entry.method === 0) return packed.byteLength === entry.unpackedBytes ? packed : null;
  // One byte more than is declared tells a file that lies about its size.
  const room = new Uint8Array(entry.unpackedBytes + 1);
  try {
    const content = inflateSync(packed, { out: room });
    return content.byteLength === entry.unpackedBytes ? content : null;
  } catch {
    return null;
  }
}
