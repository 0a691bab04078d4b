// @ts-check
import { runBarePython, startBarePython } from './BareSite.mjs';
import { longestStep, openWithScript, readLog, runCell, waitForPython } from './app-page.mjs';
import { forgetTasks, readLongestTask, watchTasks } from './long-tasks.mjs';
import { describeSamples, toMilliseconds, toRatio } from './statistics.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ load: object[], loadGroups: string[], save: object[], saveGroups: object[] }} Rows */

/** 100 MB, as a trained model has them: a large array, and some objects around it. */
const build = `import numpy as np
model = {"weights": np.random.default_rng(1).random(12_500_000), "names": [f"n{i}" for i in range(1_000)]}`;

const save = `import time
${build}
before = time.time()
od_output.add_model("bench", model)
print("added", before * 1000, time.time() * 1000)`;

const load = `import time
model = od_models["bench"]
print("loaded", time.time() * 1000, len(model["weights"]))`;

/** What a Python without the app does: a pickle, a blob of it, and a database; and the way back. */
const bareSetup = `import pickle, time
from pyodide.code import run_js
${build}
store = run_js("""async (bytes) => {
  const database = await (self.database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("bench", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("blobs");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }));
  const transaction = database.transaction("blobs", "readwrite");
  transaction.objectStore("blobs").put(new Blob([bytes]), "model");
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}""")
read = run_js("""async () => {
  const request = (await self.database).transaction("blobs").objectStore("blobs").get("model");
  const blob = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  return new Uint8Array(await blob.arrayBuffer());
}""")`;
const bareSave = `from pyodide.ffi import to_js
await store(to_js(memoryview(pickle.dumps(model, 5))))`;
const bareLoad = `loaded = pickle.loads((await read()).to_bytes())
del loaded`;

/**
 * A model of 100 MB from the call of \`add_model\` until the cell is done, all stored; and from the press on Run until a
 * script has it again.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureModels({ context, bare, serveApp, rounds }) {
  const barePage = await context.newPage();
  await barePage.goto(bare.url);
  await startBarePython(barePage, ['numpy']);
  await runBarePython(barePage, bareSetup);
  const app = await openWithScript(context, await serveApp(), save);
  // The first run brings numpy, and stores the notebook as it is.
  await runCell(app);
  await configure(app, { save: [{ mode: 'create-or-add', name: 'bench' }] }, save);
  /** @type {Record<'save' | 'bareSave' | 'load' | 'bareLoad' | 'add', number[]>} */
  const samples = { save: [], bareSave: [], load: [], bareLoad: [], add: [] };
  /** @type {number[]} */
  const tasks = [];
  for (let round = 0; round < rounds; round += 1) {
    samples.bareSave.push((await runBarePython(barePage, bareSave)).elapsed);
    samples.bareLoad.push((await runBarePython(barePage, bareLoad)).elapsed);
    const { endedAt, log } = await runToLog(app, /added [\d.]+ [\d.]+/);
    const [before = 0, after = 0] = readNumbers(log);
    samples.save.push(endedAt - before);
    samples.add.push(after - before);
    tasks.push(await readLongestTask(app));
  }
  await configure(app, { load: [{ name: 'bench', version: null }] }, load);
  // The first run brings numpy.
  await runToLog(app, /loaded [\d.]+/);
  for (let round = 0; round < rounds; round += 1) {
    const { pressedAt, log } = await runToLog(app, /loaded [\d.]+/);
    const [loadedAt = 0] = readNumbers(log);
    samples.load.push(loadedAt - pressedAt);
    tasks.push(await readLongestTask(app));
  }
  await barePage.close();
  await app.close();
  return [
    {
      what: 'A model of 100 MB from add_model until the cell is done',
      measured: describeSamples(samples.save),
      reference: `pickle.dumps and a blob in IndexedDB ${describeSamples(samples.bareSave)}`,
      ratio: toRatio(samples.save, samples.bareSave),
      aim: '≤ 2 ×',
    },
    {
      what: 'Of it in add_model',
      measured: describeSamples(samples.add),
      reference: '',
      ratio: '',
      aim: '',
    },
    {
      what: 'The same model from the press on Run until the script has it',
      measured: describeSamples(samples.load),
      reference: `the blob read and pickle.loads ${describeSamples(samples.bareLoad)}`,
      ratio: toRatio(samples.load, samples.bareLoad),
      aim: '≤ 2 ×',
    },
    {
      what: 'Longest task of the page meanwhile',
      measured: toMilliseconds(Math.max(...tasks)),
      reference: '',
      ratio: '',
      aim: '≤ 50 ms',
    },
  ];
}

/**
 * Gives the only cell a script and rows of models, and opens the app anew with them.
 * @param {Page} page
 * @param {Partial<Rows>} rows
 * @param {string} source
 */
async function configure(page, rows, source) {
  /** @type {Rows} */
  const models = { load: [], loadGroups: [], save: [], saveGroups: [], ...rows };
  await page.evaluate(
    async ({ models, source }) => {
      /** @type {IDBDatabase} */
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open('cahier');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const transaction = database.transaction('notebooks', 'readwrite');
      const cursor = transaction.objectStore('notebooks').openCursor();
      cursor.onsuccess = () => {
        if (!cursor.result) return;
        const notebook = cursor.result.value;
        for (const cell of notebook.cells) {
          cell.source = source;
          cell.configuration.models = models;
        }
        cursor.result.update(notebook);
        cursor.result.continue();
      };
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      database.close();
    },
    { models, source },
  );
  await page.reload();
  await waitForPython(page);
  await watchTasks(page);
}

/**
 * Runs the only cell to its end. The times are milliseconds since 1970.
 * @param {Page} page
 * @param {RegExp} words what its log says then
 * @returns {Promise<{ pressedAt: number, endedAt: number, log: string }>}
 */
async function runToLog(page, words) {
  await forgetTasks(page);
  const times = await page.evaluate(
    (limit) =>
      new Promise((resolve, reject) => {
        const state = document.querySelector('section .state');
        const run = [...document.querySelectorAll('button')].find(
          (candidate) => (candidate.ariaLabel ?? candidate.textContent?.trim()) === 'Run',
        );
        if (!state || !run) throw new Error('There is no cell to run.');
        const now = () => performance.timeOrigin + performance.now();
        let hasBegun = false;
        const timer = setTimeout(() => reject(new Error('The cell was not done.')), limit);
        const observer = new MutationObserver(() => {
          const text = state.textContent ?? '';
          const isOver = /Done|Failed/.test(text);
          hasBegun ||= !isOver;
          if (!hasBegun || !isOver) return;
          observer.disconnect();
          clearTimeout(timer);
          if (text.includes('Failed')) reject(new Error('The cell has failed.'));
          else resolve({ pressedAt, endedAt: now() });
        });
        observer.observe(state, { childList: true, characterData: true, subtree: true });
        const pressedAt = now();
        run.click();
      }),
    longestStep,
  );
  return { ...times, log: await readLog(page, words) };
}

/** @param {string} log */
function readNumbers(log) {
  return [...log.matchAll(/\d{13}\.\d+/g)].map(([text]) => Number(text));
}
