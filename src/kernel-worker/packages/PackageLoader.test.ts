import type { PyodideAPI } from 'pyodide';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PythonAddresses } from '../../protocol/messages.ts';
import type { LazyFiles } from '../archive/LazyFiles.ts';
import { Downloads } from './Downloads.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import { PackageLoader } from './PackageLoader.ts';

const wheel = new TextEncoder().encode('a wheel');
const fileName = 'shapes-1.0-py3-none-any.whl';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A loader whose Pyodide fetches the wheel as the real one does: what fails is told, and nothing is rejected. */
async function setup(nativeFetch: typeof fetch): Promise<{ loader: PackageLoader; downloads: Downloads }> {
  const downloads = new Downloads(nativeFetch);
  vi.stubGlobal('fetch', downloads.fetch);
  const shapes = {
    name: 'shapes',
    version: '1.0',
    file_name: fileName,
    sha256: await hashBytes(wheel),
    imports: ['shapes'],
    depends: [],
    install_dir: 'site',
    package_type: 'package',
  };
  const loadedPackages: Record<string, string> = {};
  const pyodide = {
    lockfile: { packages: { shapes } },
    loadedPackages,
    async loadPackage() {
      await loader.getWheel(fileName).then(
        () => (loadedPackages['shapes'] = 'default channel'),
        () => undefined,
      );
    },
  };
  const loader = new PackageLoader({
    pyodide: pyodide as unknown as PyodideAPI,
    addresses: { archives: [], wheelCdnUrl: 'https://wheels.example/' } as unknown as PythonAddresses,
    files: {} as LazyFiles,
    kept: null,
    downloads,
    lookAgain: () => undefined,
  });
  return { loader, downloads };
}

const importIt =
  'The package shapes 1.0 has it: write "import shapes" in the cell, so that it is loaded before the script starts.';

describe('the loader of packages', () => {
  it('keeps why a package did not come', async () => {
    const { loader } = await setup(() => Promise.resolve(new Response('', { status: 404 })));
    const problem = `Could not be loaded: shapes 1.0. wheels.example answered with 404 when asked for ${fileName}.`;
    expect(await loader.load(['shapes'], () => undefined)).toEqual([problem]);
    expect(loader.explainMissing('shapes')).toBe(problem);
  });

  it('ends a download with its job, keeps no failure of it, and starts anew for the next', async () => {
    const bodies = [new ReadableStream<Uint8Array>(), new Response(wheel).body];
    const { loader, downloads } = await setup((_input, options) => {
      const signal = options?.signal ?? new AbortController().signal;
      const body = bodies.shift()?.pipeThrough(new TransformStream(), { signal });
      return Promise.resolve(new Response(body ?? null));
    });
    const stop = new AbortController();
    const loading = downloads.endedBy(stop.signal, () => loader.load(['shapes'], () => undefined));
    await vi.waitUntil(() => bodies.length === 1);
    expect(loader.isLoading).toBe(true);
    stop.abort(new Error('the job is stopped'));
    await expect(loading).rejects.toThrow('the job is stopped');
    expect([loader.isLoading, loader.explainMissing('shapes')]).toEqual([false, importIt]);
    const next = new AbortController();
    expect(await downloads.endedBy(next.signal, () => loader.load(['shapes'], () => undefined))).toEqual([]);
    expect(loader.listMissing(['shapes'])).toEqual([]);
  });
});
