// @ts-check
import { openApp, timeStep } from './app-page.mjs';
import { openBarePage, startBarePython } from './bare-python.mjs';
import { median, toMilliseconds, toRatio } from './statistics.mjs';

const rounds = 9;

/**
 * From the press on "Restart Python" to "is ready", against a bare `loadPyodide` in a new worker, in turns.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureStart(browser, url) {
  const bare = await openBarePage(browser);
  const app = await openApp(browser, url, 'pass');
  await startBarePython(bare);
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const references = [];
  for (let round = 0; round < rounds; round += 1) {
    references.push(await startBarePython(bare));
    ours.push(await timeStep(app, { press: 'Restart Python', within: '.kernel', until: 'is ready' }));
  }
  await bare.close();
  await app.context().close();
  return [
    {
      what: 'kernel ready, files in the HTTP cache',
      measured: toMilliseconds(median(ours)),
      reference: `${toMilliseconds(median(references))} bare loadPyodide`,
      ratio: toRatio(median(ours), median(references)),
      aim: '≤ 1.15 ×',
    },
  ];
}
