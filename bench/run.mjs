// @ts-check
import { chromium } from '@playwright/test';
import { browserLaunchArguments, findBrowser } from '../scripts/find-browser.mjs';
import { startServer } from '../scripts/serve.mjs';
import { formatTable } from '../scripts/table.mjs';
import { measureJobs } from './measure-jobs.mjs';
import { measureLargeTable } from './measure-large-table.mjs';
import { measurePage } from './measure-page.mjs';
import { measureStart } from './measure-start.mjs';

/**
 * One line of the result.
 * @typedef {{ what: string, measured: string, reference: string, ratio: string, aim: string }} BenchRow
 */

const { executablePath } = await findBrowser();
const server = await startServer({ port: 0 });
const browser = await chromium.launch({ executablePath, args: [...browserLaunchArguments] });
try {
  /** @type {BenchRow[]} */
  const rows = [];
  for (const measure of [measurePage, measureStart, measureJobs, measureLargeTable]) {
    rows.push(...(await measure(browser, server.url)));
  }
  console.log(
    formatTable(
      ['what', 'measured', 'reference', 'ratio', 'aim'],
      rows.map((row) => [row.what, row.measured, row.reference, row.ratio, row.aim]),
    ),
  );
} finally {
  await browser.close();
  await server.close();
}
