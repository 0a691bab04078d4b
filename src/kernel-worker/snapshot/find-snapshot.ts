import { fail, succeed, type Result } from '../../shared/result.ts';
import {
  parseSnapshotHeader,
  placeSections,
  prefixBytes,
  snapshotMagic,
  type SnapshotHeader,
  type SnapshotSections,
} from './snapshot-header.ts';
import type { SnapshotStore } from './SnapshotStore.ts';

/** A stored snapshot that can be restored. */
export interface FoundSnapshot {
  readonly name: string;
  readonly file: Blob;
  readonly header: SnapshotHeader;
  readonly sections: SnapshotSections;
}

/** The name of the file for a build and sorted packages. */
export async function nameSnapshot(build: string, packages: readonly string[]): Promise<string> {
  return `${await hashText(build)}-${await hashText(packages.join('\n'))}`;
}

/**
 * The snapshot of exactly these packages, sorted; else the one that has most of them and none beside them; else
 * null. Files that are damaged or of another build are told and removed.
 */
export async function findSnapshot(
  store: SnapshotStore,
  build: string,
  packages: readonly string[],
  onProblem: (problem: string) => void,
): Promise<FoundSnapshot | null> {
  const own = await nameSnapshot(build, packages);
  const exact = await readSnapshot(store, own, build, onProblem);
  if (exact) return exact;
  const prefix = own.slice(0, own.indexOf('-') + 1);
  const others = (await store.list()).filter((name) => name.startsWith(prefix) && name !== own);
  const found = await Promise.all(others.map((name) => readSnapshot(store, name, build, onProblem)));
  const fitting = found.filter(
    (snapshot) => snapshot?.header.packages.every((name) => packages.includes(name)) ?? false,
  );
  return fitting.reduce((best, next) => (countPackages(next) > countPackages(best) ? next : best), null);
}

function countPackages(snapshot: FoundSnapshot | null): number {
  return snapshot?.header.packages.length ?? -1;
}

/** The snapshot of this name; one that cannot be restored is told and removed. */
export async function readSnapshot(
  store: SnapshotStore,
  name: string,
  build: string,
  onProblem: (problem: string) => void,
): Promise<FoundSnapshot | null> {
  const file = await store.open(name);
  if (!file) return null;
  const read = await readHeader(file, name, build);
  if (read.isOk) return { name, file, ...read.value };
  onProblem(`The stored snapshot of Python was thrown away: ${read.problem}.`);
  await store.remove(name);
  return null;
}

async function readHeader(
  file: Blob,
  name: string,
  build: string,
): Promise<Result<Pick<FoundSnapshot, 'header' | 'sections'>, string>> {
  const prefix = await readPart(file, 0, prefixBytes);
  if (prefix.byteLength < prefixBytes) return fail('it is cut off');
  if (snapshotMagic.some((byte, at) => prefix[at] !== byte)) return fail('it was not written to its end');
  const length = new DataView(prefix.buffer).getUint32(snapshotMagic.byteLength, true);
  const bytes = await readPart(file, prefixBytes, length);
  const header = parseSnapshotHeader(bytes);
  if (!header.isOk) return header;
  if (header.value.build !== build) return fail('it was made by another build or another browser');
  if ((await nameSnapshot(build, header.value.packages)) !== name)
    return fail('it is that of other packages');
  const sections = placeSections(header.value, length);
  if (sections.sizeBytes !== file.size) return fail(`it has ${file.size} bytes, not ${sections.sizeBytes}`);
  return succeed({ header: header.value, sections });
}

async function readPart(file: Blob, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
}

async function hashText(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return toHexadecimal(new Uint8Array(digest)).slice(0, 24);
}

export function toHexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
