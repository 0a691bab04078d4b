// @ts-check
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../scripts/project.mjs';
import { startServer } from '../scripts/serve.mjs';

/** What the npm package has of Pyodide and a browser fetches. */
const coreNames = [
  'pyodide.mjs',
  'pyodide.asm.js',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
];

/**
 * A page that runs Pyodide as it was published in a worker, and nothing else: what ours is measured against. Its server
 * goes when it is closed.
 * @param {import('@playwright/test').Browser} browser
 */
export async function openBarePage(browser) {
  const directory = mkdtempSync(join(tmpdir(), 'cahier-bare-'));
  for (const name of coreNames) {
    copyFileSync(join(projectFolder, 'node_modules', 'pyodide', name), join(directory, name));
  }
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Pyodide</title>');
  const server = await startServer({ directory, port: 0 });
  const page = await browser.newPage();
  page.once('close', () => {
    void server.close().then(() => rmSync(directory, { recursive: true }));
  });
  await page.goto(server.url);
  return page;
}

/**
 * Starts a bare Pyodide in a new worker and keeps it on the page. Returns how long that took, in milliseconds.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<number>}
 */
export function startBarePython(page) {
  return page.evaluate(async () => {
    const folder = new URL('.', location.href).href;
    const source = `
      import { loadPyodide } from '${folder}pyodide.mjs';
      const pyodide = await loadPyodide({ indexURL: '${folder}' });
      self.onmessage = async ({ data }) => {
        await pyodide.runPythonAsync(data);
        self.postMessage('done');
      };
      self.postMessage('ready');`;
    // Ended first, as ours is: a worker that still runs would hand its compiled Pyodide on to the next.
    Reflect.get(globalThis, 'bareWorker')?.terminate();
    const started = performance.now();
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), {
      type: 'module',
    });
    await new Promise((resolve) => {
      worker.onmessage = resolve;
    });
    const elapsed = performance.now() - started;
    Reflect.set(globalThis, 'bareWorker', worker);
    return elapsed;
  });
}

/**
 * Runs a source in the bare Pyodide that was started last. Returns how long that took, in milliseconds.
 * @param {import('@playwright/test').Page} page
 * @param {string} source
 * @returns {Promise<number>}
 */
export function runBarePython(page, source) {
  return page.evaluate(async (text) => {
    const worker = Reflect.get(globalThis, 'bareWorker');
    const started = performance.now();
    worker.postMessage(text);
    await new Promise((resolve) => {
      worker.onmessage = resolve;
    });
    return performance.now() - started;
  }, source);
}
