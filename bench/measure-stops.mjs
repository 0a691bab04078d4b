// @ts-check
import { startBarePython } from './BareSite.mjs';
import {
  openWithScript,
  readLog,
  replaceSource,
  runCell,
  timeStep,
  waitForPython,
  waitForSnapshot,
  waitForSpare,
} from './app-page.mjs';
import { groupby } from './scripts.mjs';
import { describeSamples, toRatio } from './statistics.mjs';

const imports = `${groupby}\nod_output.add_data("output", result)`;
const endless = 'import pandas\nprint("begin")\nwhile True:\n    pass';
const stubborn =
  'import pandas\nimport time\nprint("begin")\nwhile True:\n    try:\n        time.sleep(1000)\n    except BaseException as error:\n        print("no", type(error).__name__)';

const untilReady = { within: '.kernel', until: 'is ready' };

/**
 * From the press on "Stop" to "is ready": softly, then with an end of Python, once with a spare and once without. A notebook
 * with pandas, on which a bare Pyodide spends its boot and its packages.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureStops({ context, bare, serveApp, rounds }) {
  const barePage = await context.newPage();
  await barePage.goto(bare.url);
  await startBarePython(barePage, ['pandas']);
  const app = await openWithScript(context, await serveApp(), imports);
  await runCell(app);
  await waitForSnapshot(app, ['pandas']);

  /** @type {Record<'soft' | 'spare' | 'noSpare' | 'bare', number[]>} */
  const samples = { soft: [], spare: [], noSpare: [], bare: [] };
  await replaceSource(app, endless);
  for (let round = 0; round < rounds; round += 1) {
    await startScript(app);
    samples.soft.push(await timeStep(app, { press: 'Stop', ...untilReady }));
    await app.locator('section .state', { hasText: 'Python kept' }).waitFor();
  }
  await replaceSource(app, stubborn);
  for (let round = 0; round < rounds; round += 1) {
    await barePage.bringToFront();
    samples.bare.push(await startBarePython(barePage, ['pandas']));
    await app.bringToFront();
    await waitForSpare(app);
    samples.spare.push(await timeHardStop(app));
    // The spare took over just now, and the next one has not been begun.
    samples.noSpare.push(await timeHardStop(app));
    await waitForPython(app);
  }
  await app.close();
  await barePage.close();
  return [
    {
      what: 'soft stop of `while True`, variables kept',
      measured: describeSamples(samples.soft),
      reference: '–',
      ratio: '',
      aim: '≤ 300 ms',
    },
    {
      what: 'hard stop with a spare',
      measured: describeSamples(samples.spare),
      reference: describeSamples(samples.bare),
      ratio: toRatio(samples.spare, samples.bare),
      aim: '≤ 150 ms',
    },
    {
      what: 'hard stop without a spare',
      measured: describeSamples(samples.noSpare),
      reference: describeSamples(samples.bare),
      ratio: toRatio(samples.noSpare, samples.bare),
      aim: '≤ 0.15 ×',
    },
  ];
}

/**
 * Runs the only cell, and waits until its script is in its loop.
 * @param {import('@playwright/test').Page} app
 */
async function startScript(app) {
  await app.getByRole('button', { name: 'Run', exact: true }).click();
  await app.locator('.kernel', { hasText: 'is running' }).waitFor();
  await readLog(app, /begin/);
}

/**
 * @param {import('@playwright/test').Page} app
 * @returns {Promise<number>} milliseconds from the second press
 */
async function timeHardStop(app) {
  await startScript(app);
  await app.getByRole('button', { name: 'Stop', exact: true }).click();
  await readLog(app, /no KeyboardInterrupt/);
  return await timeStep(app, { press: 'Stop now', ...untilReady });
}
