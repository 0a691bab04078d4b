// @ts-check
import { longestStep, replaceSource, runCell } from './app-page.mjs';
import { createNode, openFlow } from './flows.mjs';
import { forgetTasks, readLongestTask, watchTasks } from './long-tasks.mjs';
import { previewCases } from './preview-cases.mjs';
import { describeSamples, toRatio } from './statistics.mjs';

/** @typedef {import('./app-page.mjs').Page} Page */
/** @typedef {import('./preview-cases.mjs').PreviewCase} PreviewCase */

/**
 * Previews of a scriptlet that has run, from the press on their tab to their being painted, and the longest task of the page from
 * the press on Run until then; against a plain page that has the same content at hand and draws it.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measurePreviews({ context, bare, serveApp, rounds }) {
  const app = await openFlow(context, await serveApp(), [createNode('previews', 'pass', '', '', '')]);
  const barePage = await context.newPage();
  await watchTasks(app);
  /** @type {import('./run.mjs').BenchRow[]} */
  const rows = [];
  for (const preview of previewCases) {
    await app.bringToFront();
    await replaceSource(app, `def main(params, context):\n    ${preview.body}`);
    /** @type {Map<string, { ours: number[], bare: number[] }>} */
    const samples = new Map();
    for (let round = 0; round < rounds; round += 1) {
      const taken = {
        ours: await showPreview(app, preview),
        bare: await drawBare(barePage, bare.url, preview),
      };
      for (const side of /** @type {const} */ (['ours', 'bare'])) {
        for (const [what, time] of taken[side]) {
          if (!samples.has(what)) samples.set(what, { ours: [], bare: [] });
          samples.get(what)?.[side].push(time);
        }
      }
    }
    for (const [what, { ours, bare: reference }] of samples) {
      rows.push({
        what: `preview of ${preview.what}: ${what}`,
        measured: describeSamples(ours),
        reference: reference.length > 0 ? describeSamples(reference) : '–',
        ratio: reference.length > 0 ? toRatio(ours, reference) : '',
        aim: what === longest ? '≤ 50 ms' : '',
      });
    }
  }
  await app.close();
  await barePage.close();
  return rows;
}

const longest = 'longest task of the page';

/**
 * Milliseconds by what was measured.
 * @param {Page} app
 * @param {PreviewCase} preview
 * @returns {Promise<[what: string, milliseconds: number][]>}
 */
async function showPreview(app, { steps }) {
  await app.bringToFront();
  if (await app.getByRole('tab', { name: 'Logs' }).isVisible())
    await app.getByRole('tab', { name: 'Logs' }).click();
  await forgetTasks(app);
  await runCell(app);
  await app.getByRole('tab', { name: 'Previews' }).waitFor();
  /** @type {[string, number][]} */
  const times = [];
  for (const { what, press, search, shown } of steps) {
    const act = `() => {
      const field = document.querySelector('input[type=search][aria-label^=Search]');
      if (${search !== undefined}) {
        field.value = ${JSON.stringify(search)};
        field.dispatchEvent(new Event('input', { bubbles: true }));
        return;
      }
      [...document.querySelectorAll('section button')].find((button) => button.textContent.trim().startsWith('${press}')).click();
    }`;
    times.push([what, await timePainting(app, act, shown)]);
  }
  return [...times, [longest, await readLongestTask(app)]];
}

/**
 * The same in a plain page.
 * @param {Page} page
 * @param {string} url
 * @param {PreviewCase} preview
 * @returns {Promise<[what: string, milliseconds: number][]>}
 */
async function drawBare(page, url, { steps, prepare = () => undefined, argument = '', bareShown }) {
  await page.bringToFront();
  await page.goto(url);
  await page.evaluate(() => document.body.replaceChildren());
  await page.evaluate(prepare, argument);
  await page.evaluate((text) => Reflect.set(window, 'benchArgument', text), argument);
  await watchTasks(page);
  /** @type {[string, number][]} */
  const times = [];
  for (const { what, draw } of steps) {
    if (!draw) continue;
    const act = `() => (${String(draw)})(window.benchArgument)`;
    times.push([what, await timePainting(page, act, bareShown ?? ['body > *'])]);
  }
  return [...times, [longest, await readLongestTask(page)]];
}

/**
 * Does something and waits until what is to be shown is painted, all within the page.
 * @param {Page} page
 * @param {string} act the text of a function
 * @param {readonly string[]} shown selectors
 * @returns {Promise<number>} milliseconds
 */
async function timePainting(page, act, shown) {
  return await page.evaluate(`(async () => {
    const isThere = (selector) => {
      const element = document.querySelector(selector);
      if (element instanceof HTMLImageElement) return element.complete;
      return element instanceof HTMLVideoElement ? element.readyState > 0 : element !== null;
    };
    const started = performance.now();
    await (${act})();
    while (!${JSON.stringify(shown)}.every(isThere)) {
      if (performance.now() - started > ${longestStep}) throw new Error('${shown.join(', ').replaceAll("'", '')} was not shown.');
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - started;
  })()`);
}
