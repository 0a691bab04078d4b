import type { PyodideAPI } from 'pyodide';
import type { BlobHash } from '../../model/ids.ts';
import type { InstalledPackage, JobWheel } from '../../model/job-request.ts';
import { normaliseName } from '../../model/package-names.ts';
import type { ByteProgress } from '../../model/run-state.ts';
import type { PackageArchive, PythonAddresses } from '../../protocol/messages.ts';
import { logger } from '../../shared/logger.ts';
import type { LazyFiles } from '../archive/LazyFiles.ts';
import { ByteMeter } from '../ByteMeter.ts';
import { fetchArchive, type OpenArchive } from '../open-archives.ts';
import type { Downloads } from './Downloads.ts';
import { explainMissingModule } from './explain-missing-module.ts';
import { fetchWheel } from './fetch-wheel.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import type { KeptWheels } from './KeptWheels.ts';
import { listStrings } from './list-strings.ts';
import { LockedPackages } from './LockedPackages.ts';
import { PackageFailures } from './PackageFailures.ts';
import { toMessage } from '../../shared/to-message.ts';

/** What a package loader works with. */
export interface PackageServices {
  readonly pyodide: PyodideAPI;
  readonly addresses: PythonAddresses;
  /** Where Python sees the archives that are added. */
  readonly files: LazyFiles;
  /** Wheels that were packed in earlier visits; null where the browser has no place for them. */
  readonly kept: KeptWheels | null;
  /** Ended where the job that needs packages is stopped. */
  readonly downloads: Downloads;
  /** Has Python notice what was added. */
  readonly lookAgain: () => void;
}

/** Wheels that had to be unpacked: keys of the lock file, and hashes of those of the notebook. */
export interface Unpacked {
  readonly locked: readonly string[];
  readonly added: readonly BlobHash[];
}

/** The folder, below Pyodide's own, at which it is given wheels of the notebook. */
const addedFolder = 'added/';

/**
 * Finds the packages that a script imports in Pyodide's lock file and loads those that are not there yet: from the
 * archives of this site, else from what was kept of earlier visits, else as wheels from the distribution's CDN.
 */
export class PackageLoader {
  readonly #services: PackageServices;
  readonly #locked: LockedPackages;
  readonly #archives: ReadonlyMap<string, PackageArchive>;
  /** Pyodide's own way to load wheels. */
  readonly #loadPackage: PyodideAPI['loadPackage'];
  readonly #failures = new PackageFailures();
  /** The wheels of the notebook that Pyodide is being given, by path. */
  readonly #offered = new Map<string, Uint8Array<ArrayBuffer>>();
  #unpacked: { locked: string[]; added: BlobHash[] } = { locked: [], added: [] };
  #meter: ByteMeter | null = null;

  constructor(services: PackageServices) {
    this.#services = services;
    this.#locked = new LockedPackages(services.pyodide.lockfile);
    this.#archives = new Map(services.addresses.archives.map((archive) => [archive.name, archive]));
    this.#loadPackage = services.pyodide.loadPackage.bind(services.pyodide);
    this.#answerLoadPackage();
  }

  /** Takes packages for loaded, by their keys: Python has their files already. */
  markLoaded(keys: readonly string[]): void {
    for (const key of keys) {
      const found = this.#locked.get(key);
      if (found) this.#services.pyodide.loadedPackages[found.name] = 'default channel';
    }
  }

  /**
   * The packages behind the top-level module names, with all they depend on; `elsewhere` holds those, by key, that the
   * notebook brings itself.
   */
  listNeeded(modules: readonly string[], elsewhere: ReadonlySet<string>): string[] {
    const keys = modules.flatMap((module) => this.#locked.findByModule(module)?.key ?? []);
    return this.#locked.listWithDependencies(keys, elsewhere);
  }

  /** The same for packages by their keys; those that the lock file does not have are left out. */
  listWithDependencies(keys: readonly string[], elsewhere: ReadonlySet<string>): string[] {
    return this.#locked.listWithDependencies(keys, elsewhere);
  }

  /** Those of the packages that are not loaded. */
  listMissing(keys: readonly string[]): string[] {
    return keys.filter((key) => this.#locked.get(key) && !this.#isLoaded(key));
  }

  /** Those of the packages that are loaded, with their versions; parts of the standard library and libraries of C are left out. */
  listLoaded(keys: readonly string[]): InstalledPackage[] {
    return keys.flatMap((key) => {
      const found = this.#locked.get(key);
      return found?.isOrdinary && this.#isLoaded(key) ? [{ name: found.name, version: found.version }] : [];
    });
  }

  /**
   * Loads packages, telling of the bytes that arrive. Returns a sentence for each place that some did not come from;
   * rejects where the downloads were ended, which is no failure of the packages.
   */
  async load(keys: readonly string[], onProgress: (progress: ByteProgress) => void): Promise<string[]> {
    const archives = keys.flatMap((key) => this.#archives.get(key) ?? []);
    const expected = archives.map(({ archive }) => [archive.url, archive.sizeBytes] as const);
    this.#meter = new ByteMeter(Object.fromEntries(expected), onProgress);
    try {
      onProgress(this.#meter.progress);
      const opened = await Promise.all(keys.map((key) => this.#addArchive(key)));
      if (opened.includes(true)) this.#services.lookAgain();
      await this.#loadWheels(this.listMissing(keys.filter((key) => !this.#archives.has(key))));
      this.#services.downloads.throwIfEnded();
    } finally {
      this.#meter = null;
    }
    const lost = this.listMissing(keys).flatMap((key) => this.#locked.get(key) ?? []);
    return this.#failures.tell(lost, new Set(this.#archives.keys()));
  }

  /** Whether packages are on their way: why one does not come is told with its name. */
  get isLoading(): boolean {
    return this.#meter !== null;
  }

  /** Whether the lock file has a package, by its key. */
  isKnown(key: string): boolean {
    return this.#locked.get(key) !== undefined;
  }

  /** Whether Python has this very wheel of the notebook; Pyodide may spell its name otherwise. */
  hasAdded(wheel: JobWheel): boolean {
    return Object.values(this.#services.pyodide.loadedPackages).includes(this.#addressOf(wheel));
  }

  #addressOf({ blob, fileName }: JobWheel): string {
    return `${this.#services.addresses.pyodideUrl}${addedFolder}${blob}/${fileName}`;
  }

  /**
   * Loads a wheel of the notebook. Returns why it could not be, as a sentence; null when it was. Whether it fits was
   * checked when it was added.
   */
  async loadAdded(wheel: JobWheel): Promise<string | null> {
    const { blob, name, version, fileName, content } = wheel;
    const { pyodide, addresses, kept, files, lookAgain } = this.#services;
    if (this.hasAdded(wheel)) return null;
    if (content === null)
      return `${fileName} is missing from this browser's storage. Remove it and add it again.`;
    const key = normaliseName(name);
    if (Object.keys(pyodide.loadedPackages).some((loaded) => normaliseName(loaded) === key)) {
      return `The wheel ${fileName} was not loaded: Python has another ${name} already. Restart Python, so that ${name} ${version} takes its place.`;
    }
    const archive = (await kept?.read(blob)) ?? null;
    if (archive) {
      files.add(archive.index, archive.from);
      lookAgain();
      pyodide.loadedPackages[name] = this.#addressOf(wheel);
      return null;
    }
    const bytes = new Uint8Array(await content.arrayBuffer());
    if ((await hashBytes(bytes)) !== blob) {
      return `${fileName} is damaged in this browser's storage. Remove it and add it again.`;
    }
    const path = this.#addressOf(wheel).slice(addresses.pyodideUrl.length);
    this.#offered.set(path, bytes);
    const told: string[] = [];
    try {
      await this.#callPyodide([this.#addressOf(wheel)], (message) => told.push(message));
    } finally {
      this.#offered.delete(path);
    }
    if (!this.hasAdded(wheel)) {
      return `The wheel ${fileName} could not be loaded: ${told.at(-1) ?? 'Pyodide does not say why'}`;
    }
    if (kept) this.#unpacked.added.push(blob);
    return null;
  }

  /** A wheel of the distribution, or one of the notebook that Pyodide was just told to load. */
  readonly getWheel = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const offered = this.#offered.get(path);
    if (offered) return offered;
    const found = this.#locked.findByFile(path);
    if (!found) throw new TypeError(`Pyodide has no file ${path}.`);
    try {
      return await fetchWheel(found, this.#services.addresses.wheelCdnUrl, (...piece) => {
        this.#meter?.add(path, ...piece);
      });
    } catch (error) {
      this.#services.downloads.throwIfEnded();
      this.#failures.note(found.key, toMessage(error));
      throw error;
    }
  };

  /** The wheels that were unpacked since this was last asked. */
  takeUnpacked(): Unpacked | null {
    const unpacked = this.#unpacked;
    this.#unpacked = { locked: [], added: [] };
    return unpacked.locked.length + unpacked.added.length === 0 ? null : unpacked;
  }

  /** Why a module cannot be imported, and what can be done. */
  explainMissing(module: string): string {
    const found = this.#locked.findByModule(module);
    if (!found) return explainMissingModule(module, this.#locked.modules);
    return (
      this.#failures.get(found.key) ??
      `The package ${found.name} ${found.version} has it: write "import ${module}" in the cell, so that it is loaded before the script starts.`
    );
  }

  /** Adds the archive of a package, of this site or kept; false where there is none that can be read. */
  async #addArchive(key: string): Promise<boolean> {
    const archive = await this.#openArchive(key);
    if (!archive) return false;
    this.#services.files.add(archive.index, archive.from);
    this.markLoaded([key]);
    return true;
  }

  async #openArchive(key: string): Promise<OpenArchive | null> {
    const served = this.#archives.get(key);
    if (!served) return (await this.#services.kept?.read(this.#locked.get(key)?.sha256 ?? '')) ?? null;
    try {
      return await fetchArchive(served, (url, pieceBytes) => {
        this.#meter?.add(url, pieceBytes, null);
      });
    } catch (error) {
      // What is missing is told in our own words; the console has the rest.
      logger.warn(`The package ${key} could not be loaded`, error);
      return null;
    }
  }

  async #loadWheels(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#callPyodide(keys, (message) => {
      logger.warn(message);
    });
    if (!this.#services.kept) return;
    this.#unpacked.locked.push(...keys.filter((key) => this.#isLoaded(key) && this.#locked.canBePacked(key)));
  }

  async #callPyodide(names: readonly string[], onError: (message: string) => void): Promise<void> {
    try {
      await this.#loadPackage([...names], { messageCallback: () => undefined, errorCallback: onError });
    } catch (error) {
      onError(toMessage(error));
    }
  }

  /**
   * Has whoever asks Pyodide for packages of the distribution, as micropip does, get them from the same places in the same
   * order. What else is asked for goes to Pyodide as before.
   */
  #answerLoadPackage(): void {
    const load = async (names: unknown, options?: unknown): Promise<unknown> => {
      const keys = listStrings(names).map(normaliseName);
      if (!keys.every((key) => this.#locked.get(key))) {
        return await Reflect.apply(this.#loadPackage, undefined, [names, options]);
      }
      const needed = this.listMissing(this.#locked.listWithDependencies(keys, this.#listForeign()));
      const problems = await this.load(needed, () => undefined);
      if (problems.length > 0) throw new Error(problems.join(' '));
      return [];
    };
    Object.defineProperty(this.#services.pyodide, 'loadPackage', { value: load, configurable: true });
  }

  /** The packages that Python has from elsewhere than the distribution, by key. */
  #listForeign(): ReadonlySet<string> {
    const loaded = Object.entries(this.#services.pyodide.loadedPackages);
    return new Set(
      loaded.flatMap(([name, from]) => (from === 'default channel' ? [] : [normaliseName(name)])),
    );
  }

  #isLoaded(key: string): boolean {
    const found = this.#locked.get(key);
    return found !== undefined && found.name in this.#services.pyodide.loadedPackages;
  }
}
