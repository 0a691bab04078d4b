import type { PyodideAPI } from 'pyodide';
import type { ByteProgress } from '../model/run-state.ts';
import type { PythonAddresses } from '../protocol/messages.ts';
import { logger } from '../shared/logger.ts';
import { ByteMeter } from './ByteMeter.ts';

interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  readonly imports: readonly string[];
  readonly depends: readonly string[];
}

/** Finds the packages that a script imports in Pyodide's lock file and loads those that are not there yet. */
export class PackageLoader {
  readonly #pyodide: PyodideAPI;
  readonly #addresses: PythonAddresses;
  readonly #packages = new Map<string, LockedPackage>();
  readonly #packageOfImport = new Map<string, string>();
  /** Why a package could not be loaded, by its name. */
  readonly #failures = new Map<string, string>();
  #meter: ByteMeter | null = null;

  constructor(pyodide: PyodideAPI, addresses: PythonAddresses) {
    this.#pyodide = pyodide;
    this.#addresses = addresses;
    for (const [key, entry] of Object.entries(pyodide.lockfile.packages)) {
      const { name, version, imports, depends } = entry;
      this.#packages.set(key, { name, version, fileName: entry.file_name, imports, depends });
      for (const module of imports) this.#packageOfImport.set(module, key);
    }
  }

  /** To be told of every piece that arrives of a wheel. */
  addBytes(fileName: string, pieceBytes: number, wholeBytes: number | null): void {
    this.#meter?.add(fileName, pieceBytes, wholeBytes);
  }

  /** The packages behind the top-level module names that have to be loaded first, with all they depend on. */
  listMissing(modules: readonly string[]): string[] {
    const missing = new Set<string>();
    const visit = (key: string | undefined): void => {
      const found = key === undefined ? undefined : this.#packages.get(key);
      if (!key || !found || missing.has(key) || found.name in this.#pyodide.loadedPackages) return;
      missing.add(key);
      for (const dependency of found.depends) visit(dependency);
    };
    for (const module of modules) visit(this.#packageOfImport.get(module));
    return [...missing];
  }

  /** Loads packages, telling of the bytes that arrive. Returns a sentence for each place that some did not come from. */
  async load(keys: readonly string[], onProgress: (progress: ByteProgress) => void): Promise<string[]> {
    const expected: Record<string, number> = {};
    for (const key of keys) {
      const fileName = this.#packages.get(key)?.fileName ?? '';
      const servedBytes = this.#addresses.servedFiles[fileName];
      if (servedBytes !== undefined) expected[fileName] = servedBytes;
    }
    this.#meter = new ByteMeter(expected, onProgress);
    try {
      onProgress(this.#meter.progress);
      await this.#pyodide.loadPackage([...keys], {
        messageCallback: () => undefined,
        errorCallback: (message) => {
          logger.warn(message);
        },
      });
    } catch (error) {
      // What is missing is told in our own words; the console has the rest.
      logger.warn('Packages could not be loaded', error);
    } finally {
      this.#meter = null;
    }
    return this.#noteFailures(keys);
  }

  /** Why a module cannot be imported, and what can be done. */
  explainMissing(module: string): string {
    const key = this.#packageOfImport.get(module);
    const found = key === undefined ? undefined : this.#packages.get(key);
    if (!key || !found) {
      return `No package that can be imported here has a module "${module}". The list under the info button names those that can.`;
    }
    const reason = this.#failures.get(key);
    if (reason !== undefined) return reason;
    return `The package ${found.name} ${found.version} has it: write "import ${module}" in the cell, so that it is loaded before the script starts.`;
  }

  /** Keeps why each package is not there; returns a sentence for each place that some did not come from. */
  #noteFailures(keys: readonly string[]): string[] {
    const lost = keys.flatMap((key) => {
      const found = this.#packages.get(key);
      return found && !(found.name in this.#pyodide.loadedPackages) ? [{ key, ...found }] : [];
    });
    const isServed = ({ fileName }: LockedPackage): boolean => fileName in this.#addresses.servedFiles;
    const cdnHost = new URL(this.#addresses.wheelCdnUrl).host;
    const places = [
      {
        lost: lost.filter(isServed),
        place: 'this site',
        remedy: 'Reload the page, or check that the site was deployed whole.',
      },
      {
        lost: lost.filter((entry) => !isServed(entry)),
        place: cdnHost,
        remedy: 'Check the connection, or ask whoever runs this site to serve the packages with it.',
      },
    ];
    return places
      .filter((place) => place.lost.length > 0)
      .map(({ lost: packages, place, remedy }) => {
        const names = packages.map(({ name, version }) => `${name} ${version}`).join(', ');
        const sentence = `Could not be loaded from ${place}: ${names}. ${remedy}`;
        for (const { key } of packages) this.#failures.set(key, sentence);
        return sentence;
      });
  }
}
