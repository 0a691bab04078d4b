// @ts-check
import { openApp, timeStep } from './app-page.mjs';
import { openBarePage, runBarePython, startBarePython } from './bare-python.mjs';
import { median, toMilliseconds } from './statistics.mjs';

const rounds = 30;

/**
 * A job that does nothing, from the press on "Run" to "Done" with its result stored, against a bare
 * `runPythonAsync` and the way to its worker and back.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureJobs(browser, url) {
  const bare = await openBarePage(browser);
  await startBarePython(bare);
  const app = await openApp(browser, url, 'pass');
  const step = { press: 'Run', within: 'section .state', until: '^\\s*Done' };
  await timeStep(app, step);
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const references = [];
  for (let round = 0; round < rounds; round += 1) {
    references.push(await runBarePython(bare, 'pass'));
    ours.push(await timeStep(app, step));
  }
  await bare.close();
  await app.context().close();
  const difference = median(ours) - median(references);
  return [
    {
      what: 'trivial job, to "Done" with its result stored',
      measured: toMilliseconds(median(ours)),
      reference: `${toMilliseconds(median(references))} bare runPythonAsync`,
      ratio: `+ ${toMilliseconds(difference)}`,
      aim: '≤ 10 ms more',
    },
  ];
}
