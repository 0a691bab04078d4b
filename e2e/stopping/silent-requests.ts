import { expect, test } from '../fixtures.ts';
import type { OutsideHost } from '../OutsideHost.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import type { EndlessScript } from './endless-scripts.ts';
import { mark } from '../scripts.ts';
import { expectPython, markPython, stopScript } from './stop-script.ts';

/** A script that asks a host and waits for an answer. */
interface SilentRequest extends Pick<EndlessScript, 'name'> {
  readonly toSource: (url: string) => string;
}

/** The ways to ask that Python has here; the synchronous ones block the worker. */
const silentRequests: readonly SilentRequest[] = [
  {
    name: 'await pyfetch',
    toSource: (url) =>
      `import asyncio\nfrom pyodide.http import pyfetch\nasync def main():\n    print("begin")\n    await pyfetch("${url}")\nasyncio.run(main())`,
  },
  {
    name: 'js.fetch',
    toSource: (url) =>
      `import js\nfrom pyodide.ffi import run_sync\nprint("begin")\nrun_sync(js.fetch("${url}"))`,
  },
  {
    name: 'open_url',
    toSource: (url) => `from pyodide.http import open_url\nprint("begin", flush=True)\nopen_url("${url}")`,
  },
  {
    name: 'a synchronous XMLHttpRequest',
    toSource: (url) =>
      `import js\nrequest = js.XMLHttpRequest.new()\nrequest.open("GET", "${url}", False)\nprint("begin", flush=True)\nrequest.send()`,
  },
];

/** Stops scripts whose requests have reached a host that never answers, one right after the other. */
export async function stopSilentRequests(notebook: NotebookPage, outside: OutsideHost): Promise<void> {
  await notebook.allowHost(new URL(outside.url).host);
  const cell = await notebook.addScript(mark);
  await markPython(cell);
  for (const [at, { name, toSource }] of silentRequests.entries()) {
    await test.step(name, async () => {
      const path = `/silence?${at}`;
      const python = await stopScript(cell, { source: toSource(outside.url + path) });
      expect(outside.requests.at(-1)).toBe(`GET ${path}`);
      expect(python).toBe('kept');
    });
  }
  await expectPython(cell, 'kept');
}
