import { fail, succeed, type Result } from '../../shared/result.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import { openArchive, type OpenArchive } from '../open-archives.ts';
import type { ArchiveSources } from '../archive/FileTree.ts';
import { findLibraries, viewEntry } from '../archive/archive-index.ts';
import { crc32 } from '../archive/crc32.ts';
import type { KeptFile } from './KeptFile.ts';
import { spreadPages } from './page-runs.ts';
import {
  parseSnapshotHeader,
  placeSections,
  prefixBytes,
  snapshotMagic,
  type Section,
  type SnapshotArchive,
  type SnapshotHeader,
  type SnapshotSections,
} from './snapshot-header.ts';
import { checkWords, WordChecksum } from './word-checksum.ts';

/** The file of a snapshot whose header was read. */
export interface SnapshotFile {
  readonly file: KeptFile;
  readonly header: SnapshotHeader;
  readonly sections: SnapshotSections;
}

/** The name of the file for a build and sorted packages. */
export async function nameSnapshot(build: string, packages: readonly string[]): Promise<string> {
  return `${await hashText(build)}-${await hashText(packages.join('\n'))}`;
}

/** Reads the header of the file that has this name. The problem says what is wrong, as the end of a sentence. */
export async function openSnapshot(
  file: KeptFile,
  name: string,
  build: string,
): Promise<Result<SnapshotFile, string>> {
  const prefix = await file.read(0, prefixBytes);
  if (prefix.byteLength < prefixBytes) return fail('it is cut off');
  if (snapshotMagic.some((byte, at) => prefix[at] !== byte)) return fail('it was not written to its end');
  const length = new DataView(prefix.buffer).getUint32(snapshotMagic.byteLength, true);
  const header = parseSnapshotHeader(await file.read(prefixBytes, length));
  if (!header.isOk) return header;
  if (header.value.build !== build) return fail('it was made by another build or another browser');
  if ((await nameSnapshot(build, header.value.packages)) !== name)
    return fail('it is that of other packages');
  const sections = placeSections(header.value, length);
  if (sections.sizeBytes !== file.size) return fail(`it has ${file.size} bytes, not ${sections.sizeBytes}`);
  return succeed({ file, header: header.value, sections });
}

/** Pyodide's description of the state. Rejects where it is damaged. */
export function readState({ file, header, sections }: SnapshotFile): Promise<Uint8Array<ArrayBuffer>> {
  return readVerified(file, sections.state, header.stateChecksum, 'state');
}

/**
 * Reads ahead what has to be. Returns the way to put the pages into a memory, and zeros everywhere else; it throws where
 * they are damaged.
 */
export async function preparePages({
  file,
  header,
  sections: { pages },
}: SnapshotFile): Promise<(memory: Uint8Array<ArrayBuffer>) => void> {
  let ahead = file.isDirect ? null : await file.read(pages.offset, pages.length);
  return (memory) => {
    const checksum = new WordChecksum();
    spreadPages(header.runs, memory, (position, target) => {
      if (ahead) target.set(ahead.subarray(position, position + target.byteLength));
      else file.readNow(pages.offset + position, target);
      checksum.add(target);
    });
    // Pyodide keeps what it was given to restore with, and would keep these along with it.
    ahead = null;
    if (checksum.toString() !== header.pagesChecksum) throw new Error('its pages are damaged');
  };
}

/** The index of an archive, of which nothing else is read yet. Rejects where it is damaged. */
export async function readArchiveIndex(
  file: KeptFile,
  section: Section,
  { name, headBytes, headChecksum, sizeBytes }: SnapshotArchive,
  from: ArchiveSources,
): Promise<OpenArchive> {
  const place = { offset: section.offset, length: headBytes };
  const head = await readVerified(file, place, headChecksum, `index of ${name}`);
  return openArchive(head, sizeBytes, from);
}

/** The libraries of an archive, as they lie at its end. Rejects where they are damaged. */
export function readLibraries(
  file: KeptFile,
  section: Section,
  { index }: OpenArchive,
  { librariesChecksum }: SnapshotArchive,
): Promise<Uint8Array<ArrayBuffer>> {
  const { offset, length } = findLibraries(index);
  const place = { offset: section.offset + offset, length };
  return readVerified(file, place, librariesChecksum, `libraries of ${index.name}`);
}

/** Reads everything; rejects where anything is damaged, also what a restore reads only when Python asks for it. */
export async function verifySnapshot(snapshot: SnapshotFile): Promise<void> {
  const { file, header, sections } = snapshot;
  const spread = await preparePages(snapshot);
  spread(new Uint8Array(header.memoryBytes));
  await readState(snapshot);
  for (const [at, archive] of header.archives.entries()) {
    const section = sections.archives[at];
    if (!section) throw new Error(`it lacks the archive ${archive.name}`);
    const unread = (): never => {
      throw new Error('nothing is read through it');
    };
    const opened = await readArchiveIndex(file, section, archive, { archive: unread, sources: unread });
    await readLibraries(file, section, opened, archive);
    const bytes = await file.read(section.offset, section.length);
    const damaged = opened.index.files.find((entry) => crc32(viewEntry(bytes, entry)) !== entry.crc32);
    if (damaged) throw new Error(`${damaged.path} is damaged`);
  }
}

async function readVerified(
  file: KeptFile,
  { offset, length }: Section,
  expected: string,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await file.read(offset, length);
  if (checkWords(bytes) !== expected) throw new Error(`its ${what} is damaged`);
  return bytes;
}

async function hashText(text: string): Promise<string> {
  return (await hashBytes(new TextEncoder().encode(text))).slice(0, 24);
}
