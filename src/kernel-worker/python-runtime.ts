import type * as Pyodide from 'pyodide';
import type { PyodideAPI } from 'pyodide';
import type { PyProxy } from 'pyodide/ffi';
import type { JobRequest } from '../model/job.ts';
import type { ByteProgress } from '../model/run-state.ts';
import type { PythonAddresses } from '../protocol/messages.ts';
import { invariant } from '../shared/invariant.ts';
import { ByteMeter } from './ByteMeter.ts';
import { pollInterrupts } from './interrupts.ts';
import type { JobHost } from './job-host.ts';
import { PackageLoader } from './PackageLoader.ts';
import { createPythonFetch } from './python-fetch.ts';

/** The Python package `cahier`, as seen from here. */
interface Sdk {
  readonly find_imports: (source: string) => PyProxy & { toJs: () => string[] };
  readonly run_job: (request: unknown, host: JobHost) => Promise<unknown>;
}

/** A Python that has started, with the SDK imported. */
export interface PythonRuntime {
  readonly pythonVersion: string;
  readonly packages: PackageLoader;
  readonly findImports: (source: string) => string[];
  /** Has a function called often while Python computes; where it returns true, KeyboardInterrupt is raised there. */
  readonly pollInterrupts: (look: () => boolean) => void;
  /** Runs the job to its end; rejects only when Python itself broke. */
  readonly runJob: (job: JobRequest, host: JobHost) => Promise<void>;
}

const sdkPath = '/lib/cahier-sdk.zip';

/** What is heard of Python beside the jobs it runs. */
export interface PythonListener {
  readonly onProgress: (progress: ByteProgress) => void;
  /** Python broke: it answers nothing any more, not even what it was asked. */
  readonly onFatal: (error: unknown) => void;
}

/** Boots Pyodide from this site and imports the SDK from its archive. */
export async function startPython(
  addresses: PythonAddresses,
  listener: PythonListener,
): Promise<PythonRuntime> {
  const meter = new ByteMeter(listCoreFiles(addresses), listener.onProgress);
  let packages: PackageLoader | null = null;
  const nativeFetch = globalThis.fetch.bind(globalThis);
  globalThis.fetch = createPythonFetch(nativeFetch, addresses, (fileName, pieceBytes, wholeBytes) => {
    if (packages) packages.addBytes(fileName, pieceBytes, wholeBytes);
    else meter.add(fileName, pieceBytes, wholeBytes);
  });
  const sdkArchive = fetchBytes(nativeFetch, addresses.sdkUrl);
  // A failure is met where the archive is awaited, after Pyodide's own.
  sdkArchive.catch(() => undefined);
  const module: typeof Pyodide = await import(/* @vite-ignore */ `${addresses.pyodideUrl}pyodide.mjs`);
  const pyodide = await module.loadPyodide({
    indexURL: addresses.pyodideUrl,
    env: { HOME: '/home/pyodide', PYTHONPATH: sdkPath, MPLBACKEND: 'Agg' },
    // The archive has to be there when Python starts: a path that leads nowhere then is never looked at again.
    fsInit: async (FS) => {
      FS.writeFile(sdkPath, await sdkArchive);
    },
  });
  listenForFatal(pyodide, listener.onFatal);
  packages = new PackageLoader(pyodide, addresses);
  return createRuntime(pyodide, packages);
}

/** Pyodide tells of a fatal error through a hook that its types do not name; its own console page uses it. */
function listenForFatal(pyodide: PyodideAPI, onFatal: (error: unknown) => void): void {
  const api: unknown = Reflect.get(pyodide, '_api');
  invariant(typeof api === 'object' && api !== null, 'Pyodide has its hooks');
  Reflect.set(api, 'on_fatal', onFatal);
}

function createRuntime(pyodide: PyodideAPI, packages: PackageLoader): PythonRuntime {
  const sdk: Sdk = pyodide.pyimport('cahier');
  const version: unknown = pyodide.pyimport('platform').python_version();
  return {
    pythonVersion: String(version),
    packages,
    findImports(source) {
      const names = sdk.find_imports(source);
      try {
        return names.toJs();
      } finally {
        names.destroy();
      }
    },
    pollInterrupts(look) {
      pollInterrupts(pyodide, look);
    },
    async runJob(job, host) {
      await sdk.run_job(job, host);
    },
  };
}

/** The files that every start needs and that are fetched, with their sizes in bytes. */
function listCoreFiles(addresses: PythonAddresses): Record<string, number> {
  const names = ['pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
  return Object.fromEntries(names.map((name) => [name, addresses.servedFiles[name] ?? 0]));
}

async function fetchBytes(nativeFetch: typeof fetch, url: string): Promise<Uint8Array> {
  const response = await nativeFetch(url);
  if (!response.ok) throw new Error(`${url} answered with ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
