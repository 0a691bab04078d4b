import { bootPyodide, type BootedPyodide } from '../boot-pyodide.ts';
import { openArchive } from '../open-archives.ts';
import type { PyodideCore } from '../pyodide-core.ts';
import { compileLibraries } from './compile-libraries.ts';
import { toHexadecimal, type FoundSnapshot } from './find-snapshot.ts';
import { spreadPages } from './page-runs.ts';
import type { EmscriptenModule, ModuleSettings } from './parse-emscripten-module.ts';
import { preloadLibraries, restoreLibraryHandles, type CompiledLibrary } from './preload-libraries.ts';
import type { Section, SnapshotHeader } from './snapshot-header.ts';

/** The entry of Pyodide's table of JavaScript objects that is its list of loaded packages. */
const loadedPackagesEntry = 6;

export interface RestoreOptions {
  readonly core: PyodideCore;
  /** Where the sources of the archives come from, in the order of the archives. */
  readonly sources: readonly (() => Uint8Array)[];
  /** As large as the memory of the snapshot. */
  readonly memory: WebAssembly.Memory;
}

/**
 * Boots Pyodide into the state of a snapshot. Throws an error that says what does not fit; the worker is of no use
 * then, as Pyodide cannot be booted twice in one.
 */
export async function restoreSnapshot(
  { file, header, sections }: FoundSnapshot,
  options: RestoreOptions,
): Promise<BootedPyodide> {
  const pages = readVerified(file, sections.pages, header.pagesSha256);
  pages.catch(() => undefined);
  const archives = await Promise.all(
    header.archives.map(async ({ name, headBytes, sizeBytes }, at) => {
      const section = sections.archives[at];
      const sources = options.sources[at];
      if (!section || !sources) throw new Error(`it has the archive ${name}, which nobody knows`);
      const head = await readSection(file, { offset: section.offset, length: headBytes });
      const from = { archive: createFileSource(file, section), sources };
      return { section, opened: openArchive(head, sizeBytes, from) };
    }),
  );
  const [stdlib, sdk, ...packages] = archives;
  if (!stdlib || !sdk) throw new Error('it lacks the standard library');
  const compiled = Promise.all(
    packages.map(({ opened, section }) =>
      compileLibraries(opened.index, (offset, length) =>
        readSection(file, { offset: section.offset + offset, length }),
      ),
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
    snapshot: await readSection(file, sections.state),
    changeSettings: (settings, fail) => {
      prepareRestore(settings, fail, header, pages, libraries);
    },
  });
  restoreLibraryHandles(booted.module, header.libraryHandles);
  // Python's memory names the list; while the snapshot was made it was an empty one.
  booted.module.__hiwire_set(loadedPackagesEntry, booted.pyodide.loadedPackages);
  setTimeZone(booted.module);
  return booted;
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
  pages: Promise<Uint8Array<ArrayBuffer>>,
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
      const stored = await pages;
      replaceRestore(module, header, stored);
    },
  });
}

/** Pyodide would copy the whole memory out of one array; here only the pages that hold something are written. */
function replaceRestore(module: EmscriptenModule, header: SnapshotHeader, pages: Uint8Array): void {
  const { API } = module;
  API.restoreSnapshot = (state) => {
    const words = new Uint32Array(state.buffer, state.byteOffset, state.byteLength / 4);
    const buildId = Array.from(words.subarray(4, 12), (word) => word.toString(16).padStart(8, '0')).join('');
    if (buildId !== API.config.BUILD_ID) throw new Error('it was made by another build of Pyodide');
    if (module.HEAPU8.byteLength !== header.memoryBytes) throw new Error('the memory has another size');
    spreadPages(pages, header.runs, module.HEAPU8);
    const { wasmTable } = module;
    if (wasmTable.length > header.tableLength) throw new Error('the function table is too long');
    if (wasmTable.length < header.tableLength) wasmTable.grow(header.tableLength - wasmTable.length);
    const description: unknown = JSON.parse(
      new TextDecoder().decode(state.subarray(48, 48 + (words[2] ?? 0))),
    );
    return description;
  };
}

/** Reads an archive from the file when Python asks for the first of its files: most starts need none. */
function createFileSource(file: Blob, { offset, length }: Section): () => Uint8Array {
  let bytes: Uint8Array | null = null;
  return () => {
    const part = file.slice(offset, offset + length);
    bytes ??= new Uint8Array(new FileReaderSync().readAsArrayBuffer(part));
    return bytes;
  };
}

async function readVerified(file: Blob, section: Section, sha256: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readSection(file, section);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  if (toHexadecimal(digest) !== sha256) throw new Error('its pages are damaged');
  return bytes;
}

async function readSection(file: Blob, { offset, length }: Section): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
}
