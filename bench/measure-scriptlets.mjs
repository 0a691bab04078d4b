// @ts-check
import { runBareSources, startBarePython } from './BareSite.mjs';
import { longestStep, readLog } from './app-page.mjs';
import { createNode, openFlow } from './flows.mjs';
import { progressScript } from './progress-script.mjs';
import { describeSamples, median, toMilliseconds } from './statistics.mjs';

const chainLength = 50;

const passOn = `def main(params):
    return {"n": (params.get("n") or 0) + 1}
`;

/** What a cell of the chain does, in a Python that keeps the value itself. */
const barePassOn = `${passOn}
n = main({"n": n})["n"]`;

const makeFrame = `import numpy as np
import pandas as pd


def main(params):
    return {"frame": pd.DataFrame({"x": np.zeros(12_500_000)})}
`;

const takeFrame = `def main(params):
    return {"rows": len(params["frame"])}
`;

/**
 * Scriptlets that hand small values on, from the press on "Run all" to the last "Done", for each cell, against the same
 * functions in a bare worker, a message and its answer for each; one that takes a DataFrame of 100 MB as an object; and
 * what reports of progress add to a loop, over calls of an empty method.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureScriptlets({ context, bare, serveApp, rounds }) {
  const barePage = await context.newPage();
  await barePage.goto(bare.url);
  await startBarePython(barePage, []);
  const chain = await openFlow(context, await serveApp(), createChain());
  /** @type {Record<'cells' | 'bareCells', number[]>} */
  const { cells, bareCells } = { cells: [], bareCells: [] };
  for (let round = 0; round < rounds; round += 1) {
    await runBareSources(barePage, ['n = 0']);
    const sources = Array.from({ length: chainLength }, () => barePassOn);
    bareCells.push((await runBareSources(barePage, sources)) / chainLength);
    cells.push((await runAll(chain)) / chainLength);
  }
  await barePage.close();
  await chain.close();

  const frames = await openFlow(context, await serveApp(), createFrames());
  /** @type {number[]} */
  const taken = [];
  for (let round = 0; round < rounds; round += 1) {
    await runAll(frames);
    taken.push(await readDuration(frames, 'take'));
  }
  await frames.close();

  const report = await openFlow(context, await serveApp(), [
    createNode('report', progressScript, '', '', ''),
  ]);
  await runAll(report);
  const samples = parseProgress(await readLog(report, /\[\[/));
  await report.close();
  const shares = samples.map(([empty, reports]) => ((reports - empty) / empty) * 100);

  return [
    {
      what: `a chain of ${chainLength} scriptlets, for each cell, with its result stored`,
      measured: describeSamples(cells),
      reference: describeSamples(bareCells),
      ratio: `+ ${toMilliseconds(median(cells) - median(bareCells))}`,
      aim: '≤ 10 ms more',
    },
    {
      what: 'a scriptlet that takes a DataFrame of 100 MB as an object, as its cell tells',
      measured: describeSamples(taken),
      reference: '–',
      ratio: '',
      aim: '≤ 20 ms',
    },
    {
      what: `10,000 reports of progress within ${toMilliseconds(median(samples.map(([empty]) => empty)))} of work, over calls of an empty method`,
      measured: `${median(shares).toFixed(2)} % (${Math.min(...shares).toFixed(2)}–${Math.max(...shares).toFixed(2)})`,
      reference: '–',
      ratio: '',
      aim: '≤ 1 %',
    },
  ];
}

/**
 * What `progressScript` has printed, out of the text of its log.
 * @param {string} text
 * @returns {[empty: number, reports: number][]} milliseconds
 */
function parseProgress(text) {
  const [printed] = /\[\[.*\]\]/.exec(text) ?? [];
  if (printed === undefined) throw new Error(`The scriptlet printed no times: ${text}`);
  return JSON.parse(printed);
}

function createChain() {
  return Array.from({ length: chainLength }, (_, index) =>
    createNode(
      `cell ${index}`,
      passOn,
      '{"handle": "n", "nullable": true}',
      '{"handle": "n"}',
      index === 0
        ? ''
        : `{"handle": "n", "from_node": [{"node_id": "cell ${index - 1}", "output_handle": "n"}]}`,
    ),
  );
}

function createFrames() {
  const variable = '{"handle": "frame", "json_schema": {"contentMediaType": "oomol/var"}}';
  const from = '{"handle": "frame", "from_node": [{"node_id": "make", "output_handle": "frame"}]}';
  return [
    createNode('make', makeFrame, '', variable, ''),
    createNode('take', takeFrame, variable, '{"handle": "rows"}', from),
  ];
}

/**
 * Runs all cells; gives the milliseconds until the last of them is done.
 * @param {import('./app-page.mjs').Page} page
 * @returns {Promise<number>}
 */
function runAll(page) {
  return page.evaluate(
    (limit) =>
      new Promise((resolve, reject) => {
        const button = [...document.querySelectorAll('button')].find(
          (candidate) => candidate.textContent?.trim() === 'Run all',
        );
        const started = performance.now();
        const states = new Map(
          [...document.querySelectorAll('section[data-state]')].map((cell) => [
            cell,
            cell.getAttribute('data-state'),
          ]),
        );
        let hasLeft = false;
        const timer = setTimeout(() => reject(new Error('The cells did not end.')), limit);
        // What changed is looked at, and no more: looking at all cells each time would be measured, too.
        const observer = new MutationObserver((records) => {
          for (const { target } of records) {
            if (!(target instanceof Element) || !states.has(target)) continue;
            const state = target.getAttribute('data-state');
            states.set(target, state);
            hasLeft ||= state === 'running' || state === 'queued';
          }
          if (!hasLeft || [...states.values()].some((state) => state !== 'done')) return;
          observer.disconnect();
          clearTimeout(timer);
          resolve(performance.now() - started);
        });
        observer.observe(document.body, { attributes: true, subtree: true, attributeFilter: ['data-state'] });
        button?.click();
      }),
    longestStep,
  );
}

/**
 * How long the last job of a cell took, in milliseconds, as its header says.
 * @param {import('./app-page.mjs').Page} page
 * @param {string} title
 */
async function readDuration(page, title) {
  const text = await page.getByRole('region', { name: title, exact: true }).locator('.state').innerText();
  const [, amount, unit] = / ([\d.]+) (ms|s)\b/.exec(text) ?? [];
  return Number(amount) * (unit === 's' ? 1_000 : 1);
}
