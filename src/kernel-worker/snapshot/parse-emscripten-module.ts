import type { EmscriptenFiles } from '../archive/emscripten-files.ts';

/**
 * What Emscripten's runtime and Pyodide have inside and a snapshot needs. None of it is public: the names are those
 * of the pinned version, and a test tells when one goes.
 */
export interface EmscriptenModule {
  readonly FS: EmscriptenFiles;
  readonly API: PyodideInternals;
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly wasmTable: WebAssembly.Table;
  readonly freeTableIndexes: number[];
  readonly LDSO: {
    readonly loadedLibsByName: Record<string, LoadedLibrary>;
    readonly loadedLibsByHandle: Record<string, LoadedLibrary>;
  };
  readonly addRunDependency: (name: string) => void;
  readonly removeRunDependency: (name: string) => void;
  readonly getEmptyTableSlot: () => number;
  readonly newDSO: (path: string, handle: undefined, exports: 'loading') => LoadedLibrary;
  readonly loadWebAssemblyModule: (
    module: WebAssembly.Module,
    flags: { readonly loadAsync: false; readonly nodelete: true; readonly allowUndefined: true },
    path: string,
    localScope: object,
  ) => object;
  readonly loadDylibs: () => void;
  /** Where C keeps the time zone: addresses in Python's memory, the last one of the addresses of two names. */
  readonly _timezone: number;
  readonly _daylight: number;
  readonly _tzname: number;
  /** Reads the browser's time zone into these places. */
  readonly __tzset_js: (
    timezone: number,
    daylight: number,
    standardName: number,
    daylightName: number,
  ) => void;
  readonly __hiwire_set: (index: number, value: unknown) => number;
}

/** A shared library as the dynamic linker keeps it. */
export interface LoadedLibrary {
  readonly name: string;
  refcount: number;
  global: boolean;
  exports: object | 'loading';
}

/** Pyodide's own side of it. */
export interface PyodideInternals {
  readonly config: { readonly BUILD_ID: string };
  on_fatal?: (error: unknown) => void;
  restoreSnapshot: (snapshot: Uint8Array) => unknown;
}

/** The settings that Pyodide makes its module from. */
export interface ModuleSettings {
  /** The memory to take instead of a new one. */
  wasmMemory?: WebAssembly.Memory;
  readonly preRun: ((module: unknown) => void | Promise<void>)[];
}

const functionNames = [
  'addRunDependency',
  'removeRunDependency',
  'getEmptyTableSlot',
  'newDSO',
  'loadWebAssemblyModule',
  'loadDylibs',
  '__tzset_js',
  '__hiwire_set',
];

const numberNames = ['_timezone', '_daylight', '_tzname'];

const objectNames = ['FS', 'API', 'wasmTable', 'LDSO', 'freeTableIndexes'];

/** Checks that all names are there. Throws an error that lists those that are not. */
export function parseEmscriptenModule(value: unknown): EmscriptenModule {
  const holder = toObject(value, 'module');
  const missing = [
    ...functionNames.filter((name) => typeof Reflect.get(holder, name) !== 'function'),
    ...numberNames.filter((name) => typeof Reflect.get(holder, name) !== 'number'),
    ...objectNames.filter((name) => typeof Reflect.get(holder, name) !== 'object'),
  ];
  if (missing.length > 0) throw new Error(`Pyodide's module lacks ${missing.join(', ')}`);
  return holder as EmscriptenModule;
}

/** Checks the settings that are handed to the function that makes the module. */
export function parseModuleSettings(value: unknown): ModuleSettings {
  const holder = toObject(value, 'settings');
  if (!Array.isArray(Reflect.get(holder, 'preRun'))) throw new Error("Pyodide's settings lack preRun");
  return holder as ModuleSettings;
}

function toObject(value: unknown, what: string): object {
  if (typeof value !== 'object' || value === null) throw new Error(`Pyodide's ${what} is no object`);
  return value;
}
