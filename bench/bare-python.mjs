// @ts-check

/**
 * A page of the same origin that runs Pyodide in a worker and nothing else: what ours is measured against.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 */
export async function openBarePage(browser, url) {
  const page = await browser.newPage();
  // Any file of the site gives the origin; one that is no page of the app has neither its policy nor its scripts.
  await page.goto(new URL('pyodide/pyodide-lock.json', url).href);
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
