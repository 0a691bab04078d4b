import { getFolder, getPathWithin, joinPath, listAncestors } from '../paths.ts';
import { findPackageManifest } from './packages.ts';
import { isIdentifier } from './python-text.ts';
import type { PythonFiles } from './PythonFiles.ts';

const foreignFolders = new Set(['__pycache__', 'node_modules', 'oo-render', 'scriptlets', 'venv']);

/** Manifests, layouts of the editor, other languages, and what Python makes itself. */
const foreignFiles =
  /\.oo\.(ya?ml|json)$|\.(tsx?|jsx|mjs|cjs|pyc)$|^package(-lock)?\.json$|^pnpm-lock\.yaml$/;

/** A file that lies with an entry file. */
export interface Companion {
  readonly path: string;
  /** From the entry's folder. */
  readonly within: string;
  /** The name by which a script beside it imports it, or the folder it lies in. */
  readonly firstName: string;
}

/** What an entry file can import or read in its folder. */
export interface TaskFolder {
  readonly companions: readonly Companion[];
  readonly paths: ReadonlySet<string>;
  readonly firstNames: ReadonlySet<string>;
  /** The first names of what the companions import absolutely. */
  readonly absolute: ReadonlySet<string>;
  /** The first names of what they import from beside themselves. */
  readonly relative: ReadonlySet<string>;
}

/**
 * The files that lie with entry files: all of a folder but entries, other tasks and what is not for Python. Of a package's
 * own folder, Python files only.
 */
export class Companions {
  readonly #python: PythonFiles;
  readonly #entries: ReadonlySet<string>;
  /** The folders with a manifest in or below them. */
  readonly #manifestFolders: ReadonlySet<string>;
  readonly #known = new Map<string, TaskFolder>();

  constructor(python: PythonFiles, entries: ReadonlySet<string>) {
    this.#python = python;
    this.#entries = entries;
    this.#manifestFolders = new Set(
      [...python.files.keys()]
        .filter((path) => /\.oo\.ya?ml$/.test(path))
        .flatMap((path) => listAncestors(getFolder(path))),
    );
  }

  read(folder: string): TaskFolder {
    const known = this.#known.get(folder);
    if (known) return known;
    const companions = this.#list(folder);
    const imports = companions.map(({ path }) => this.#python.getImports(path));
    const read = {
      companions,
      paths: new Set(companions.map(({ path }) => path)),
      firstNames: new Set(companions.map(({ firstName }) => firstName)),
      absolute: new Set(imports.flatMap(({ absolute }) => [...absolute])),
      relative: new Set(imports.flatMap(({ relative }) => [...relative])),
    };
    this.#known.set(folder, read);
    return read;
  }

  #list(folder: string): readonly Companion[] {
    const isPackage = findPackageManifest(this.#python.files, folder) !== null;
    return [...this.#python.files.keys()].flatMap((path) => {
      const within = getPathWithin(folder, path);
      if (within === null || this.#entries.has(path) || !this.#belongs(folder, within, isPackage)) return [];
      return [{ path, within, firstName: within.replace(/\/.*$|\.py$/, '') }];
    });
  }

  #belongs(folder: string, within: string, isPackage: boolean): boolean {
    if (!isForPython(within)) return false;
    const parts = within.split('/');
    const name = parts.pop() ?? '';
    const folders = parts.map((_, index) => joinPath(folder, parts.slice(0, index + 1).join('/')) ?? '');
    if (folders.some((one) => this.#manifestFolders.has(one))) return false;
    return name.endsWith('.py') ? isIdentifier(name.slice(0, -3)) : !isPackage;
  }
}

/** Whether Python could want a file: by the names of its folders and its own. */
export function isForPython(path: string): boolean {
  const parts = path.split('/');
  const isHidden = parts.some((part) => part.startsWith('.') || foreignFolders.has(part));
  return !isHidden && !foreignFiles.test(parts.at(-1) ?? '');
}
