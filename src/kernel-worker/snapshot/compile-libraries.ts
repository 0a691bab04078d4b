import type { CompiledLibrary } from '../../protocol/messages.ts';
import { findLibraries, type ArchiveIndex } from '../archive/archive-index.ts';
import { mountPoints } from '../archive/mount-points.ts';

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

/** The libraries of a package's archive among those that are compiled already; null unless all of them are. */
export function findCompiled(
  { libraries }: ArchiveIndex,
  compiled: readonly CompiledLibrary[],
): CompiledLibrary[] | null {
  const found = libraries.flatMap(({ path }) =>
    compiled.filter((library) => library.path === `${mountPoints.packages}/${path}`),
  );
  return found.length === libraries.length ? found : null;
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
