/**
 * What a package archive holds, without the content. The format is described in `python/src/cahier/packing.py`.
 * All offsets count bytes from the archive's start.
 */
export interface ArchiveIndex {
  /** The package's key in Pyodide's lock file. */
  readonly name: string;
  readonly version: string;
  /** Everything but the libraries, sorted by path. */
  readonly files: readonly ArchiveEntry[];
  /** The compiled libraries in the order of the archive, which is the same in every build of the same wheel. */
  readonly libraries: readonly ArchiveEntry[];
  /** How many bytes of the archive hold this index: as many are enough to read it again. */
  readonly headBytes: number;
  /** The size of the whole archive. */
  readonly sizeBytes: number;
}

export interface ArchiveEntry {
  /** Below the folder of all packages, with slashes, such as `numpy/__init__.py`. */
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** Where the libraries lie, all in one piece at the archive's end. */
export function findLibraries(index: ArchiveIndex): { readonly offset: number; readonly length: number } {
  const offset = index.libraries[0]?.offset ?? index.sizeBytes;
  return { offset, length: index.sizeBytes - offset };
}

/** The content of an entry: a view into the archive, not a copy. */
export function viewEntry(archive: Uint8Array, { offset, length }: ArchiveEntry): Uint8Array {
  return archive.subarray(offset, offset + length);
}
