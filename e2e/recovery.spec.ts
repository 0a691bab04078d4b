import { expect, test } from './fixtures.ts';

test('a database of a newer version is left alone: what is in it can be saved, and one can work without it', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}app.webmanifest`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('cahier', 1_000);
        opening.onupgradeneeded = () => {
          opening.result.createObjectStore('things', { keyPath: 'id' }).put({ id: 1 });
        };
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
  );
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.goto(site.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'What is stored here is newer than this Cahier',
  );
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save what can be read' }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^cahier-rescue-.*\.zip$/);
  await expect(page.getByRole('status')).toContainText('The file is written, with 1 record and 0 values');
  await page.getByRole('button', { name: 'Work without storing' }).click();
  await expect(page.getByRole('alert')).toContainText('You work without what is stored');
});
