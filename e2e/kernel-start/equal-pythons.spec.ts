import { chromium, type BrowserContext } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expect, missingPackages, test } from '../fixtures.ts';
import type { CellPart } from '../pages/CellPart.ts';
import { NotebookPage } from '../pages/NotebookPage.ts';
import { expectStart, waitForSnapshots } from './snapshots.ts';

test.skip(
  missingPackages.includes('numpy') || missingPackages.includes('pandas'),
  'this build does not serve numpy and pandas',
);

/** Prints a line for everything in which a restored Python could differ from a booted one. */
const checks = readFileSync(new URL('checks.py', import.meta.url), 'utf8');

async function runChecks(cell: CellPart): Promise<string[]> {
  await cell.run();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('the end');
  // All lines are in view: the log draws those beyond its box as well, up to 40.
  const lines = await cell.log.locator('.text').allInnerTexts();
  return lines.filter((line) => line !== '');
}

const isRandom = (line: string): boolean => line.startsWith('random: ');

test('a restored Python does what a booted one does', async ({ notebook, page }) => {
  test.slow();
  const cell = await notebook.addScript(checks);
  await expectStart(notebook, 'without one');
  const booted = await runChecks(cell);
  expect(booted.filter((line) => line.includes('Traceback'))).toEqual([]);
  await waitForSnapshots(page, 1);
  await page.reload();
  await expectStart(notebook, 'from a snapshot');
  const restored = await runChecks(cell);
  expect(restored.filter((line) => !isRandom(line))).toEqual(booted.filter((line) => !isRandom(line)));

  await page.reload();
  await expectStart(notebook, 'from a snapshot');
  const again = await runChecks(cell);
  const numbers = [booted, restored, again].map((lines) => lines.filter(isRandom));
  for (const [at, line] of numbers[1]?.entries() ?? []) {
    expect([numbers[0]?.[at], numbers[2]?.[at]]).not.toContain(line);
  }
});

test('a restored Python has the time zone of the day, and not that of the day of its snapshot', async ({
  site,
  launchOptions,
}, testInfo) => {
  test.slow();
  const profile = testInfo.outputPath('profile');
  const open = async (zone: string): Promise<[NotebookPage, BrowserContext]> => {
    const context = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      env: { ...process.env, TZ: zone },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const notebook = new NotebookPage(context.pages()[0] ?? (await context.newPage()), site.url);
    await notebook.open();
    return [notebook, context];
  };
  const [first, firstContext] = await open('America/New_York');
  await first.addScript(
    `import time\nfrom datetime import datetime, timedelta\nfrom onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[time.timezone, time.tzname[0], time.localtime(0).tm_hour, str(datetime.now().astimezone().utcoffset() / timedelta(hours=1))]], ["a", "b", "c", "d"]))`,
  );
  await waitForSnapshots(first.page, 1);
  await firstContext.close();

  const [second, secondContext] = await open('Asia/Tokyo');
  await expectStart(second, 'from a snapshot');
  const cell = second.cell('Data Generator');
  await cell.run();
  await cell.expectState('Done');
  await cell.expectRows([['-32400', 'UTC+0900', '9', '9.0']]);
  await secondContext.close();
});
