import { getPathWithin } from '../paths.ts';
import { isForPython } from './companions.ts';
import type { PythonFiles } from './PythonFiles.ts';

/**
 * The modules in packages' own folders: OOMOL's Python finds them from every task of a package, by the names they have
 * there.
 */
export class PackageModules {
  readonly #python: PythonFiles;
  /** The files of each package by their first names. */
  readonly #packages = new Map<string, ReadonlyMap<string, readonly string[]>>();

  constructor(python: PythonFiles) {
    this.#python = python;
  }

  /** The files of a package whose first names are imported, with those that these import. */
  find(packageRoot: string, isImported: (name: string) => boolean): readonly string[] {
    const known = this.#index(packageRoot);
    const seen = new Set([...known.keys()].filter(isImported));
    const found = new Set<string>();
    // What is added while a set is gone through is gone through as well.
    for (const name of seen) {
      for (const path of known.get(name) ?? []) {
        found.add(path);
        for (const further of this.#python.getImports(path).absolute) seen.add(further);
      }
    }
    return [...found];
  }

  #index(packageRoot: string): ReadonlyMap<string, readonly string[]> {
    const known = this.#packages.get(packageRoot);
    if (known) return known;
    const index = new Map<string, string[]>();
    for (const path of this.#python.files.keys()) {
      const within = getPathWithin(packageRoot, path);
      if (within === null || !isForPython(within)) continue;
      if (!within.includes('/') && !within.endsWith('.py')) continue;
      const name = within.replace(/\/.*$|\.py$/, '');
      const listed = index.get(name);
      if (listed) listed.push(path);
      else index.set(name, [path]);
    }
    this.#packages.set(packageRoot, index);
    return index;
  }
}
