import type { PyodideAPI } from 'pyodide';

/** A package of the distribution. */
export interface LockedPackage {
  /** The lock file's key, which is the name as indexes compare it. */
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  /** Of the file, in hexadecimal. */
  readonly sha256: string;
  readonly imports: readonly string[];
  /** Keys. */
  readonly depends: readonly string[];
  /** Whether it is a package like any other, and no part of the standard library or library of C. */
  readonly isOrdinary: boolean;
}

/** What packages import when they are imported, and the lock file does not say: keys. */
const unsaidDepends: Readonly<Record<string, readonly string[]>> = { httpx: ['idna'] };

/** The packages that Pyodide's lock file lists: what can be had for this Python, and from what. */
export class LockedPackages {
  readonly #packages = new Map<string, LockedPackage>();
  readonly #keyOfModule = new Map<string, string>();
  readonly #keyOfFile = new Map<string, string>();

  constructor(lockfile: PyodideAPI['lockfile']) {
    for (const [key, entry] of Object.entries(lockfile.packages)) {
      const { name, version, imports, sha256, file_name: fileName } = entry;
      const depends = [...entry.depends, ...(unsaidDepends[key] ?? [])];
      const isOrdinary = entry.package_type === 'package' && entry.install_dir === 'site';
      this.#packages.set(key, { key, name, version, fileName, sha256, imports, depends, isOrdinary });
      for (const module of imports) this.#keyOfModule.set(module, key);
      this.#keyOfFile.set(fileName, key);
    }
  }

  get(key: string): LockedPackage | undefined {
    return this.#packages.get(key);
  }

  findByModule(module: string): LockedPackage | undefined {
    return this.get(this.#keyOfModule.get(module) ?? '');
  }

  findByFile(fileName: string): LockedPackage | undefined {
    return this.get(this.#keyOfFile.get(fileName) ?? '');
  }

  /** The modules that can be imported, each with its package. */
  get modules(): ReadonlyMap<string, string> {
    return this.#keyOfModule;
  }

  /** The packages with all they depend on, without those that come from elsewhere and what only they need. */
  listWithDependencies(keys: readonly string[], elsewhere: ReadonlySet<string>): string[] {
    const needed = new Set<string>();
    const visit = (key: string): void => {
      const found = this.#packages.get(key);
      if (!found || needed.has(key) || elsewhere.has(key)) return;
      needed.add(key);
      for (const dependency of found.depends) visit(dependency);
    };
    for (const key of keys) visit(key);
    return [...needed];
  }

  /**
   * Whether the wheel can be imported from an archive as it is: what needs libraries of C beside it has them loaded
   * by Pyodide as it unpacks the wheel.
   */
  canBePacked(key: string): boolean {
    const found = this.#packages.get(key);
    if (!found?.isOrdinary || !found.fileName.endsWith('.whl')) return false;
    return found.depends.every((dependency) => this.#packages.get(dependency)?.isOrdinary !== false);
  }
}
