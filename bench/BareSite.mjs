// @ts-check
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../scripts/project.mjs';
import { startServer } from '../scripts/serve.mjs';
import { hostedWheels } from '../scripts/wheels.mjs';

/** What the npm package has of Pyodide and a browser fetches. */
const coreNames = [
  'pyodide.mjs',
  'pyodide.asm.js',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
];

/** Its name lets the server have it kept for a year without asking again, as a CDN does. */
const pyodideFolder = 'pyodide/000000000000';

/** Starts Pyodide, loads packages, and then runs the sources it is sent. */
const worker = `import { loadPyodide } from './${pyodideFolder}/pyodide.mjs';
self.onmessage = async ({ data: names }) => {
  const pyodide = await loadPyodide({ indexURL: new URL('./${pyodideFolder}/', self.location.href).href });
  let printed = '';
  pyodide.setStdout({ batched: (line) => { printed += line + '\\n'; } });
  if (names.length > 0) await pyodide.loadPackage(names, { messageCallback: () => {} });
  self.onmessage = async ({ data: source }) => {
    printed = '';
    const value = await pyodide.runPythonAsync(source);
    self.postMessage({ value, printed });
  };
  self.postMessage('ready');
};
`;

/** As much of a page as it takes to show what Python gave, by the address's query. */
const page = `const next = (python) => new Promise((resolve, reject) => {
  python.onmessage = ({ data }) => resolve(data);
  python.onerror = ({ message }) => reject(new Error(message));
});
window.startPython = async (names) => {
  // Ended first, as ours is: a worker that still runs would hand its compiled Pyodide on to the next.
  window.python?.terminate();
  const python = new Worker('./worker.js', { type: 'module' });
  python.postMessage(names);
  await next(python);
  window.python = python;
};
window.runPython = async (source) => {
  window.python.postMessage(source);
  return await next(window.python);
};
const asked = new URLSearchParams(location.search);
if (asked.has('source')) {
  await window.startPython(asked.getAll('package'));
  const { value, printed } = await window.runPython(asked.get('source'));
  const shown = document.createElement('table');
  for (const cells of value ? JSON.parse(value).data : [[printed]]) {
    const row = shown.insertRow();
    for (const cell of cells) row.insertCell().textContent = String(cell);
  }
  document.body.append(shown);
  requestAnimationFrame(() => setTimeout(() => { window.benchElapsed = performance.now(); }));
}
`;

/** A site with Pyodide as it was published and the original wheels, and nothing else: what ours is measured against. */
export class BareSite {
  #directory = mkdtempSync(join(tmpdir(), 'cahier-bare-'));
  /** @type {import('../scripts/serve.mjs').RunningServer | undefined} */
  #server;

  /** @throws {Error} when the wheels of pandas are not at hand */
  async open() {
    const wheels = hostedWheels();
    if (!wheels.some(({ name }) => name === 'pandas')) {
      throw new Error('There is no wheel of pandas to measure against: npm run wheels says why.');
    }
    const pyodide = join(this.#directory, pyodideFolder);
    mkdirSync(pyodide, { recursive: true });
    for (const name of coreNames) {
      copyFileSync(join(projectFolder, 'node_modules', 'pyodide', name), join(pyodide, name));
    }
    for (const { fileName, path } of wheels) copyFileSync(path, join(pyodide, fileName));
    writeFileSync(join(this.#directory, 'worker.js'), worker);
    writeFileSync(join(this.#directory, 'page.js'), page);
    const html = '<!doctype html><title>Pyodide</title><body><script type="module" src="page.js"></script>';
    writeFileSync(join(this.#directory, 'index.html'), html);
    this.#server = await startServer({ directory: this.#directory, port: 0 });
  }

  get url() {
    if (!this.#server) throw new Error('The bare site is not open.');
    return this.#server.url;
  }

  /**
   * The address of a page that runs a source and shows its value, or what it printed.
   * @param {string} source
   * @param {readonly string[]} packages
   */
  urlOf(source, packages) {
    const query = new URLSearchParams([...packages.map((name) => ['package', name]), ['source', source]]);
    return `${this.url}?${query}`;
  }

  async close() {
    await this.#server?.close();
    rmSync(this.#directory, { recursive: true });
  }
}

/**
 * Starts Pyodide in a new worker of a page of the bare site, in place of the one before. Returns milliseconds.
 * @param {import('@playwright/test').Page} page
 * @param {readonly string[]} packages
 * @returns {Promise<number>}
 */
export function startBarePython(page, packages) {
  return page.evaluate(async (names) => {
    const started = performance.now();
    await Reflect.get(window, 'startPython')(names);
    return performance.now() - started;
  }, packages);
}

/**
 * Runs sources one after the other in the Pyodide that was started last, a message and its answer for each.
 * @param {import('@playwright/test').Page} page
 * @param {readonly string[]} sources
 * @returns {Promise<number>} milliseconds
 */
export function runBareSources(page, sources) {
  return page.evaluate(async (texts) => {
    const started = performance.now();
    for (const text of texts) await Reflect.get(window, 'runPython')(text);
    return performance.now() - started;
  }, sources);
}

/**
 * Runs a source in the Pyodide that was started last.
 * @param {import('@playwright/test').Page} page
 * @param {string} source
 * @returns {Promise<{ elapsed: number, printed: string }>} `elapsed` in milliseconds
 */
export function runBarePython(page, source) {
  return page.evaluate(async (text) => {
    const started = performance.now();
    const { printed } = await Reflect.get(window, 'runPython')(text);
    return { elapsed: performance.now() - started, printed };
  }, source);
}
