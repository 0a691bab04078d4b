import { fail, succeed, type Result } from '../../shared/result.ts';
import type { ArchiveEntry, ArchiveIndex } from './archive-index.ts';
import { parseArchiveHeader, type ArchiveHeader, type HeaderRow } from './parse-archive-header.ts';

/** The first bytes of an archive: the word, then version, then length of the header, both as 32-bit little-endian. */
const magic = new TextEncoder().encode('CAHIERPK');
const formatVersion = 2;
const prefixBytes = 16;

/** Every entry begins at a multiple of this. */
const alignment = 16;

/** Larger headers are refused before they are read: the largest package of the distribution has one of 1 MB. */
const longestHeader = 32 * 1024 * 1024;

/**
 * Reads what an unpacked archive holds. Every entry has exactly one place where it can lie, so that one cut off,
 * moved or overlapping is found. Whether the content is the one meant is told by its hash, which `RemoteFile` compares.
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

function placeEntries(
  { name, version, files, libraries, sources }: ArchiveHeader,
  headBytes: number,
  sizeBytes: number,
): Result<ArchiveIndex, string> {
  const badPath =
    findUnsorted(files) ??
    findUnsorted(libraries) ??
    findUnsorted(sources) ??
    findBadPath([...files, ...libraries, ...sources]);
  if (badPath !== null) return fail(badPath);
  const placed = placeRows([...files, ...libraries], headBytes);
  if (!placed.isOk) return placed;
  const placedSources = placeRows(sources, 0);
  if (!placedSources.isOk) return placedSources;
  const { entries, end } = placed.value;
  if (end > sizeBytes) return fail('it is cut off');
  if (end < sizeBytes) return fail('it goes on after its end');
  return succeed({
    name,
    version,
    files: entries.slice(0, files.length),
    libraries: entries.slice(files.length),
    sources: placedSources.value.entries,
    headBytes,
    sizeBytes,
    sourcesBytes: placedSources.value.end,
  });
}

interface PlacedRows {
  readonly entries: readonly ArchiveEntry[];
  readonly end: number;
}

/** Compares where each entry says that it lies to where it can lie: right after the one before it. */
function placeRows(rows: readonly HeaderRow[], start: number): Result<PlacedRows, string> {
  let end = start;
  const entries: ArchiveEntry[] = [];
  for (const [path, relativeOffset, length, crc32] of rows) {
    const offset = align(end);
    if (start + relativeOffset !== offset) return fail(`its file ${path} is not where it has to be`);
    end = offset + length;
    entries.push({ path, offset, length, crc32 });
  }
  return succeed({ entries, end });
}

function findUnsorted(rows: readonly HeaderRow[]): string | null {
  const found = rows.find(([path], at) => path < (rows[at - 1]?.[0] ?? ''));
  return found ? `its file ${found[0]} is out of order` : null;
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
