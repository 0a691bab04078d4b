import { findLibraries } from '../archive/archive-index.ts';
import { bootPyodide, type BootedPyodide } from '../boot-pyodide.ts';
import type { UnpackedArchive } from '../open-archives.ts';
import type { PyodideCore } from '../pyodide-core.ts';
import { compileAllLibraries } from './compile-libraries.ts';
import { countBytes, findPageRuns, viewRuns } from './page-runs.ts';
import { listLibraryHandles, preloadLibraries } from './preload-libraries.ts';
import {
  placeSections,
  prefixBytes,
  snapshotMagic,
  type SnapshotArchive,
  type SnapshotHeader,
} from './snapshot-header.ts';
import { checkWords } from './word-checksum.ts';

export interface SnapshotIngredients {
  readonly build: string;
  readonly core: PyodideCore;
  readonly memory: WebAssembly.Memory;
  readonly stdlib: UnpackedArchive;
  readonly sdk: UnpackedArchive;
  /** Sorted by name. */
  readonly packages: readonly UnpackedArchive[];
  /** Imports in Python what is to be there after a restore. No JavaScript object may be held by Python after it. */
  readonly warmUp: (booted: BootedPyodide) => void;
}

/** Boots a Python, imports the packages, and gives its memory as the parts of a snapshot's file, in order. */
export async function makeSnapshot(ingredients: SnapshotIngredients): Promise<Uint8Array<ArrayBuffer>[]> {
  const { core, memory, stdlib, sdk, packages } = ingredients;
  let preloadedTableLength = 0;
  const libraries = await compileAllLibraries(packages);
  const booted = await bootPyodide({
    core,
    memory,
    stdlib: Promise.resolve(stdlib),
    sdk: Promise.resolve(sdk),
    packages: Promise.resolve(packages),
    snapshot: 'make',
    changeSettings: (settings, fail) => {
      preloadLibraries(settings, {
        libraries: Promise.resolve(libraries),
        onFailed: fail,
        onLoaded: ({ wasmTable }) => {
          preloadedTableLength = wasmTable.length;
        },
      });
    },
  });
  ingredients.warmUp(booted);
  return describeMemory(ingredients, booted, preloadedTableLength);
}

function describeMemory(
  { build, stdlib, sdk, packages }: SnapshotIngredients,
  { pyodide, module }: BootedPyodide,
  preloadedTableLength: number,
): Uint8Array<ArrayBuffer>[] {
  const archives = [stdlib, sdk, ...packages];
  const whole = new Uint8Array(pyodide.makeMemorySnapshot());
  const memoryBytes = module.HEAPU8.byteLength;
  const stateBytes = whole.byteLength - memoryBytes;
  const memory = whole.subarray(stateBytes);
  const runs = findPageRuns(memory);
  const pages = new Uint8Array(countBytes(runs));
  let position = 0;
  for (const view of viewRuns(memory, runs)) {
    pages.set(view, position);
    position += view.byteLength;
  }
  const state = whole.slice(0, stateBytes);
  const header: SnapshotHeader = {
    build,
    packages: packages.map(({ index }) => index.name),
    stateBytes,
    memoryBytes,
    runs,
    preloadedTableLength,
    tableLength: module.wasmTable.length,
    libraryHandles: listLibraryHandles(module),
    pagesChecksum: checkWords(pages),
    stateChecksum: checkWords(state),
    archives: archives.map(describeArchive),
  };
  return joinParts(header, [state, pages, ...archives.map(({ bytes }) => bytes)]);
}

function describeArchive({ index, bytes }: UnpackedArchive): SnapshotArchive {
  const { name, headBytes, sizeBytes } = index;
  const libraries = findLibraries(index);
  return {
    name,
    headBytes,
    sizeBytes,
    headChecksum: checkWords(bytes.subarray(0, headBytes)),
    librariesChecksum: checkWords(bytes.subarray(libraries.offset, libraries.offset + libraries.length)),
  };
}

/** Puts prefix and header before the sections, and zeros between them up to where each has to begin. */
function joinParts(
  header: SnapshotHeader,
  sections: readonly Uint8Array<ArrayBuffer>[],
): Uint8Array<ArrayBuffer>[] {
  const headerText = new TextEncoder().encode(JSON.stringify(header));
  const prefix = new Uint8Array(prefixBytes);
  prefix.set(snapshotMagic);
  new DataView(prefix.buffer).setUint32(snapshotMagic.byteLength, headerText.byteLength, true);
  const places = placeSections(header, headerText.byteLength);
  const offsets = [places.state, places.pages, ...places.archives].map(({ offset }) => offset);
  const parts = [prefix, headerText];
  let end = prefixBytes + headerText.byteLength;
  sections.forEach((section, at) => {
    const offset = offsets[at] ?? end;
    parts.push(new Uint8Array(offset - end), section);
    end = offset + section.byteLength;
  });
  return parts;
}
