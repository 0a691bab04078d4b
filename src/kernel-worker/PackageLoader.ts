import type { PyodideAPI } from 'pyodide';
import type { ByteProgress } from '../model/run-state.ts';
import type { PackageArchive, PythonAddresses } from '../protocol/messages.ts';
import { logger } from '../shared/logger.ts';
import type { LazyFiles } from './archive/LazyFiles.ts';
import { ByteMeter } from './ByteMeter.ts';
import { fetchArchive } from './open-archives.ts';

interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  readonly imports: readonly string[];
  readonly depends: readonly string[];
}

/** What a package loader works with. */
export interface PackageServices {
  readonly pyodide: PyodideAPI;
  readonly addresses: PythonAddresses;
  /** Where Python sees the archives that are added. */
  readonly files: LazyFiles;
  /** Has Python notice what was added. */
  readonly lookAgain: () => void;
}

/**
 * Finds the packages that a script imports in Pyodide's lock file and loads those that are not there yet: from the
 * archives of this site, else as wheels from the distribution's CDN.
 */
export class PackageLoader {
  readonly #services: PackageServices;
  readonly #packages = new Map<string, LockedPackage>();
  readonly #packageOfImport = new Map<string, string>();
  readonly #archives: ReadonlyMap<string, PackageArchive>;
  /** Why a package could not be loaded, by its name. */
  readonly #failures = new Map<string, string>();
  #meter: ByteMeter | null = null;

  constructor(services: PackageServices) {
    this.#services = services;
    this.#archives = new Map(services.addresses.archives.map((archive) => [archive.name, archive]));
    for (const [key, entry] of Object.entries(services.pyodide.lockfile.packages)) {
      const { name, version, imports, depends } = entry;
      this.#packages.set(key, { name, version, fileName: entry.file_name, imports, depends });
      for (const module of imports) this.#packageOfImport.set(module, key);
    }
  }

  /** To be told of every piece that arrives of a wheel. */
  addBytes(fileName: string, pieceBytes: number, wholeBytes: number | null): void {
    this.#meter?.add(fileName, pieceBytes, wholeBytes);
  }

  /** Takes packages for loaded, by their keys: Python has their files already. */
  markLoaded(keys: readonly string[]): void {
    for (const key of keys) {
      const found = this.#packages.get(key);
      if (found) this.#services.pyodide.loadedPackages[found.name] = 'default channel';
    }
  }

  /** The packages behind the top-level module names, with all they depend on. */
  listNeeded(modules: readonly string[]): string[] {
    const needed = new Set<string>();
    const visit = (key: string | undefined): void => {
      const found = key === undefined ? undefined : this.#packages.get(key);
      if (!key || !found || needed.has(key)) return;
      needed.add(key);
      for (const dependency of found.depends) visit(dependency);
    };
    for (const module of modules) visit(this.#packageOfImport.get(module));
    return [...needed];
  }

  /** Those of the packages that are not loaded. */
  listMissing(keys: readonly string[]): string[] {
    const { loadedPackages } = this.#services.pyodide;
    return keys.filter((key) => {
      const found = this.#packages.get(key);
      return found && !(found.name in loadedPackages);
    });
  }

  /** Loads packages, telling of the bytes that arrive. Returns a sentence for each place that some did not come from. */
  async load(keys: readonly string[], onProgress: (progress: ByteProgress) => void): Promise<string[]> {
    const archives = keys.flatMap((key) => this.#archives.get(key) ?? []);
    const expected = archives.map(({ archive }) => [archive.url, archive.sizeBytes] as const);
    this.#meter = new ByteMeter(Object.fromEntries(expected), onProgress);
    try {
      onProgress(this.#meter.progress);
      await Promise.all(archives.map((archive) => this.#loadArchive(archive)));
      if (archives.length > 0) this.#services.lookAgain();
      const wheels = keys.filter((key) => !this.#archives.has(key));
      if (wheels.length > 0) await this.#loadWheels(wheels);
    } finally {
      this.#meter = null;
    }
    return this.#noteFailures(keys);
  }

  async #loadArchive(archive: PackageArchive): Promise<void> {
    try {
      const { index, from } = await fetchArchive(archive, (url, pieceBytes) => {
        this.#meter?.add(url, pieceBytes, null);
      });
      this.#services.files.add(index, from);
      this.markLoaded([archive.name]);
    } catch (error) {
      // What is missing is told in our own words; the console has the rest.
      logger.warn(`The package ${archive.name} could not be loaded`, error);
    }
  }

  async #loadWheels(keys: readonly string[]): Promise<void> {
    try {
      await this.#services.pyodide.loadPackage([...keys], {
        messageCallback: () => undefined,
        errorCallback: (message) => {
          logger.warn(message);
        },
      });
    } catch (error) {
      logger.warn('Packages could not be loaded', error);
    }
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
      return found && !(found.name in this.#services.pyodide.loadedPackages) ? [{ key, ...found }] : [];
    });
    const isServed = ({ key }: { readonly key: string }): boolean => this.#archives.has(key);
    const cdnHost = new URL(this.#services.addresses.wheelCdnUrl).host;
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
