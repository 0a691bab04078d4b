// @ts-check
import { longestStep } from './app-page.mjs';

/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */

/**
 * Opens the app in a new tab, presses Run and the tab of the results as soon as these are there, and waits until something of this
 * run is painted. Returns milliseconds since the page was asked for.
 * @param {BrowserContext} context
 * @param {string} url
 * @param {{ tab: string, selector: string }} shows which tab of the results is to show the time of the run, in milliseconds since
 * 1970, as its last word, and where
 * @returns {Promise<number>}
 */
export async function timeVisit(context, url, shows) {
  const page = await context.newPage();
  await page.addInitScript(({ tab, selector }) => {
    let hasPressed = false;
    const isOfThisVisit = (/** @type {Element} */ element) =>
      Number(/\d{13}(?=\s*$)/.exec(element.textContent ?? '')?.[0]) >= performance.timeOrigin;
    const find = (/** @type {string} */ within, /** @type {string} */ text) =>
      [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(within))].find(
        (element) => element.textContent?.trim() === text,
      );
    const look = () => {
      if (!hasPressed) {
        const run = find('section button', 'Run');
        const results = find('section [role=tab]', tab);
        if (run && results) {
          hasPressed = true;
          run.click();
          results.click();
        }
      }
      if ([...document.querySelectorAll(selector)].some(isOfThisVisit)) {
        setTimeout(() => Reflect.set(window, 'benchElapsed', performance.now()));
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, shows);
  return await readElapsed(page, url);
}

/**
 * Opens a page of the bare site in a new tab. Returns milliseconds since it was asked for until what Python gave is painted.
 * @param {BrowserContext} context
 * @param {string} url
 * @returns {Promise<number>}
 */
export async function timeBareVisit(context, url) {
  return await readElapsed(await context.newPage(), url);
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @returns {Promise<number>}
 */
async function readElapsed(page, url) {
  await page.goto(url, { waitUntil: 'commit' });
  const handle = await page.waitForFunction(() => Reflect.get(window, 'benchElapsed'), null, {
    timeout: longestStep,
    polling: 250,
  });
  const elapsed = Number(await handle.jsonValue());
  await page.close();
  return elapsed;
}

/**
 * Forgets every file of a site, as if it had never been visited, and keeps what its users wrote.
 * @param {BrowserContext} context
 * @param {string} url
 */
export async function forgetFiles(context, url) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', {
    origin: new URL(url).origin,
    storageTypes: 'cache_storage,file_systems,service_workers,shader_cache',
  });
  await session.send('Network.clearBrowserCache');
  await page.close();
}
