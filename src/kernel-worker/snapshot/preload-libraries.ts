import type { CompiledLibrary } from '../../protocol/messages.ts';
import type { EmscriptenModule, ModuleSettings } from './parse-emscripten-module.ts';
import { parseEmscriptenModule } from './parse-emscripten-module.ts';

/** What the preloading is part of: told when it is over, or why it did not come to its end. */
export interface Preloading {
  readonly libraries: Promise<readonly CompiledLibrary[]>;
  /** Called once all are there; the start goes on when it has settled. */
  readonly onLoaded: (module: EmscriptenModule) => void | Promise<void>;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Has the libraries instantiated before the C runtime starts, one after the other in their order. There, memory and
 * the function table are only ever appended to: the same libraries in the same order get the same addresses in every
 * start, which is what a snapshot of the memory needs.
 */
export function preloadLibraries(settings: ModuleSettings, preloading: Preloading): void {
  settings.preRun.push((value) => {
    const module = parseEmscriptenModule(value);
    const dependency = 'preloaded-libraries';
    module.addRunDependency(dependency);
    const load = async (): Promise<void> => {
      instantiateAll(module, await preloading.libraries);
      await preloading.onLoaded(module);
      module.removeRunDependency(dependency);
    };
    load().catch(preloading.onFailed);
  });
}

function instantiateAll(module: EmscriptenModule, libraries: readonly CompiledLibrary[]): void {
  // The C runtime takes one slot of the table when it starts: it is to lie below the libraries, in every start.
  const slot = module.getEmptyTableSlot();
  for (const library of libraries) {
    const loaded = module.newDSO(library.path, undefined, 'loading');
    loaded.refcount = Infinity;
    loaded.global = false;
    // Symbols are resolved once for all of them, below: each by itself would look through the whole table.
    const flags = { loadAsync: false, nodelete: true, allowUndefined: true } as const;
    loaded.exports = module.loadWebAssemblyModule(library.module, flags, library.path, {});
  }
  module.loadDylibs();
  module.freeTableIndexes.push(slot);
}

/** Which handles Python has of the libraries, by path: they are numbers in its memory. */
export function listLibraryHandles({ LDSO }: EmscriptenModule): Record<string, number[]> {
  const handles: Record<string, number[]> = {};
  for (const [handle, library] of Object.entries(LDSO.loadedLibsByHandle)) {
    if (Number(handle) !== 0) (handles[library.name] ??= []).push(Number(handle));
  }
  return handles;
}

/** Gives the libraries the handles that Python's restored memory has of them. */
export function restoreLibraryHandles(
  { LDSO }: EmscriptenModule,
  handles: Readonly<Record<string, readonly number[]>>,
): void {
  for (const [path, numbers] of Object.entries(handles)) {
    const library = LDSO.loadedLibsByName[path];
    if (!library) throw new Error(`the library ${path} is not there`);
    for (const number of numbers) LDSO.loadedLibsByHandle[number] = library;
  }
}
