// @ts-check
import { openWithScript } from './app-page.mjs';
import { describeSamples, median, toMilliseconds } from './statistics.mjs';

/** Five columns of floats, three of whole numbers, one of times, one of texts. */
const script = `import time
import numpy as np
import pandas as pd
n = 1_000_000
random = np.random.default_rng(1)
data = {f"f{i}": random.random(n) for i in range(5)}
data |= {f"i{i}": random.integers(0, 10**9, n) for i in range(3)}
data["when"] = pd.date_range("2026-01-01", periods=n, freq="s")
data["text"] = pd.Series(random.integers(0, 1000, n)).map([f"text {i}" for i in range(1000)].__getitem__)
df = pd.DataFrame(data)
before = time.time()
od_output.add_data("output", df)
print("added", before * 1000, time.time() * 1000)`;

/**
 * A DataFrame of 1,000,000 × 10 from the call of \`add_data\` to the first painted rows, its storing included.
 * @param {import('./run.mjs').Bench} bench
 * @returns {Promise<import('./run.mjs').BenchRow[]>}
 */
export async function measureLargeTable({ context, serveApp, rounds }) {
  /** @type {number[]} */
  const painted = [];
  /** @type {number[]} */
  const converted = [];
  for (let round = 0; round < rounds; round += 1) {
    // A host of its own for each round: there no table stands where the measured one is to appear.
    const app = await openWithScript(context, await serveApp(), script);
    const at = await runAndWaitForRows(app);
    await app.getByRole('tab', { name: 'Logs' }).click();
    const log = await app.getByRole('log').filter({ hasText: 'added' }).textContent();
    const [, before, after] = /added ([\d.]+) ([\d.]+)/.exec(log ?? '') ?? [];
    painted.push(at - Number(before));
    converted.push(Number(after) - Number(before));
    await app.close();
  }
  return [
    {
      what: '1,000,000 × 10 from add_data to first painted rows',
      measured: describeSamples(painted),
      reference: `of it ${toMilliseconds(median(converted))} in add_data`,
      ratio: '',
      aim: '≤ 1,000 ms',
    },
  ];
}

/**
 * Presses Run and waits until another table than before has painted rows. Returns the time, in milliseconds since 1970.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<number>}
 */
function runAndWaitForRows(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const before = document.querySelector('[role=grid]');
        const look = () => {
          const grid = document.querySelector('[role=grid]');
          const cell = grid?.querySelector('[role=gridcell]');
          if (grid && grid !== before && cell?.textContent?.trim()) {
            requestAnimationFrame(() =>
              setTimeout(() => resolve(performance.timeOrigin + performance.now())),
            );
          } else {
            requestAnimationFrame(look);
          }
        };
        const run = [...document.querySelectorAll('button')].find(
          (button) => button.textContent?.trim() === 'Run',
        );
        run?.click();
        look();
      }),
  );
}
