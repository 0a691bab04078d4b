import { isFilePath } from '../model/file-edits.ts';
import type { FileSystem } from './file-system.ts';

/** More paths than any script has by name are not told. */
const mostPaths = 1_000;

/** The flags of `open` that empty a file, and that fail where there is one. */
const truncates = 0o1000;
const isNew = 0o200;

/** What `open` of Emscripten gives. */
interface Stream {
  readonly path: string;
  readonly node: { readonly mode: number };
}

type Open = (path: unknown, flags: unknown, ...rest: readonly unknown[]) => Stream;

/** Notes which files below a directory are opened by Python, also those that are not there. */
export class OpenedFiles {
  readonly #directory: string;
  readonly #read = new Set<string>();
  readonly #written = new Set<string>();

  /** Whatever opens a file goes by `FS.open`, C code as well as Python. */
  constructor(files: FileSystem, directory: string) {
    this.#directory = `${directory}/`;
    const fileSystem: { open: Open } = files;
    const open = fileSystem.open.bind(files);
    fileSystem.open = (path, flags, ...rest) => {
      // It costs every other file no more than this.
      if (typeof path !== 'string' || !path.startsWith(this.#directory)) return open(path, flags, ...rest);
      try {
        const stream = open(path, flags, ...rest);
        if (files.isFile(stream.node.mode)) this.#note(stream.path, flags);
        return stream;
      } catch (error) {
        this.#note(path, flags);
        throw error;
      }
    };
  }

  /** Forgets all, before a job. */
  clear(): void {
    this.#read.clear();
    this.#written.clear();
  }

  /** The paths of those that were opened with what was in them before, relative to the directory. */
  list(): string[] {
    return [...this.#read];
  }

  #note(fullPath: string, flags: unknown): void {
    const path = fullPath.slice(this.#directory.length);
    if (this.#read.has(path) || this.#written.has(path) || this.#read.size >= mostPaths) return;
    if (!isFilePath(path) || `/${path}`.includes('/__pycache__/')) return;
    const isEmptied = typeof flags === 'number' && (flags & (truncates | isNew)) !== 0;
    (isEmptied ? this.#written : this.#read).add(path);
  }
}
