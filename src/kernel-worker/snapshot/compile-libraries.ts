import { findLibraries, type ArchiveIndex } from '../archive/archive-index.ts';
import { mountPoints } from '../archive/mount-points.ts';
import type { CompiledLibrary } from './preload-libraries.ts';

/** Gives a part of an archive. */
export type ReadPart = (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;

/** Compiles the libraries of a package's archive, in their order. */
export async function compileLibraries(index: ArchiveIndex, read: ReadPart): Promise<CompiledLibrary[]> {
  const place = findLibraries(index);
  const bytes = await read(place.offset, place.length);
  return await Promise.all(
    index.libraries.map(async ({ path, offset, length }) => {
      const start = offset - place.offset;
      const module = await WebAssembly.compile(bytes.subarray(start, start + length));
      return { path: `${mountPoints.packages}/${path}`, module };
    }),
  );
}

/** Compiles the libraries of archives that are at hand, one archive after the other. */
export async function compileAllLibraries(
  archives: readonly { readonly index: ArchiveIndex; readonly bytes: Uint8Array<ArrayBuffer> }[],
): Promise<CompiledLibrary[]> {
  const lists = archives.map(({ index, bytes }) =>
    compileLibraries(index, (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length))),
  );
  return (await Promise.all(lists)).flat();
}
