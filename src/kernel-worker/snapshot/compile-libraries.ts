import { findLibraries, type ArchiveIndex } from '../archive/archive-index.ts';
import type { CompiledLibrary } from './preload-libraries.ts';

/** Gives a part of an archive. */
export type ArchivePart = (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;

/** Compiles the libraries of an archive; `folder` is where Python sees its files. */
export async function compileLibraries(
  index: ArchiveIndex,
  read: ArchivePart,
  folder: string,
): Promise<CompiledLibrary[]> {
  const place = findLibraries(index);
  const bytes = await read(place.offset, place.length);
  return await Promise.all(
    index.libraries.map(async ({ path, offset, length }) => {
      const start = offset - place.offset;
      const module = await WebAssembly.compile(bytes.subarray(start, start + length));
      return { path: `${folder}/${path}`, module };
    }),
  );
}
