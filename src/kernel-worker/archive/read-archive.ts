import { fail, succeed, type Result } from '../../shared/result.ts';
import type { ArchiveEntry, ArchiveIndex } from './archive-index.ts';
import { parseArchiveHeader, type ArchiveHeader, type HeaderRow } from './parse-archive-header.ts';

/** The first bytes of an archive: the word, then version, then length of the header, both as 32-bit little-endian. */
const magic = new TextEncoder().encode('CAHIERPK');
const formatVersion = 1;
const prefixBytes = 16;

/** Every entry begins at a multiple of this. */
const alignment = 16;

/** Larger headers are refused before they are read: the largest package of the distribution has one of 1 MB. */
const longestHeader = 32 * 1024 * 1024;

/**
 * Reads what an unpacked archive holds. Every entry has exactly one place where it can lie, so that one cut off,
 * moved or overlapping is found; whether the content is the one meant, `verifyArchive` tells.
 *
 * `head` is the archive or its first bytes, as many as the index has; `sizeBytes` is the size of the whole archive. The
 * problem says what is wrong, as the end of a sentence: "it is cut off".
 */
export function readArchive(head: Uint8Array, sizeBytes = head.byteLength): Result<ArchiveIndex, string> {
  if (head.byteLength < prefixBytes) return fail('it is cut off');
  if (magic.some((byte, at) => head[at] !== byte)) return fail('it is no package archive');
  const numbers = new DataView(head.buffer, head.byteOffset, prefixBytes);
  const version = numbers.getUint32(8, true);
  if (version !== formatVersion) return fail(`it has the format ${version}, not ${formatVersion}`);
  const headerLength = numbers.getUint32(12, true);
  if (headerLength > longestHeader) return fail(`its header has ${headerLength} bytes`);
  if (prefixBytes + headerLength > head.byteLength) return fail('it is cut off');
  const header = parseArchiveHeader(head.subarray(prefixBytes, prefixBytes + headerLength));
  if (!header.isOk) return header;
  return placeEntries(header.value, align(prefixBytes + headerLength), sizeBytes);
}

/** Compares an unpacked archive to the SHA-256, in hexadecimal, that the site was built with. */
export async function verifyArchive(archive: Uint8Array<ArrayBuffer>, sha256: string): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', archive));
  const text = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return text === sha256;
}

function placeEntries(
  { name, version, files, libraries }: ArchiveHeader,
  headBytes: number,
  sizeBytes: number,
): Result<ArchiveIndex, string> {
  const unsorted = files.find(([path], at) => at > 0 && path <= (files[at - 1]?.[0] ?? ''));
  if (unsorted) return fail(`its file ${unsorted[0]} is out of order`);
  const rows = [...files, ...libraries];
  const badPath = findBadPath(rows);
  if (badPath !== null) return fail(badPath);
  let end = headBytes;
  const entries: ArchiveEntry[] = [];
  for (const [path, relativeOffset, length] of rows) {
    const offset = align(end);
    if (relativeOffset + headBytes !== offset) return fail(`its file ${path} is not where it has to be`);
    end = offset + length;
    entries.push({ path, offset, length });
  }
  if (end > sizeBytes) return fail('it is cut off');
  if (end < sizeBytes) return fail('it goes on after its end');
  return succeed({
    name,
    version,
    files: entries.slice(0, files.length),
    libraries: entries.slice(files.length),
    headBytes,
    sizeBytes,
  });
}

/** Says what is wrong with the first path that is no plain relative one, comes twice, or is a folder of another. */
function findBadPath(rows: readonly HeaderRow[]): string | null {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const [path] of rows) {
    const parts = path.split('/');
    const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
    if (!isPlain || path.includes('\0') || path.includes('\\'))
      return `its path ${JSON.stringify(path)} is bad`;
    if (files.has(path)) return `its file ${path} comes twice`;
    files.add(path);
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  const both = [...folders].find((folder) => files.has(folder));
  return both === undefined ? null : `its path ${both} is both a file and a folder`;
}

function align(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
