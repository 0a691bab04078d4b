import type * as Pyodide from 'pyodide';
import type { PyodideAPI } from 'pyodide';
import { answerFetch } from './answer-fetch.ts';
import { LazyFiles } from './archive/LazyFiles.ts';
import { changeModuleSettings } from './snapshot/module-settings.ts';
import {
  parseEmscriptenModule,
  type EmscriptenModule,
  type ModuleSettings,
} from './snapshot/parse-emscripten-module.ts';

/** Where the SDK's archive and the packages lie for Python. */
export const sdkPath = '/lib/cahier-sdk.zip';
export const packagesPath = '/lib/packages';

/** The same in every start: a snapshot keeps what Python has read of it. */
const environment = { HOME: '/home/pyodide', PYTHONPATH: sdkPath, MPLBACKEND: 'Agg' };

export interface BootOptions {
  /** The folder of Pyodide's core; ends in a slash. */
  readonly pyodideUrl: string;
  /** The zip of the standard library, and that of the SDK. */
  readonly standardLibrary: Promise<Uint8Array<ArrayBuffer>>;
  readonly sdk: Promise<Uint8Array<ArrayBuffer>>;
  /** The memory that Python is to live in. */
  readonly memory: WebAssembly.Memory;
  /** To change the settings of Pyodide's module before it is made; `fail` ends the boot. */
  readonly changeSettings?: (settings: ModuleSettings, fail: (error: unknown) => void) => void;
  /** `make`: a snapshot will be taken. Bytes: Pyodide's description of the snapshot that is restored. */
  readonly snapshot?: 'make' | Uint8Array<ArrayBuffer>;
}

export interface BootedPyodide {
  readonly pyodide: PyodideAPI;
  readonly module: EmscriptenModule;
  /** Mounted at `packagesPath`, and empty. */
  readonly files: LazyFiles;
}

/** Options of `loadPyodide` that its types do not name. */
interface SnapshotOptions {
  readonly _makeSnapshot?: true;
  readonly _loadSnapshot?: Uint8Array<ArrayBuffer>;
}

/** Boots Pyodide with the standard library and the SDK in place. */
export async function bootPyodide(options: BootOptions): Promise<BootedPyodide> {
  const { pyodideUrl, snapshot } = options;
  const { promise: failure, reject: fail } = Promise.withResolvers<never>();
  failure.catch(() => undefined);
  const undoSettings = changeModuleSettings((settings) => {
    settings.wasmMemory = options.memory;
    options.changeSettings?.(settings, fail);
  });
  const standardLibraryUrl = `${pyodideUrl}python_stdlib.zip`;
  const undoFetch = answerFetch(standardLibraryUrl, options.standardLibrary);
  let files: LazyFiles | null = null;
  try {
    const script: typeof Pyodide = await import(/* @vite-ignore */ `${pyodideUrl}pyodide.mjs`);
    const snapshotOptions: SnapshotOptions =
      snapshot === 'make' ? { _makeSnapshot: true } : snapshot ? { _loadSnapshot: snapshot } : {};
    const loading = script.loadPyodide({
      indexURL: pyodideUrl,
      stdLibURL: standardLibraryUrl,
      env: environment,
      // What Python imports from has to be there when it starts: it never looks again at a path that leads nowhere.
      fsInit: async (FS) => {
        FS.writeFile(sdkPath, await options.sdk);
      },
      ...snapshotOptions,
    });
    const pyodide = await Promise.race([failure, loading]);
    const module = parseEmscriptenModule(Reflect.get(pyodide, '_module'));
    files = new LazyFiles(module.FS);
    files.mount(packagesPath);
    return { pyodide, module, files };
  } finally {
    undoSettings();
    undoFetch();
  }
}
