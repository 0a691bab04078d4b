/**
 * What a package archive holds, without the content. The format is described in `python/src/cahier/packing.py`.
 * Offsets count bytes from the start of the archive, those of sources from the start of the file of sources.
 */
export interface ArchiveIndex {
  /** The package's key in Pyodide's lock file. */
  readonly name: string;
  readonly version: string;
  /** Everything but libraries and sources: the bytecode of modules, and data. */
  readonly files: readonly ArchiveEntry[];
  /** What `dlopen` takes, always in the same order. */
  readonly libraries: readonly ArchiveEntry[];
  /** The modules whose bytecode is among the files; they lie in a file of their own. */
  readonly sources: readonly ArchiveEntry[];
  /** How many bytes of the archive hold this index: as many are enough to read it again. */
  readonly headBytes: number;
  /** The size of the whole archive. */
  readonly sizeBytes: number;
  /** The size of the file of sources. */
  readonly sourcesBytes: number;
}

export interface ArchiveEntry {
  /** Below the folder of all packages, with slashes, such as `numpy/__init__.py`. */
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  /** Of the content. */
  readonly crc32: number;
}

/** Where the libraries lie, all in one piece at the archive's end. */
export function findLibraries(index: ArchiveIndex): { readonly offset: number; readonly length: number } {
  const offset = index.libraries[0]?.offset ?? index.sizeBytes;
  return { offset, length: index.sizeBytes - offset };
}

/** The content of an entry: a view into the archive or the file of sources, not a copy. */
export function viewEntry(file: Uint8Array, { offset, length }: ArchiveEntry): Uint8Array {
  return file.subarray(offset, offset + length);
}
