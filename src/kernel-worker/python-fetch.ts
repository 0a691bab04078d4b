import type { PythonAddresses } from '../protocol/messages.ts';

/**
 * Gives a file of Pyodide's folder that the site does not serve: a wheel. Throws a TypeError that says why it cannot be
 * had.
 */
export type WheelSource = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

/** The `fetch` that Pyodide uses: wheels come from the source given. Everything else passes through untouched. */
export function createPythonFetch(
  nativeFetch: typeof fetch,
  { pyodideUrl, servedFiles }: Pick<PythonAddresses, 'pyodideUrl' | 'servedFiles'>,
  getWheel: WheelSource,
): typeof fetch {
  return async (input, options) => {
    const url = input instanceof Request ? input.url : String(input);
    const path = url.startsWith(pyodideUrl) ? url.slice(pyodideUrl.length) : null;
    if (path === null || path in servedFiles) return await nativeFetch(input, options);
    return new Response(await getWheel(path), { headers: { 'content-type': 'application/zip' } });
  };
}
