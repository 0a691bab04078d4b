// @ts-check
import { longestStep } from './app-page.mjs';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * Adds a Statement behind the cells that are there, with an output schema of its own, and connects it.
 * @param {Page} page
 * @param {object} statement
 * @param {string} statement.title the one that the app gives it
 * @param {string} statement.source
 * @param {readonly (readonly [name: string, type: string])[]} statement.fields
 * @param {string} [statement.from] an output, as "cell → output"
 * @param {boolean} [statement.isBulk]
 */
export async function addStatement(page, { title, source, fields, from, isBulk = false }) {
  await page.getByRole('button', { name: 'Add cell', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Statement' }).click();
  const cell = findCell(page, title);
  const editor = cell.getByRole('textbox', { name: /^Source of / });
  if ((await editor.count()) === 0) await cell.press('Enter');
  await cell.locator('.monaco-editor').first().waitFor();
  await editor.focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), source);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
  await cell.focus();
  const configuration = page.getByRole('complementary', { name: 'Configuration' });
  if (from !== undefined) {
    await configuration.getByRole('combobox', { name: 'Where input comes from' }).selectOption(from);
  }
  if (isBulk) await configuration.getByRole('radio', { name: 'In bulk' }).check();
  await configuration
    .getByRole('region', { name: 'Output' })
    .getByRole('button', { name: 'New schema…' })
    .click();
  await fillSchema(page, fields);
}

/**
 * @param {Page} page
 * @param {readonly (readonly [name: string, type: string])[]} fields
 */
async function fillSchema(page, fields) {
  const dialog = page.getByRole('dialog', { name: 'New data schema' });
  const names = dialog.getByRole('textbox', { name: /^Name of field/ });
  while ((await names.count()) > fields.length) {
    await dialog
      .getByRole('button', { name: /^Remove / })
      .last()
      .click();
  }
  for (const [index, [name, type]] of fields.entries()) {
    if ((await names.count()) <= index) await dialog.getByRole('button', { name: 'Add a field' }).click();
    await names.nth(index).fill(name);
    await dialog.getByRole('combobox', { name: `Type of ${name}` }).selectOption(type);
  }
  await dialog.getByRole('button', { name: 'Save' }).click();
}

/**
 * Presses Run in a cell; gives the milliseconds until its header says that it is done, and until another table than before
 * has painted rows. The table of an equal result stays, and counts as painted with the end.
 * @param {Page} page
 * @param {string} title
 * @returns {Promise<{ done: number, painted: number }>}
 */
export async function runToRows(page, title) {
  return await findCell(page, title).evaluate(
    (cell, limit) =>
      new Promise((resolve, reject) => {
        const before = cell.querySelector('[role=grid]');
        const started = performance.now();
        let hasLeft = false;
        /** @type {number | null} */
        let done = null;
        let framesSince = 0;
        const look = () => {
          const passed = performance.now() - started;
          const state = cell.getAttribute('data-state');
          hasLeft ||= state === 'running' || state === 'queued';
          if (done === null && hasLeft && state === 'done') done = passed;
          const grid = cell.querySelector('[role=grid]');
          const isDrawn =
            grid !== before && Boolean(grid?.querySelector('[role=gridcell]')?.textContent?.trim());
          if (done !== null) framesSince += 1;
          if (done !== null && isDrawn) {
            const ended = done;
            requestAnimationFrame(() =>
              setTimeout(() => resolve({ done: ended, painted: performance.now() - started })),
            );
          } else if (done !== null && before !== null && grid === before && framesSince > 10) {
            resolve({ done, painted: done });
          } else if (hasLeft && (state === 'failed' || passed > limit)) {
            reject(new Error(`The Statement did not end well: ${cell.textContent}`));
          } else {
            requestAnimationFrame(look);
          }
        };
        const run = [...cell.querySelectorAll('button')].find(
          (button) => button.textContent?.trim() === 'Run',
        );
        run?.click();
        look();
      }),
    longestStep,
  );
}

/**
 * How long the last job of a cell took, in milliseconds, as its header says.
 * @param {Page} page
 * @param {string} title
 */
export async function readDuration(page, title) {
  const text = await findCell(page, title).locator('.state').innerText();
  const [, minutes, seconds] = /(\d+) min (\d+) s/.exec(text) ?? [];
  if (minutes !== undefined) return (Number(minutes) * 60 + Number(seconds)) * 1_000;
  const [, amount, unit] = /([\d.,]+) (ms|s)\b/.exec(text) ?? [];
  if (amount === undefined) throw new Error(`The header tells no duration: ${text}`);
  return Number(amount.replaceAll(',', '')) * (unit === 's' ? 1_000 : 1);
}

/**
 * @param {Page} page
 * @param {string} title
 */
function findCell(page, title) {
  return page.getByRole('region', { name: title, exact: true });
}
