// @ts-check

/** Longest time that anything measured may take, in milliseconds. */
export const longestStep = 120_000;

/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */
/** @typedef {import('@playwright/test').Page} Page */

/**
 * Opens the app and adds one Data Generator that holds this script.
 * @param {BrowserContext} context which has not visited this site yet
 * @param {string} url
 * @param {string} source
 * @returns {Promise<Page>}
 */
export async function openWithScript(context, url, source) {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Add a Data Generator' }).click();
  await replaceSource(page, source);
  await page.getByRole('checkbox', { name: 'Generate Empty Dataset Output' }).check();
  await waitForPython(page);
  return page;
}

/**
 * Pastes a script over that of the only cell.
 * @param {Page} page
 * @param {string} source
 */
export async function replaceSource(page, source) {
  const editor = page.getByRole('textbox', { name: /^Source of / });
  if ((await editor.count()) === 0) await page.locator('section[data-state]').press('Enter');
  // A plain field stands in for the editor until that is loaded.
  await page.locator('.monaco-editor').first().waitFor();
  await editor.focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), source);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
}

/** @param {Page} page */
export async function waitForPython(page) {
  await page.getByRole('toolbar').getByText('is ready').waitFor({ timeout: longestStep });
}

/**
 * Runs the only cell to its end.
 * @param {Page} page
 */
export async function runCell(page) {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('section .state', { hasText: 'Done' }).waitFor({ timeout: longestStep });
}

/**
 * What the log of the only cell says, once it says this.
 * @param {Page} page
 * @param {RegExp} words
 * @returns {Promise<string>}
 */
export async function readLog(page, words) {
  await page.getByRole('tab', { name: 'Logs' }).click();
  const log = page.getByRole('log').filter({ hasText: words });
  return (await log.textContent({ timeout: longestStep })) ?? '';
}

/**
 * Waits until a snapshot of Python with these packages was written to its end.
 * @param {Page} page
 * @param {readonly string[]} packages
 */
export async function waitForSnapshot(page, packages) {
  await waitUntil(page, 'No snapshot was made.', () =>
    page.evaluate(async (wanted) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('cahier-python', { create: true });
      for await (const handle of folder.values()) {
        if (!(handle instanceof FileSystemFileHandle)) continue;
        // While it is written it cannot be read.
        const file = handle.getFile();
        const head = await file.then((content) => content.slice(0, 4096).text()).catch(() => '');
        const names = /"packages":\[(.*?)\]/.exec(head)?.[1] ?? '';
        if (head.startsWith('CAHIERSN') && wanted.every((name) => names.includes(`"${name}"`))) return true;
      }
      return false;
    }, packages),
  );
}

/**
 * Removes what a site keeps of snapshots, while no page of it is open.
 * @param {BrowserContext} context
 * @param {string} url
 */
export async function removeSnapshots(context, url) {
  const page = await context.newPage();
  await page.goto(`${url}favicon.svg`);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('cahier-python', { recursive: true }).catch(() => undefined);
    await caches.delete('cahier-python');
  });
  await page.close();
}

/**
 * Waits until a second Python stands by. A worker in which Python runs has lost IndexedDB, by which it is told from others.
 * @param {Page} page
 */
export async function waitForSpare(page) {
  await waitUntil(page, 'No second Python got ready.', async () => {
    const haveLost = await Promise.all(
      page.workers().map((worker) => worker.evaluate(() => !('indexedDB' in self)).catch(() => false)),
    );
    return haveLost.filter(Boolean).length >= 2;
  });
}

/**
 * @param {Page} page
 * @param {string} complaint what to say when it never is so
 * @param {() => Promise<boolean>} isSo
 */
async function waitUntil(page, complaint, isSo) {
  const deadline = performance.now() + longestStep;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(complaint);
    await page.waitForTimeout(250);
  }
}

/**
 * Presses a button and waits until an element's text begins to say something, all within the page, so that what is
 * measured is the page's own time. Returns milliseconds.
 * @param {Page} page
 * @param {{ press: string, within: string, until: string }} step `press` is an accessible name or the text of the
 * button; `within` selects the element; `until` is a regular expression over its text that must not hold at first
 * @returns {Promise<number>}
 */
export function timeStep(page, step) {
  return page.evaluate(
    ({ press, within, until, limit }) =>
      new Promise((resolve, reject) => {
        const pattern = new RegExp(until);
        const button = [...document.querySelectorAll('button')].find(
          (candidate) => (candidate.ariaLabel ?? candidate.textContent?.trim()) === press,
        );
        const element = document.querySelector(within);
        if (!button || !element) {
          reject(new Error(`There is no ${button ? within : press}.`));
          return;
        }
        let hasLeft = !pattern.test(element.textContent ?? '');
        const started = performance.now();
        const timer = setTimeout(() => {
          reject(new Error(`${within} did not say ${until} within ${limit} ms after ${press}.`));
        }, limit);
        const observer = new MutationObserver(() => {
          const holds = pattern.test(element.textContent ?? '');
          if (hasLeft && holds) {
            observer.disconnect();
            clearTimeout(timer);
            resolve(performance.now() - started);
          }
          hasLeft ||= !holds;
        });
        observer.observe(element, { childList: true, characterData: true, subtree: true });
        button.click();
      }),
    { ...step, limit: longestStep },
  );
}
