import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserLaunchArguments } from '../scripts/find-browser.mjs';
import { expect, test } from './fixtures.ts';
import { NotebookPage } from './pages/NotebookPage.ts';
import { readStoredThings } from './stored-things.ts';

const oneRow =
  'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[7]], ["x"]))';

test('a killed tab loses at most a second of typing', async ({ notebook, page, context, site }) => {
  const cell = await notebook.addScript('# begin\n');
  for (let line = 1; line <= 20; line += 1) {
    await page.keyboard.type(`x${line}\n`);
    await page.waitForTimeout(50);
  }
  await expect(cell.root).toContainText('x20');
  await page.waitForTimeout(1_000);
  const again = await context.newPage();
  await page.goto('chrome://crash').catch(() => undefined);
  // Nobody is back sooner, and until then the browser may still be ending the service worker that ran beside the tab.
  await again.waitForTimeout(1_500);
  const reopened = new NotebookPage(again, site.url);
  await reopened.open();
  await expect(reopened.cell('Data Generator').root).toContainText('x20');
});

test('a tab that is closed loses nothing, and leaves nothing of a file that was being read', async ({
  notebook,
  page,
  context,
  site,
}) => {
  await page.getByRole('button', { name: 'Add a Dataset' }).click();
  const { stores: before } = await readStoredThings(page);
  const lines = Array.from({ length: 2_000_000 }, (_, index) => `${String(index)},some text`);
  const buffer = Buffer.from(`n,text\n${lines.join('\n')}\n`);
  const file = { name: 'long.csv', mimeType: 'text/csv', buffer };
  await notebook.cell('Dataset').root.getByLabel('Choose a file…').setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Import long.csv' });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.close();

  const reopenedPage = await context.newPage();
  const reopened = new NotebookPage(reopenedPage, site.url);
  await reopened.open();
  await expect(reopened.cell('Dataset').root.getByLabel('Choose a file…')).toBeAttached();
  const { stores: after } = await readStoredThings(reopenedPage);
  expect(after['blobs']).toEqual(before['blobs']);

  await reopened.addCell('Data Generator');
  await reopened.cell('Data Generator').replaceSource('typed = "just now"');
  await reopenedPage.close();
  const last = new NotebookPage(await context.newPage(), site.url);
  await last.open();
  await expect(last.cell('Data Generator').root).toContainText('typed = "just now"');
});

test.describe('without the files of the site, which would take of the room', () => {
  test.use({ serviceWorkers: 'block' });

  test('a full storage is said in the cell, and the earlier results stay', async ({ page, site }) => {
    const session = await page.context().newCDPSession(page);
    const origin = new URL(site.url).origin;
    // Set before the first use: the browser remembers for a while how much room it found.
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 5_000_000 });
    const notebook = new NotebookPage(page, site.url);
    await notebook.open();
    const cell = await notebook.addScript(oneRow);
    await cell.run();
    await cell.expectState('Done');
    await cell.replaceSource(
      'import numpy as np\nimport pandas as pd\nod_output.add_data("output", pd.DataFrame(np.random.rand(1_000_000, 5)))',
    );
    await cell.run();
    await cell.expectState('Failed');
    await expect(cell.error).toContainText('this browser has no room left for its results');
    await cell.tab('Result Table').click();
    await expect(cell.root).toContainText('These are the results of the run that ended at');
    await cell.expectRows([['7']]);
    await page.reload();
    await cell.expectRows([['7']]);
    await cell.replaceSource(oneRow);
    await cell.run();
    await cell.expectState('Done');
  });
});

test('a storage that is full from the start lets one work, and says so', async ({ page, site }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 1 });
  const notebook = new NotebookPage(page, site.url);
  await notebook.open();
  await expect(page.getByRole('alert')).toContainText('This browser refuses to store anything');
  const cell = await notebook.addScript(oneRow);
  await cell.run();
  await cell.expectRows([['7']]);
});

test('a value that is missing from storage is named, and the rest is there', async ({ notebook, page }) => {
  const cell = await notebook.addScript(oneRow);
  await cell.run();
  await cell.expectState('Done');
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('cahier');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('blobs', 'readwrite');
          transaction.objectStore('blobs').clear();
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await page.reload();
  await expect(cell.error).toHaveText(
    "The dataset “output” is missing from this browser's storage. Run the cell to make it anew.",
  );
  await cell.run();
  await cell.expectState('Done');
  await cell.expectRows([['7']]);
});

test('a browser that refuses to store lets one work, and says so', async ({ site }) => {
  const profile = await mkdtemp(join(tmpdir(), 'cahier-profile-'));
  await mkdir(join(profile, 'Default'));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const executablePath = process.env['CAHIER_BROWSER'];
  const context = await chromium.launchPersistentContext(profile, {
    args: [...browserLaunchArguments],
    ...(executablePath ? { executablePath } : {}),
  });
  try {
    const page = await context.newPage();
    const notebook = new NotebookPage(page, site.url);
    await notebook.open();
    await expect(page.getByRole('alert')).toContainText('This browser refuses to store anything');
    const cell = await notebook.addScript(oneRow);
    await cell.run();
    await cell.expectState('Done');
    await cell.expectRows([['7']]);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});
