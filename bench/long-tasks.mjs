// @ts-check

/** @typedef {import('@playwright/test').Page} Page */

/**
 * Notes the long tasks of a page from now on, until it is left.
 * @param {Page} page
 */
export async function watchTasks(page) {
  await page.evaluate(() => {
    /** @type {number[]} */
    const tasks = [];
    Reflect.set(window, 'benchTasks', tasks);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
}

/** @param {Page} page */
export async function forgetTasks(page) {
  await page.evaluate(() => {
    Reflect.get(window, 'benchTasks').length = 0;
  });
}

/**
 * In milliseconds; tasks of up to 50 ms are not told, and count as that.
 * @param {Page} page
 * @returns {Promise<number>}
 */
export async function readLongestTask(page) {
  // One is told of a moment after it has ended.
  await page.waitForTimeout(100);
  return await page.evaluate(() => Math.max(50, ...Reflect.get(window, 'benchTasks')));
}
