import { expect } from '../fixtures.ts';
import type { OutsideHost } from '../OutsideHost.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import type { EndlessScript } from './endless-scripts.ts';
import { stopScript } from './stop-script.ts';

/** A script that asks a host and waits for an answer. */
interface SilentRequest extends Pick<EndlessScript, 'name' | 'does'> {
  readonly toSource: (url: string) => string;
}

/** The ways to ask that Python has here; the synchronous ones block the worker. */
export const silentRequests: readonly SilentRequest[] = [
  {
    name: 'await pyfetch',
    does: 'wait',
    toSource: (url) =>
      `import asyncio\nfrom pyodide.http import pyfetch\nasync def main():\n    print("begin")\n    await pyfetch("${url}")\nasyncio.run(main())`,
  },
  {
    name: 'js.fetch',
    does: 'wait',
    toSource: (url) =>
      `import js\nfrom pyodide.ffi import run_sync\nprint("begin")\nrun_sync(js.fetch("${url}"))`,
  },
  {
    name: 'open_url',
    does: 'compute in one call',
    toSource: (url) => `from pyodide.http import open_url\nprint("begin", flush=True)\nopen_url("${url}")`,
  },
  {
    name: 'a synchronous XMLHttpRequest',
    does: 'compute in one call',
    toSource: (url) =>
      `import js\nrequest = js.XMLHttpRequest.new()\nrequest.open("GET", "${url}", False)\nprint("begin", flush=True)\nrequest.send()`,
  },
];

/** Stops a script whose request has reached the host. What blocks the worker hears nothing, and costs its Python. */
export async function stopSilentRequest(
  notebook: NotebookPage,
  outside: OutsideHost,
  { name, does, toSource }: SilentRequest,
): Promise<void> {
  await notebook.allowHost(new URL(outside.url).host);
  const source = toSource(`${outside.url}/silence`);
  const python = await stopScript(notebook, { name, does, source });
  expect(outside.requests).toEqual(['GET /silence']);
  expect(python).toBe(does === 'wait' ? 'kept' : 'replaced');
}
