import * as v from 'valibot';
import { parseValue } from '../../shared/parse-value.ts';
import { fail, type Result } from '../../shared/result.ts';
import { areRunsSound, countBytes, pageBytes, type PageRun } from './page-runs.ts';

/** Stands first in a file that was written to its end. */
export const snapshotMagic = new TextEncoder().encode('CAHIERSN');

/** Magic, then the header's length as a 32-bit little-endian number, then nothing up to here. */
export const prefixBytes = 16;

/** What a snapshot's file says of itself. Behind it lie, each at a multiple of a page, the sections in this order. */
export interface SnapshotHeader {
  /** What Python was made from, and by which browser: another build, and it does not fit. */
  readonly build: string;
  /** The packages that were imported, sorted. */
  readonly packages: readonly string[];
  /** The size of Pyodide's own description of the state. */
  readonly stateBytes: number;
  readonly memoryBytes: number;
  readonly runs: readonly PageRun[];
  /** The length of the function table once the libraries are loaded, and when the snapshot was made. */
  readonly preloadedTableLength: number;
  readonly tableLength: number;
  readonly libraryHandles: Readonly<Record<string, readonly number[]>>;
  /** Checksums are those of `WordChecksum`. */
  readonly pagesChecksum: string;
  readonly stateChecksum: string;
  /** The archives, unpacked: the standard library's, the SDK's, then those of the packages. */
  readonly archives: readonly SnapshotArchive[];
}

export interface SnapshotArchive {
  readonly name: string;
  readonly headBytes: number;
  readonly sizeBytes: number;
  readonly headChecksum: string;
  /** Of the libraries. The other files have checksums of their own in the archive's index. */
  readonly librariesChecksum: string;
}

/** Where a section lies in the file, in bytes. */
export interface Section {
  readonly offset: number;
  readonly length: number;
}

export interface SnapshotSections {
  readonly state: Section;
  readonly pages: Section;
  readonly archives: readonly Section[];
  /** The size of the whole file. */
  readonly sizeBytes: number;
}

/** The places of the sections behind a header of so many bytes. */
export function placeSections(header: SnapshotHeader, headerLength: number): SnapshotSections {
  let end = prefixBytes + headerLength;
  const place = (length: number): Section => {
    const offset = Math.ceil(end / pageBytes) * pageBytes;
    end = offset + length;
    return { offset, length };
  };
  const state = place(header.stateBytes);
  const pages = place(countBytes(header.runs));
  const archives = header.archives.map(({ sizeBytes }) => place(sizeBytes));
  return { state, pages, archives, sizeBytes: end };
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const checksum = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

const snapshotHeader: v.GenericSchema<unknown, SnapshotHeader> = v.object({
  build: v.string(),
  packages: v.array(v.string()),
  stateBytes: count,
  memoryBytes: v.pipe(count, v.multipleOf(65_536), v.maxValue(2 ** 32)),
  runs: v.array(v.strictTuple([count, count])),
  preloadedTableLength: count,
  tableLength: count,
  libraryHandles: v.record(v.string(), v.array(count)),
  pagesChecksum: checksum,
  stateChecksum: checksum,
  archives: v.array(
    v.object({
      name: v.string(),
      headBytes: count,
      sizeBytes: count,
      headChecksum: checksum,
      librariesChecksum: checksum,
    }),
  ),
});

/** Checks the header of a snapshot's file. The problem says what is wrong, as the end of a sentence. */
export function parseSnapshotHeader(bytes: Uint8Array): Result<SnapshotHeader, string> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail('its header is no JSON');
  }
  const header = parseValue(snapshotHeader, value);
  if (!header.isOk) return fail(`its header is wrong ${header.problem}`);
  if (!areRunsSound(header.value.runs, header.value.memoryBytes)) return fail('its pages are out of order');
  return header;
}
