// @ts-check
import { openWithScript, removeSnapshots, runCell, waitForSnapshot } from './app-page.mjs';
import { groupby, sum } from './scripts.mjs';
import { describeSamples, toRatio } from './statistics.mjs';
import { forgetFiles, timeBareVisit, timeVisit } from './visits.mjs';

const rows = { tab: 'Result Table', selector: '[role=gridcell]' };
const log = { tab: 'Logs', selector: '[role=log]' };

const bareGroupby = `${groupby}\nresult.to_json(orient="split")`;
const appGroupby = `${groupby}\nod_output.add_data("output", result)`;

/**
 * From opening the page until what Python made is painted, against a page with nothing but Pyodide. Each of the three is the app
 * on a host of its own, so that each keeps its own notebook.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureVisits({ context, bare, serveApp, rounds }) {
  const bareRows = bare.urlOf(bareGroupby, ['pandas']);
  const bareSum = bare.urlOf(sum, []);
  const withSnapshot = await prepare(context, await serveApp(), appGroupby, ['pandas']);
  const withoutSnapshot = await prepare(context, await serveApp(), appGroupby, ['pandas']);
  const plain = await prepare(context, await serveApp(), sum, []);
  await timeBareVisit(context, bareRows);
  await timeBareVisit(context, bareSum);

  /** @type {Record<'bareRows' | 'snapshot' | 'archives' | 'bareSum' | 'sum', number[]>} */
  const samples = { bareRows: [], snapshot: [], archives: [], bareSum: [], sum: [] };
  for (let round = 0; round < rounds; round += 1) {
    samples.bareRows.push(await timeBareVisit(context, bareRows));
    samples.snapshot.push(await timeVisit(context, withSnapshot, rows));
    await removeSnapshots(context, withoutSnapshot);
    samples.archives.push(await timeVisit(context, withoutSnapshot, rows));
    samples.bareSum.push(await timeBareVisit(context, bareSum));
    samples.sum.push(await timeVisit(context, plain, log));
  }
  return [
    compare('page open to the first rows of a groupby', samples.snapshot, samples.bareRows, '≤ 0.15 ×'),
    compare('the same without a snapshot', samples.archives, samples.bareRows, '≤ 0.45 ×'),
    compare('page open to the output of 1 + 1', samples.sum, samples.bareSum, '≤ 0.4 ×'),
  ];
}

/**
 * The same, with no file of either site in any cache.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureFirstVisit({ context, bare, serveApp, rounds }) {
  const bareUrl = bare.urlOf(bareGroupby, ['pandas']);
  const url = await prepare(context, await serveApp(), appGroupby, ['pandas']);
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const references = [];
  for (let round = 0; round < rounds; round += 1) {
    await forgetFiles(context, bare.url);
    references.push(await timeBareVisit(context, bareUrl));
    await forgetFiles(context, url);
    ours.push(await timeVisit(context, url, rows));
  }
  return [compare('first visit to the first rows of a groupby', ours, references, '≤ 0.9 ×')];
}

/**
 * A notebook with one script that was run, and the snapshot of its packages.
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} url
 * @param {string} source
 * @param {readonly string[]} packages what the snapshot is to hold
 * @returns {Promise<string>} the address
 */
async function prepare(context, url, source, packages) {
  const page = await openWithScript(context, url, source);
  await runCell(page);
  await waitForSnapshot(page, packages);
  await page.close();
  return url;
}

/**
 * @param {string} what
 * @param {readonly number[]} ours
 * @param {readonly number[]} references
 * @param {string} aim
 * @returns {import('./run.mjs').BenchRow}
 */
function compare(what, ours, references, aim) {
  return {
    what,
    measured: describeSamples(ours),
    reference: describeSamples(references),
    ratio: toRatio(ours, references),
    aim,
  };
}
