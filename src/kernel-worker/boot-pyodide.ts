import type { PyodideAPI } from 'pyodide';
import { answerFetch } from './answer-fetch.ts';
import { LazyFiles } from './archive/LazyFiles.ts';
import { mountPoints, pythonPath } from './archive/mount-points.ts';
import type { OpenArchive } from './open-archives.ts';
import { giveCompiledModule, type PyodideCore } from './pyodide-core.ts';
import {
  parseEmscriptenModule,
  type EmscriptenModule,
  type ModuleSettings,
} from './snapshot/parse-emscripten-module.ts';

/** The same in every start: a snapshot keeps what Python has read of it. */
const environment = {
  HOME: '/home/pyodide',
  PYTHONPATH: pythonPath,
  MPLBACKEND: 'Agg',
};

/** A zip with nothing in it: Pyodide insists on one for the standard library, which lies in its archive here. */
const emptyZip = new Uint8Array(22);
emptyZip.set([0x50, 0x4b, 0x05, 0x06]);

export interface BootOptions {
  readonly core: PyodideCore;
  readonly stdlib: Promise<OpenArchive>;
  readonly sdk: Promise<OpenArchive>;
  readonly packages: Promise<readonly OpenArchive[]>;
  /** The memory that Python is to live in. */
  readonly memory: WebAssembly.Memory;
  /** To change the settings of Pyodide's module before it is made; `fail` ends the boot. */
  readonly changeSettings: (settings: ModuleSettings, fail: (error: unknown) => void) => void;
  /** `make`: a snapshot will be taken. Bytes: Pyodide's description of the snapshot that is restored. */
  readonly snapshot?: 'make' | Uint8Array<ArrayBuffer>;
}

export interface BootedPyodide {
  readonly pyodide: PyodideAPI;
  readonly module: EmscriptenModule;
  /** What Python sees at `mountPoints.packages`. */
  readonly packageFiles: LazyFiles;
}

/** Options of `loadPyodide` that its types do not name. */
interface SnapshotOptions {
  readonly _makeSnapshot?: true;
  readonly _loadSnapshot?: Uint8Array<ArrayBuffer>;
}

/** Boots Pyodide with the standard library, the SDK and packages in place. */
export async function bootPyodide(options: BootOptions): Promise<BootedPyodide> {
  const { core, snapshot } = options;
  const { promise: failure, reject: fail } = Promise.withResolvers<never>();
  failure.catch(() => undefined);
  core.module.catch(fail);
  core.changeSettings = (settings) => {
    settings.wasmMemory = options.memory;
    options.changeSettings(settings, fail);
  };
  const zipUrl = `${core.url}empty.zip`;
  const undoModule = giveCompiledModule(core);
  const undoFetch = answerFetch(zipUrl, emptyZip);
  try {
    const script = await core.script;
    const snapshotOptions: SnapshotOptions =
      snapshot === 'make' ? { _makeSnapshot: true } : snapshot ? { _loadSnapshot: snapshot } : {};
    const mounted = Promise.withResolvers<LazyFiles>();
    mounted.promise.catch(() => undefined);
    const loading = script.loadPyodide({
      indexURL: core.url,
      stdLibURL: zipUrl,
      env: environment,
      // What Python imports from has to be there when it starts: it never looks again at a path that leads nowhere.
      fsInit: async (FS) => {
        try {
          mount(new LazyFiles(FS), mountPoints.stdlib, [await options.stdlib]);
          mount(new LazyFiles(FS), mountPoints.sdk, [await options.sdk]);
          const files = new LazyFiles(FS);
          mount(files, mountPoints.packages, await options.packages);
          mounted.resolve(files);
        } catch (error) {
          fail(error);
        }
      },
      ...snapshotOptions,
    });
    const pyodide = await Promise.race([failure, loading]);
    const module = parseEmscriptenModule(Reflect.get(pyodide, '_module'));
    return { pyodide, module, packageFiles: await mounted.promise };
  } finally {
    undoFetch();
    undoModule();
  }
}

function mount(files: LazyFiles, root: string, archives: readonly OpenArchive[]): void {
  for (const { index, from } of archives) files.add(index, from);
  files.mount(root);
}
