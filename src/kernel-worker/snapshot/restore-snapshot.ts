import type { CompiledLibrary } from '../../protocol/messages.ts';
import { bootPyodide, type BootedPyodide } from '../boot-pyodide.ts';
import { readParts, type FileHealth } from '../archive/file-sources.ts';
import type { ArchiveEntry } from '../archive/archive-index.ts';
import type { ArchiveSources, FileSource } from '../archive/FileTree.ts';
import type { PyodideCore } from '../pyodide-core.ts';
import { compileLibraries, findCompiled } from './compile-libraries.ts';
import type { KeptFile } from './KeptFile.ts';
import type { EmscriptenModule, ModuleSettings } from './parse-emscripten-module.ts';
import { preloadLibraries, restoreLibraryHandles } from './preload-libraries.ts';
import {
  preparePages,
  readArchiveIndex,
  readLibraries,
  readState,
  type SnapshotFile,
} from './read-snapshot.ts';
import type { Section, SnapshotHeader } from './snapshot-header.ts';

/** The entry of Pyodide's table of JavaScript objects that is its list of loaded packages. */
const loadedPackagesEntry = 6;

/** Puts the snapshot's pages into a memory. */
type SpreadPages = (memory: Uint8Array<ArrayBuffer>) => void;

export interface RestoreOptions {
  readonly core: PyodideCore;
  /** Where the archives come from when not from the snapshot, in their order. */
  readonly archives: readonly ArchiveSources[];
  /** Libraries that need not be compiled. */
  readonly libraries: readonly CompiledLibrary[];
  /** As large as the memory of the snapshot. */
  readonly memory: WebAssembly.Memory;
  /** Told when a file turns out to be damaged that Python reads later; the one of the site takes its place. */
  readonly onDamage: (problem: string) => void;
}

export interface RestoredPyodide {
  readonly booted: BootedPyodide;
  /** All libraries of its packages. */
  readonly libraries: readonly CompiledLibrary[];
}

/**
 * Boots Pyodide into the state of a snapshot. Throws an error that says what does not fit; the worker is of no use
 * then, as Pyodide cannot be booted twice in one.
 */
export async function restoreSnapshot(
  snapshot: SnapshotFile,
  options: RestoreOptions,
): Promise<RestoredPyodide> {
  const { file, header, sections } = snapshot;
  const pages = preparePages(snapshot);
  pages.catch(() => undefined);
  const health: FileHealth = {
    isDamaged: false,
    onDamage: (problem) => {
      // Else it could not be made anew.
      file.close();
      options.onDamage(problem);
    },
  };
  const archives = await Promise.all(
    header.archives.map(async (archive, at) => {
      const section = sections.archives[at];
      const instead = options.archives[at];
      if (!section || !instead) throw new Error(`it has the archive ${archive.name}, which nobody knows`);
      const from = {
        archive: createFileSource(file, section, instead.archive, health),
        sources: instead.sources,
      };
      const opened = await readArchiveIndex(file, section, archive, from);
      return { archive, section, opened };
    }),
  );
  const [stdlib, sdk, ...packages] = archives;
  if (!stdlib || !sdk) throw new Error('it lacks the standard library');
  const compiled = Promise.all(
    packages.map(
      async ({ archive, opened, section }) =>
        findCompiled(opened.index, options.libraries) ??
        (await compileLibraries(opened.index, await readLibraries(file, section, opened, archive))),
    ),
  );
  const libraries = compiled.then((lists) => lists.flat());
  libraries.catch(() => undefined);
  const booted = await bootPyodide({
    core: options.core,
    memory: options.memory,
    stdlib: Promise.resolve(stdlib.opened),
    sdk: Promise.resolve(sdk.opened),
    packages: Promise.resolve(packages.map(({ opened }) => opened)),
    snapshot: await readState(snapshot),
    changeSettings: (settings, fail) => {
      prepareRestore(settings, fail, header, pages, libraries);
    },
  });
  restoreLibraryHandles(booted.module, header.libraryHandles);
  // Python's memory names the list; while the snapshot was made it was an empty one.
  booted.module.__hiwire_set(loadedPackagesEntry, booted.pyodide.loadedPackages);
  setTimeZone(booted.module);
  return { booted, libraries: await libraries };
}

/** C reads the time zone once only, which was when the snapshot was made. */
function setTimeZone(module: EmscriptenModule): void {
  const { HEAPU8, _timezone, _daylight, _tzname } = module;
  const names = new DataView(HEAPU8.buffer, _tzname, 8);
  module.__tzset_js(_timezone, _daylight, names.getUint32(0, true), names.getUint32(4, true));
}

function prepareRestore(
  settings: ModuleSettings,
  fail: (error: unknown) => void,
  header: SnapshotHeader,
  pages: Promise<SpreadPages>,
  libraries: Promise<readonly CompiledLibrary[]>,
): void {
  preloadLibraries(settings, {
    libraries,
    onFailed: fail,
    onLoaded: async (module) => {
      const { length } = module.wasmTable;
      if (length !== header.preloadedTableLength) {
        throw new Error(`the function table has ${length} entries, not ${header.preloadedTableLength}`);
      }
      replaceRestore(module, header, await pages);
    },
  });
}

/** Pyodide would copy the whole memory out of one array; here only the pages that hold something are written. */
function replaceRestore(module: EmscriptenModule, header: SnapshotHeader, spread: SpreadPages): void {
  const { API } = module;
  API.restoreSnapshot = (state) => {
    const words = new Uint32Array(state.buffer, state.byteOffset, state.byteLength / 4);
    const buildId = Array.from(words.subarray(4, 12), (word) => word.toString(16).padStart(8, '0')).join('');
    if (buildId !== API.config.BUILD_ID) throw new Error('it was made by another build of Pyodide');
    if (module.HEAPU8.byteLength !== header.memoryBytes) throw new Error('the memory has another size');
    spread(module.HEAPU8);
    const { wasmTable } = module;
    if (wasmTable.length > header.tableLength) throw new Error('the function table is too long');
    if (wasmTable.length < header.tableLength) wasmTable.grow(header.tableLength - wasmTable.length);
    const description: unknown = JSON.parse(
      new TextDecoder().decode(state.subarray(48, 48 + (words[2] ?? 0))),
    );
    return description;
  };
}

/** Reads files of an archive when Python asks for them: most starts need few. */
function createFileSource(
  file: KeptFile,
  { offset }: Section,
  instead: FileSource,
  health: FileHealth,
): FileSource {
  const readPart = (entry: ArchiveEntry): Uint8Array => {
    const content = new Uint8Array(entry.length);
    file.readNow(offset + entry.offset, content);
    return content;
  };
  return readParts(readPart, instead, health);
}
