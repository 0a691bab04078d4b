import type { PyodideAPI } from 'pyodide';
import type { MemoryUse } from '../model/kernel-state.ts';
import type { ByteProgress } from '../model/run-state.ts';
import type {
  CompiledLibrary,
  PackageArchive,
  PythonAddresses,
  PythonStart,
  StartPlan,
  WheelsToPack,
} from '../protocol/messages.ts';
import { ByteMeter } from './ByteMeter.ts';
import { bootPyodide, type BootedPyodide } from './boot-pyodide.ts';
import { createMeteredMemory, type MeteredMemory } from './metered-memory.ts';
import { fetchArchive, fetchPackageLater, type FileListener } from './open-archives.ts';
import { Downloads } from './packages/Downloads.ts';
import { KeptWheels } from './packages/KeptWheels.ts';
import { packWheels } from './packages/pack-wheels.ts';
import { PackageLoader } from './packages/PackageLoader.ts';
import { createPythonFetch } from './python-fetch.ts';
import type { PyodideCore } from './pyodide-core.ts';
import { createRuntime, type PythonRuntime } from './python-runtime.ts';
import { compileAllLibraries } from './snapshot/compile-libraries.ts';
import { KeptSnapshots, type FoundSnapshot } from './snapshot/KeptSnapshots.ts';
import { makeSnapshot } from './snapshot/make-snapshot.ts';
import { preloadLibraries } from './snapshot/preload-libraries.ts';
import { restoreSnapshot } from './snapshot/restore-snapshot.ts';
import { toMessage } from '../shared/to-message.ts';

/** What Emscripten begins with when nobody says otherwise, in bytes. */
const initialMemory = 20 * 2 ** 20;

/** What is heard of Python beside the jobs it runs. */
export interface PythonListener {
  readonly onProgress: (progress: ByteProgress) => void;
  readonly onMemory: (memory: MemoryUse) => void;
  readonly onSnapshotFound: () => void;
  /** A file in the snapshot turned out to be damaged when Python read it; it was fetched from the site instead. */
  readonly onSnapshotDamaged: (problem: string) => void;
  /** Python broke: it answers nothing any more, not even what it was asked. */
  readonly onFatal: (error: unknown) => void;
}

/** A Python that has started, and how. */
export interface StartedPython {
  readonly pyodide: PyodideAPI;
  readonly runtime: PythonRuntime;
  readonly start: PythonStart;
}

/** The snapshot that was found could not be restored: this worker is of no use any more. */
export class SnapshotRefused extends Error {}

/** The part of the SDK that prepares Python. */
interface StartModule {
  readonly look_again: () => void;
  readonly warm_up: (modules: unknown) => void;
  readonly wake_up: () => void;
  readonly destroy: () => void;
}

/**
 * Starts Python: from the snapshot that fits the plan best, else by booting it. Throws a `SnapshotRefused`, or an
 * error that says why Python could not be booted.
 */
export async function startPython(
  plan: StartPlan,
  core: PyodideCore,
  listener: PythonListener,
): Promise<StartedPython> {
  const { addresses } = plan;
  const downloads = new Downloads(globalThis.fetch.bind(globalThis));
  // Before Python starts, whose modules take hold of it.
  globalThis.fetch = downloads.fetch;
  const packages = listArchived(addresses, plan.packages);
  const notes: string[] = [];
  const found = await lookForSnapshot(plan, packages, notes);
  const started = found
    ? await restore(plan, core, found, listener)
    : await boot(plan, core, packages, listener);
  const { booted, memory, ready, libraries } = started;
  listenForFatal(booted, listener.onFatal);
  const { pyodide, packageFiles: files } = booted;
  const kept = await KeptWheels.open(addresses.siteUrl, addresses.pythonBuildId);
  const lookAgain = createLookAgain(pyodide);
  const packageLoader = new PackageLoader({ pyodide, addresses, files, kept, downloads, lookAgain });
  packageLoader.markLoaded(ready);
  globalThis.fetch = createPythonFetch(globalThis.fetch.bind(globalThis), addresses, packageLoader.getWheel);
  const runtime = createRuntime(pyodide, packageLoader, downloads);
  const start: PythonStart = {
    pythonVersion: runtime.pythonVersion,
    memory: memory.use(),
    isFromSnapshot: found !== null && ready.length === packages.length,
    notes,
    libraries,
  };
  return { pyodide, runtime, start };
}

/** Packs wheels and keeps them for later starts. Returns how many bytes were written. */
export async function storeWheels(plan: StartPlan, wheels: WheelsToPack, core: PyodideCore): Promise<number> {
  const { siteUrl, pythonBuildId, wheelCdnUrl } = plan.addresses;
  const kept = await KeptWheels.open(siteUrl, pythonBuildId);
  if (!kept) throw new Error('this browser has no place for them');
  const ignore = (): void => undefined;
  const listener = {
    onProgress: ignore,
    onMemory: ignore,
    onSnapshotFound: ignore,
    onSnapshotDamaged: ignore,
    onFatal: ignore,
  };
  const { pyodide } = await startPython({ ...plan, packages: [] }, core, listener);
  return await packWheels(pyodide, kept, wheels, wheelCdnUrl);
}

/** Makes the snapshot of the plan's packages and stores it. Returns how many bytes were written. */
export async function storeSnapshot(plan: StartPlan, core: PyodideCore): Promise<number> {
  const build = describeBuild(plan.addresses);
  const kept = await KeptSnapshots.open(plan.addresses.siteUrl, build);
  if (!kept) throw new Error('this browser has no place for it');
  const packages = listArchived(plan.addresses, plan.packages);
  return await kept.write(packages, () => bakeSnapshot(plan, core, build, packages));
}

async function bakeSnapshot(
  { addresses, memoryLimitBytes }: StartPlan,
  core: PyodideCore,
  build: string,
  names: readonly string[],
): Promise<Uint8Array<ArrayBuffer>[]> {
  const ignore = (): void => undefined;
  const picked = pickArchives(addresses, names);
  const [stdlib, sdk, packages] = await fetchAll(addresses, picked, ignore);
  return await makeSnapshot({
    build,
    core,
    memory: createMeteredMemory(initialMemory, memoryLimitBytes, ignore).memory,
    stdlib,
    sdk,
    packages,
    warmUp: ({ pyodide }) => {
      const start: StartModule = pyodide.pyimport('cahier.start');
      const modules = pyodide.toPy(picked.flatMap(({ imports }) => imports));
      start.warm_up(modules);
      modules.destroy();
      start.destroy();
    },
  });
}

async function fetchAll(
  { stdlib, sdk }: PythonAddresses,
  packages: readonly PackageArchive[],
  onPiece: FileListener,
) {
  return await Promise.all([
    fetchArchive(stdlib, onPiece),
    fetchArchive(sdk, onPiece),
    Promise.all(packages.map((archive) => fetchArchive(archive, onPiece))),
  ]);
}

async function lookForSnapshot(
  { addresses, snapshot }: StartPlan,
  packages: readonly string[],
  notes: string[],
): Promise<FoundSnapshot | null> {
  try {
    const kept = await KeptSnapshots.open(addresses.siteUrl, describeBuild(addresses));
    if (snapshot === 'use') {
      return (await kept?.find(packages, (problem) => notes.push(problem))) ?? null;
    }
    await kept?.discard();
  } catch (error) {
    notes.push(`The stored snapshot of Python cannot be read: ${toMessage(error)}.`);
  }
  return null;
}

/** Everything that a snapshot depends on beside its packages. */
function describeBuild({ pythonBuildId }: PythonAddresses): string {
  return `${pythonBuildId} ${navigator.userAgent} ${'Suspending' in WebAssembly ? 'suspends' : 'does not suspend'}`;
}

interface Started {
  readonly booted: BootedPyodide;
  readonly memory: MeteredMemory;
  /** The packages that need not be loaded any more. */
  readonly ready: readonly string[];
  readonly libraries: readonly CompiledLibrary[];
}

async function restore(
  { addresses, memoryLimitBytes, libraries: compiled }: StartPlan,
  core: PyodideCore,
  found: FoundSnapshot,
  { onMemory, onSnapshotFound, onSnapshotDamaged }: PythonListener,
): Promise<Started> {
  onSnapshotFound();
  try {
    const { header } = found;
    const memory = createMeteredMemory(header.memoryBytes, memoryLimitBytes, onMemory);
    const packed = [addresses.stdlib, addresses.sdk, ...pickArchives(addresses, header.packages)];
    const { booted, libraries } = await restoreSnapshot(found, {
      core,
      libraries: compiled,
      archives: packed.map(fetchPackageLater),
      memory: memory.memory,
      onDamage: onSnapshotDamaged,
    });
    const start: StartModule = booted.pyodide.pyimport('cahier.start');
    start.wake_up();
    start.destroy();
    return { booted, memory, ready: header.packages, libraries };
  } catch (error) {
    // So that the worker that takes the place of this one can remove it.
    found.release();
    throw new SnapshotRefused(toMessage(error), { cause: error });
  }
}

async function boot(
  { addresses, memoryLimitBytes }: StartPlan,
  core: PyodideCore,
  names: readonly string[],
  { onProgress, onMemory }: PythonListener,
): Promise<Started> {
  const picked = pickArchives(addresses, names);
  const meter = new ByteMeter(listSizes(addresses, picked), onProgress);
  const fetched = fetchAll(addresses, picked, (url, pieceBytes) => {
    meter.add(url, pieceBytes, null);
  });
  fetched.catch(() => undefined);
  const libraries = fetched.then(([, , packages]) => compileAllLibraries(packages));
  libraries.catch(() => undefined);
  const memory = createMeteredMemory(initialMemory, memoryLimitBytes, onMemory);
  const booted = await bootPyodide({
    core,
    memory: memory.memory,
    stdlib: fetched.then(([stdlib]) => stdlib),
    sdk: fetched.then(([, sdk]) => sdk),
    packages: fetched.then(([, , packages]) => packages),
    changeSettings: (settings, fail) => {
      preloadLibraries(settings, { libraries, onFailed: fail, onLoaded: () => undefined });
    },
  });
  return { booted, memory, ready: names, libraries: await libraries };
}

function createLookAgain(pyodide: PyodideAPI): () => void {
  const start: StartModule = pyodide.pyimport('cahier.start');
  return () => {
    start.look_again();
  };
}

/** Those of the packages that this site has archives of, sorted. */
function listArchived({ archives }: PythonAddresses, packages: readonly string[]): string[] {
  const known = new Set(archives.map(({ name }) => name));
  return packages.filter((name) => known.has(name)).sort();
}

/** The archives of these packages, in their order. */
function pickArchives({ archives }: PythonAddresses, names: readonly string[]): PackageArchive[] {
  return names.flatMap((name) => archives.filter((archive) => archive.name === name));
}

/** The sizes of the packed files that a boot fetches, in bytes, by address. */
function listSizes(
  { stdlib, sdk }: PythonAddresses,
  packages: readonly PackageArchive[],
): Record<string, number> {
  return Object.fromEntries(
    [stdlib, sdk, ...packages].map(({ archive }) => [archive.url, archive.sizeBytes]),
  );
}

/** Pyodide tells of a fatal error through a hook that its types do not name; its own console page uses it. */
function listenForFatal({ module }: BootedPyodide, onFatal: (error: unknown) => void): void {
  module.API.on_fatal = onFatal;
}
