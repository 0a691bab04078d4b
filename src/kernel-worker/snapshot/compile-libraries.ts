import { findLibraries, type ArchiveIndex } from '../archive/archive-index.ts';
import { mountPoints } from '../archive/mount-points.ts';
import type { CompiledLibrary } from './preload-libraries.ts';

/** Compiles the libraries of a package's archive, in their order. `bytes` are those of `findLibraries`. */
export async function compileLibraries(
  index: ArchiveIndex,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<CompiledLibrary[]> {
  const place = findLibraries(index);
  return await Promise.all(
    index.libraries.map(async ({ path, offset, length }) => {
      const start = offset - place.offset;
      const module = await WebAssembly.compile(bytes.subarray(start, start + length));
      return { path: `${mountPoints.packages}/${path}`, module };
    }),
  );
}

/** Compiles the libraries of archives that are at hand, in their order. */
export async function compileAllLibraries(
  archives: readonly { readonly index: ArchiveIndex; readonly bytes: Uint8Array<ArrayBuffer> }[],
): Promise<CompiledLibrary[]> {
  const lists = archives.map(({ index, bytes }) => {
    const { offset, length } = findLibraries(index);
    return compileLibraries(index, bytes.subarray(offset, offset + length));
  });
  return (await Promise.all(lists)).flat();
}
