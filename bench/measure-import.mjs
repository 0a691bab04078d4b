// @ts-check
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longestStep } from './app-page.mjs';
import { forgetTasks, readLongestTask, watchTasks } from './long-tasks.mjs';
import { describeSamples, median, toMilliseconds, toRatio } from './statistics.mjs';

const fileBytes = 200_000_000;

/** @typedef {import('@playwright/test').Page} Page */

/**
 * 200 MB of CSV from the press on Import to the first painted rows, its storing and two hashes included, beside papaparse
 * alone, which parses the same file in a worker and keeps nothing.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureImport({ context, bare, serveApp, rounds }) {
  const folder = mkdtempSync(join(tmpdir(), 'cahier-import-'));
  try {
    /** @type {import('./run.mjs').BenchRow[]} */
    const rows = [];
    for (const hasQuotes of [false, true]) {
      const path = join(folder, hasQuotes ? 'quoted.csv' : 'plain.csv');
      writeCsv(path, hasQuotes);
      /** @type {number[]} */
      const parsed = [];
      /** @type {number[]} */
      const imported = [];
      /** @type {number[]} */
      const tasks = [];
      /** @type {number[]} */
      const memory = [];
      for (let round = 0; round < rounds; round += 1) {
        parsed.push(await timePapaparse(context, bare.url, path));
        const measured = await timeImport(context, await serveApp(), path);
        imported.push(measured.elapsed);
        tasks.push(measured.longestTask);
        memory.push(measured.peakBytes);
      }
      rows.push(
        {
          what: `200 MB of CSV${hasQuotes ? ', a third of its rows with quotes,' : ''} to first painted rows`,
          measured: describeSamples(imported),
          reference: `papaparse alone ${describeSamples(parsed)}`,
          ratio: `${(median(parsed) / median(imported)).toFixed(2)} × its speed (${toRatio(imported, parsed)} its time)`,
          aim: '≥ 0.7 × its speed',
        },
        {
          what: 'the longest task of the page meanwhile, and what the processes of the browser grew by',
          measured: `${toMilliseconds(median(tasks))}, ${(median(memory) / 1e6).toFixed(0)} MB`,
          reference: '',
          ratio: '',
          aim: '≤ 50 ms',
        },
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Ten columns: whole numbers, decimals, texts, dates, times and truth values.
 * @param {string} path
 * @param {boolean} hasQuotes
 */
function writeCsv(path, hasQuotes) {
  const cities = ['Zürich', 'Berlin', 'Paris', 'New York', 'São Paulo', 'London'];
  let state = 12_345;
  const random = () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff;
  const file = openSync(path, 'w');
  let written = writeSync(file, 'id,name,city,price,quantity,when,day,active,note,score\n');
  for (let id = 0; written < fileBytes;) {
    let text = '';
    for (const end = id + 5000; id < end; id += 1) {
      const number = Math.floor(random() * 1e6);
      const note = hasQuotes && id % 3 === 0 ? `"said ""${number}"", twice"` : `note ${number}`;
      const day = `2024-0${1 + (id % 9)}-1${id % 10}`;
      text += `${id},customer ${number % 1000},${cities[id % 6]},${(random() * 1000).toFixed(2)},${number % 100},`;
      text += `${day}T12:34:5${id % 10}Z,${day},${id % 2 === 0},${note},${random()}\n`;
    }
    written += writeSync(file, text);
  }
  closeSync(file);
}

/**
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} url
 * @param {string} path
 * @returns {Promise<number>} milliseconds
 */
async function timePapaparse(context, url, path) {
  const library = readFileSync(createRequire(import.meta.url).resolve('papaparse/papaparse.min.js'), 'utf8');
  const page = await context.newPage();
  await page.goto(`${url}pyodide/none`).catch(() => undefined);
  await page.setContent('<input type="file" aria-label="File">');
  await page.getByLabel('File').setInputFiles(path);
  const elapsed = await page.evaluate(
    (source) =>
      new Promise((resolve, reject) => {
        const script = `${source};
self.onmessage = ({ data: file }) => {
  const started = performance.now();
  let rows = 0;
  Papa.parse(file, {
    chunk: ({ data }) => { rows += data.length; },
    complete: () => self.postMessage(performance.now() - started),
  });
};`;
        const worker = new Worker(URL.createObjectURL(new Blob([script])));
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(document.querySelector('input')?.files?.[0]);
      }),
    library,
  );
  await page.close();
  return elapsed;
}

/**
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} url
 * @param {string} path
 */
async function timeImport(context, url, path) {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('toolbar').getByText('is ready').waitFor({ timeout: longestStep });
  await page
    .getByRole('button', { name: /^Add cell/ })
    .or(page.getByRole('button', { name: 'Add a Data Generator' }))
    .first()
    .click();
  await page.getByRole('button', { name: 'Add cell', exact: true }).last().click();
  await page.getByRole('menuitem', { name: 'Dataset' }).click();
  await page.getByLabel('Choose a file…').first().setInputFiles(path);
  await page.getByRole('dialog').getByRole('table').waitFor({ timeout: longestStep });
  await watchTasks(page);
  await forgetTasks(page);
  const before = readMemory();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, readMemory());
  }, 200);
  const elapsed = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const button = [...document.querySelectorAll('dialog button')].find(
          (candidate) => candidate.textContent?.trim() === 'Import',
        );
        const started = performance.now();
        const look = () => {
          const cell = document.querySelector('[role=grid] [role=gridcell]');
          if (cell?.textContent?.trim()) resolve(performance.now() - started);
          else requestAnimationFrame(look);
        };
        if (button instanceof HTMLElement) button.click();
        look();
      }),
  );
  clearInterval(timer);
  const longestTask = await readLongestTask(page);
  await page.close();
  return { elapsed, longestTask, peakBytes: peak - before };
}

/** Bytes that the processes which this one started hold; 0 where the system does not tell. */
function readMemory() {
  try {
    return listDescendants(process.pid).reduce((sum, pid) => sum + readResident(pid), 0);
  } catch {
    return 0;
  }
}

/**
 * @param {number} pid
 * @returns {number[]}
 */
function listDescendants(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/);
  const pids = children.filter(Boolean).map(Number);
  return [...pids, ...pids.flatMap(listDescendants)];
}

/** @param {number} pid */
function readResident(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}
