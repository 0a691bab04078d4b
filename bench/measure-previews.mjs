// @ts-check
import { longestStep, replaceSource, runCell } from './app-page.mjs';
import { createNode, openFlow } from './flows.mjs';
import { forgetTasks, readLongestTask, watchTasks } from './long-tasks.mjs';
import { previewCases } from './preview-cases.mjs';
import { describeSamples, toRatio } from './statistics.mjs';

/** @typedef {import('./app-page.mjs').Page} Page */
/** @typedef {import('./preview-cases.mjs').PreviewCase} PreviewCase */
/** @typedef {{ painted: number, longestTask: number }} Sample in milliseconds */

const head = 'def main(params, context):\n    ';

/**
 * Previews of a scriptlet that has run, from the press on their tab to their being painted, and the longest task of the page from
 * the press on Run until then; against a plain page that has the same content at hand and draws it.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measurePreviews({ context, bare, serveApp, rounds }) {
  const nothing = `${head}pass`;
  const app = await openFlow(context, await serveApp(), [createNode('previews', nothing, '', '', '')]);
  // From its first run on the cell has a log; while that is shown, previews are not.
  await runCell(app);
  await watchTasks(app);
  const barePage = await context.newPage();
  /** @type {import('./run.mjs').BenchRow[]} */
  const rows = [];
  for (const preview of previewCases) {
    await app.bringToFront();
    await replaceSource(app, head + preview.body);
    /** @type {Record<'ours' | 'plain', Sample[]>} */
    const { ours, plain } = { ours: [], plain: [] };
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await showPreview(app, preview));
      plain.push(await drawPlain(barePage, bare.url, preview));
    }
    const { what } = preview;
    rows.push(
      { what: `preview of ${what}`, ...compare(ours, plain, ({ painted }) => painted), aim: '' },
      {
        what: `longest task of the page: preview of ${what}`,
        ...compare(ours, plain, ({ longestTask }) => longestTask),
        aim: '≤ 50 ms',
      },
    );
  }
  await app.close();
  await barePage.close();
  return rows;
}

/**
 * @param {readonly Sample[]} ours
 * @param {readonly Sample[]} plain
 * @param {(sample: Sample) => number} pick
 */
function compare(ours, plain, pick) {
  const [measured, reference] = [ours.map(pick), plain.map(pick)];
  return {
    measured: describeSamples(measured),
    reference: describeSamples(reference),
    ratio: toRatio(measured, reference),
  };
}

/**
 * Runs the only cell while its log is shown, and then shows its previews.
 * @param {Page} app
 * @param {PreviewCase} preview
 * @returns {Promise<Sample>}
 */
async function showPreview(app, { steps }) {
  await app.bringToFront();
  await app.getByRole('tab', { name: 'Logs' }).click();
  await forgetTasks(app);
  await runCell(app);
  await app.getByRole('tab', { name: 'Previews' }).waitFor();
  let painted = 0;
  for (const [act, shown] of steps) {
    painted += await timePainting(
      app,
      (words) => {
        if (words.startsWith('find ')) {
          const field = /** @type {HTMLInputElement} */ (
            document.querySelector('section [role=search] input')
          );
          field.value = words.slice('find '.length);
          field.dispatchEvent(new Event('input', { bubbles: true }));
          return;
        }
        const buttons = [...document.querySelectorAll('section button')];
        const button = buttons.find((candidate) => candidate.textContent?.trim().startsWith(words));
        /** @type {HTMLButtonElement} */ (button).click();
      },
      act,
      shown,
    );
  }
  return { painted, longestTask: await readLongestTask(app) };
}

/**
 * @param {Page} page
 * @param {string} url
 * @param {PreviewCase} preview
 * @returns {Promise<Sample>}
 */
async function drawPlain(page, url, { content, prepare = (text) => text, draw, drawn }) {
  await page.bringToFront();
  await page.goto(url);
  await page.evaluate(() => document.body.replaceChildren());
  const prepared = await page.evaluateHandle(prepare, content);
  await watchTasks(page);
  const painted = await timePainting(page, draw, prepared, [drawn]);
  return { painted, longestTask: await readLongestTask(page) };
}

/**
 * Does something in a page and waits until what is to be shown is painted, all within the page. Returns milliseconds.
 * @template Argument
 * @param {Page} page
 * @param {(argument: Argument) => void} act
 * @param {unknown} argument the argument, or a handle of it
 * @param {readonly string[]} shown selectors
 * @returns {Promise<number>}
 */
async function timePainting(page, act, argument, shown) {
  const run = await page.evaluateHandle(`(${String(act)})`);
  const painted = page.evaluate(
    async ({ run: begin, argument: given, shown: selectors, limit }) => {
      const isThere = (/** @type {string} */ selector) => {
        const element = document.querySelector(selector);
        if (element instanceof HTMLImageElement) return element.complete;
        return element instanceof HTMLVideoElement ? element.readyState > 0 : element !== null;
      };
      const started = performance.now();
      /** @type {(argument: unknown) => void} */ (begin)(given);
      while (!selectors.every(isThere)) {
        if (performance.now() - started > limit) throw new Error(`There is no ${selectors.join(', ')}.`);
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - started;
    },
    { run, argument, shown, limit: longestStep },
  );
  return await painted.finally(() => run.dispose());
}
