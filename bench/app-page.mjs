// @ts-check

/**
 * The app, opened for the first time, with one Data Generator that holds this script.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {string} source
 */
export async function openApp(browser, url, source) {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Add a Data Generator' }).click();
  const editor = page.getByRole('textbox', { name: /^Source of / });
  // A plain field stands in for the editor until that is loaded.
  await page.locator('.monaco-editor').first().waitFor();
  await editor.focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), source);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByRole('checkbox', { name: 'Generate Empty Dataset Output' }).check();
  await page.getByRole('toolbar').getByText('is ready').waitFor({ timeout: 60_000 });
  return page;
}

/**
 * Presses a button and waits until an element's text begins to say something, all within the page, so that what is
 * measured is the page's own time. Returns milliseconds.
 * @param {import('@playwright/test').Page} page
 * @param {{ press: string, within: string, until: string }} step `press` is an accessible name or the text of the
 * button; `within` selects the element; `until` is a regular expression over its text that must not hold at first
 * @returns {Promise<number>}
 */
export function timeStep(page, step) {
  return page.evaluate(
    ({ press, within, until }) =>
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
        const observer = new MutationObserver(() => {
          const holds = pattern.test(element.textContent ?? '');
          if (hasLeft && holds) {
            observer.disconnect();
            resolve(performance.now() - started);
          }
          hasLeft ||= !holds;
        });
        observer.observe(element, { childList: true, characterData: true, subtree: true });
        button.click();
      }),
    step,
  );
}
