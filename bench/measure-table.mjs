// @ts-check
import { openWithScript, runCell } from './app-page.mjs';
import { describeSamples, median } from './statistics.mjs';

/** Forty columns of floats, five of whole numbers, two of times, three of texts. */
const script = `import numpy as np
import pandas as pd
n = 1_000_000
random = np.random.default_rng(1)
data = {f"f{i}": random.random(n) for i in range(40)}
data |= {f"i{i}": random.integers(0, 10**9, n) for i in range(5)}
data |= {f"when{i}": pd.date_range("2026-01-01", periods=n, freq="s") for i in range(2)}
words = np.array([f"text {i}" for i in range(1000)], dtype=object)
data["text0"] = words[random.integers(0, 1000, n)]
data["text1"] = np.array([f"row {i:07}" for i in random.permutation(n)], dtype=object)
data["text2"] = words[random.integers(0, 1000, n)]
od_output.add_data("output", pd.DataFrame(data))`;

/** Frames of a display of 60 Hz that are scrolled through. */
const scrolledFrames = 180;

/**
 * A stored table of 1,000,000 × 50: opened, scrolled, sorted, filtered.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureTable({ context, serveApp, rounds }) {
  const url = await serveApp();
  const app = await openWithScript(context, url, script);
  await runCell(app);
  await app.close();
  /** @type {Record<'opened' | 'float' | 'text' | 'filter' | 'frame' | 'rows' | 'task' | 'memory' | 'bytes', number[]>} */
  const taken = {
    opened: [],
    float: [],
    text: [],
    filter: [],
    frame: [],
    rows: [],
    task: [],
    memory: [],
    bytes: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    const page = await context.newPage();
    await page.addInitScript(watchTable);
    await page.goto(url);
    await page.waitForFunction(() => Reflect.get(window, 'benchPainted') > 0, undefined, { timeout: 60_000 });
    taken.opened.push(await page.evaluate(() => Reflect.get(window, 'benchPainted')));
    taken.bytes.push(await page.evaluate(() => Reflect.get(window, 'benchBytes')));
    // What the headers show is computed first.
    await page.waitForTimeout(4000);
    const scrolled = await page.evaluate(scroll, scrolledFrames);
    taken.frame.push(scrolled.frame);
    taken.rows.push(scrolled.rows);
    taken.task.push(scrolled.task);
    taken.filter.push(await filter(page));
    await page.getByRole('button', { name: /^Remove / }).click();
    await page.waitForTimeout(3000);
    taken.float.push(await page.evaluate(sort, 'f0'));
    await page.waitForTimeout(1000);
    taken.text.push(await sortText(page));
    taken.memory.push(await memoryOf(page));
    await page.close();
  }
  const bytes = median(taken.bytes);
  return [
    row('1,000,000 × 50 from storage to first painted rows', taken.opened, '≤ 150 ms'),
    {
      ...row('scrolling it: time of a frame', taken.frame, '≤ 16.7 ms'),
      reference: `${median(taken.rows)} rows drawn`,
    },
    row('scrolling it: longest task of the page', taken.task, '≤ 50 ms'),
    row('sorted by floats, to the painted rows', taken.float, '≤ 500 ms'),
    row('filtered, to the painted rows', taken.filter, '≤ 200 ms'),
    row('sorted by texts, to the painted rows', taken.text, '≤ 1,500 ms'),
    {
      what: 'memory of the page thread with it',
      measured: `${(median(taken.memory) / 1e6).toFixed(1)} MB`,
      reference: `${(bytes / 1e6).toFixed(1)} MB of Arrow`,
      ratio: `${(median(taken.memory) / bytes).toFixed(2)} ×`,
      aim: '≤ 1.2 ×',
    },
  ];
}

/**
 * @param {string} what
 * @param {readonly number[]} samples
 * @param {string} aim
 * @returns {import('./run.mjs').BenchRow}
 */
function row(what, samples, aim) {
  return { what, measured: describeSamples(samples), reference: '', ratio: '', aim };
}

/** Notes when the page asks for a table to be opened, and when its first rows were painted. */
function watchTable() {
  let askedAt = 0;
  const { postMessage } = Worker.prototype;
  /** @this {Worker} @param {any[]} given */
  Worker.prototype.postMessage = function (...given) {
    const [message] = given;
    if (message?.type === 'open-table' && askedAt === 0) {
      askedAt = performance.now();
      const bytes = message.files.reduce(
        (/** @type {number} */ sum, /** @type {Blob} */ file) => sum + file.size,
        0,
      );
      Object.assign(window, { benchBytes: bytes });
      const look = () => {
        const cell = document.querySelector('[role=gridcell]:not([aria-busy])');
        if (!cell?.textContent?.trim()) requestAnimationFrame(look);
        else
          requestAnimationFrame(() =>
            setTimeout(() => Object.assign(window, { benchPainted: performance.now() - askedAt })),
          );
      };
      look();
    }
    return postMessage.apply(this, /** @type {any} */ (given));
  };
}

/**
 * Scrolls for so many frames, sideways too. The mean time of a frame, the most rows, the longest task, in milliseconds.
 * @param {number} frames
 */
async function scroll(frames) {
  const grid = document.querySelector('[role=grid]');
  if (!grid) throw new Error('There is no table.');
  let task = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) task = Math.max(task, entry.duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  let rows = 0;
  const started = performance.now();
  for (let frame = 0; frame < frames; frame += 1) {
    grid.scrollTop += 90;
    grid.scrollLeft += frame % 60 < 30 ? 30 : -30;
    rows = Math.max(rows, grid.querySelectorAll('[role=row]').length);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  const frame = (performance.now() - started) / frames;
  observer.disconnect();
  grid.scrollTop = 0;
  grid.scrollLeft = 0;
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { frame, rows, task };
}

/**
 * Sorts by a column whose header is drawn, until other rows are painted. Returns milliseconds.
 * @param {string} name
 * @returns {Promise<number>}
 */
function sort(name) {
  return new Promise((resolve, reject) => {
    const header = document.querySelector(`[role=columnheader][aria-label^="${name} "]`);
    const button = header?.querySelector('button');
    if (!button) {
      reject(new Error(`There is no header of ${name}.`));
      return;
    }
    const numbers = () => document.querySelector('[role=rowgroup] [role=rowheader]')?.textContent?.trim();
    const before = numbers();
    const started = performance.now();
    button.click();
    const look = () => {
      if (numbers() === before) requestAnimationFrame(look);
      else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
    };
    look();
  });
}

/** @param {import('@playwright/test').Page} page */
async function filter(page) {
  const header = page.locator('[role=columnheader][aria-label^="f1 "]').first();
  await header.getByRole('button', { name: /^Column/ }).click({ force: true });
  await page.getByRole('menuitem', { name: 'Filter…' }).click();
  const form = page.getByRole('dialog', { name: /^Filter / });
  await form.getByRole('combobox').selectOption('>');
  await form.getByRole('textbox', { name: 'Value' }).fill('0.5');
  return await page.evaluate(
    () =>
      new Promise((resolve) => {
        const size = () => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
        const before = size();
        const started = performance.now();
        [...document.querySelectorAll('[popover] button')]
          .find((button) => button.textContent?.trim() === 'Filter')
          ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        const look = () => {
          if (size() === before) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
        };
        look();
      }),
  );
}

/** @param {import('@playwright/test').Page} page */
async function sortText(page) {
  await page.waitForTimeout(500);
  await page.getByRole('grid').evaluate((grid) => grid.scrollTo(1e6, 0));
  await page.locator('[role=columnheader][aria-label^="text1 "]').waitFor();
  await page.waitForTimeout(500);
  return await page.evaluate(sort, 'text1');
}

/** @param {import('@playwright/test').Page} page */
async function memoryOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
