// @ts-check
import { openWithScript, runCell } from './app-page.mjs';
import { describeSamples, median, toMilliseconds } from './statistics.mjs';

/** So many cells has the notebook, each with a script of forty lines and a table of a hundred rows. */
const cellCount = 200;

const script = [
  'import pandas as pd',
  'od_output.add_data("output", pd.DataFrame({"n": range(100), "square": [n * n for n in range(100)]}))',
  ...Array.from(
    { length: 38 },
    (_, line) => `# line ${line} of a script of a usual length, with some words in it`,
  ),
].join('\n');

/**
 * A notebook of 200 cells with results: from the press on Reload to the first painted cell, and what saving a keystroke
 * costs the page beside cloning the notebook, which no way to store it could do without.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureWorkspace({ context, serveApp, rounds }) {
  const page = await openWithScript(context, await serveApp(), script);
  await runCell(page);
  await page.waitForTimeout(1_000);
  await page.evaluate(multiplyCell, cellCount);
  await page.addInitScript(watchSaves);
  /** @type {number[]} */
  const painted = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.reload();
    painted.push(await page.evaluate(waitForCell));
  }
  // The others are drawn after the first.
  await page
    .locator('main section[data-state]')
    .nth(cellCount - 1)
    .waitFor({ state: 'attached' });
  await page.waitForTimeout(3_000);
  await page.locator('main section[data-state] h2').first().click();
  await page.keyboard.press('Enter');
  await page.locator('.monaco-editor').first().waitFor();
  await page.waitForTimeout(1_000);
  for (let key = 0; key < 5 * rounds; key += 1) {
    await page.keyboard.type('x');
    await page.waitForTimeout(500);
  }
  const { saves, clones } = await page.evaluate(readSaves);
  await page.close();
  return [
    {
      what: `A notebook of ${cellCount} cells with results, from the request to the first painted cell`,
      measured: describeSamples(painted),
      reference: '',
      ratio: '',
      aim: '≤ 1,000 ms',
    },
    {
      what: 'saving one keystroke in it: the page thread',
      measured: `${median(saves).toFixed(1)} ms (${Math.min(...saves).toFixed(1)}–${Math.max(...saves).toFixed(1)})`,
      reference: `structuredClone of the notebook ${toMilliseconds(median(clones))}`,
      ratio: `${(median(saves) / median(clones)).toFixed(2)} ×`,
      aim: '≤ 5 ms',
    },
  ];
}

/**
 * Runs in the page: copies the only cell and its job within what is stored.
 * @param {number} count
 * @returns {Promise<void>}
 */
function multiplyCell(count) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('cahier');
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(['notebooks', 'jobs'], 'readwrite');
      const notebooks = transaction.objectStore('notebooks');
      const jobs = transaction.objectStore('jobs');
      notebooks.getAll().onsuccess = ({ target }) => {
        const [notebook] = /** @type {any} */ (target).result;
        const [cell] = notebook.cells;
        const ids = Array.from({ length: count - 1 }, () => crypto.randomUUID());
        const copies = ids.map((id, index) => ({ ...cell, id, title: `${cell.title} ${index + 2}` }));
        notebooks.put({ ...notebook, cells: [cell, ...copies] });
        jobs.getAll().onsuccess = ({ target: found }) => {
          const job = /** @type {any} */ (found).result.find(
            (/** @type {any} */ { cellId }) => cellId === cell.id,
          );
          for (const cellId of ids) jobs.put({ ...job, id: crypto.randomUUID(), cellId });
        };
      };
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
      transaction.onerror = () => reject(transaction.error);
    };
  });
}

/** Runs in each page: notes how long tasks of timers take that store a notebook, and cloning it alone. */
function watchSaves() {
  const noted = { saves: /** @type {number[]} */ ([]), clones: /** @type {number[]} */ ([]) };
  Object.assign(globalThis, { notedSaves: noted });
  let stored = null;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put =
    /** @this {IDBObjectStore} @param {unknown} value @param {IDBValidKey} [key] */ function (value, key) {
      if (this.name === 'notebooks') stored = value;
      return put.call(this, value, key);
    };
  const setTimer = globalThis.setTimeout;
  globalThis.setTimeout = /** @type {any} */ (
    (
      /** @type {(...values: unknown[]) => void} */ run,
      /** @type {number} */ delay,
      /** @type {unknown[]} */ ...given
    ) =>
      setTimer(() => {
        stored = null;
        const before = performance.now();
        run(...given);
        if (stored === null) return;
        noted.saves.push(performance.now() - before);
        const clone = performance.now();
        structuredClone(stored);
        noted.clones.push(performance.now() - clone);
      }, delay)
  );
}

/** Runs in the page. */
function readSaves() {
  return /** @type {any} */ (globalThis).notedSaves;
}

/**
 * Runs in the page: milliseconds from the request of the page until a cell with its table is painted.
 * @returns {Promise<number>}
 */
function waitForCell() {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('main section[data-state] h2')?.textContent?.trim()) {
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      } else requestAnimationFrame(look);
    };
    look();
  });
}
