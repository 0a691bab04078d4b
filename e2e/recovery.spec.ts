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

test('what was saved of a broken database is brought back once all was deleted', async ({ page, site }) => {
  await page.goto(site.url);
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
  await page.goto(`${site.url}app.webmanifest`);
  await page.evaluate(async () => {
    const settle = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(new Error(request.error?.message));
        };
      });
    const whole = await settle(indexedDB.open('cahier'));
    const transaction = whole.transaction(['workspaces', 'notebooks']);
    const workspaces: object[] = await settle(transaction.objectStore('workspaces').getAll());
    const notebooks: object[] = await settle(transaction.objectStore('notebooks').getAll());
    const { version } = whole;
    whole.close();
    await settle(indexedDB.deleteDatabase('cahier'));
    const opening = indexedDB.open('cahier', version);
    opening.onupgradeneeded = () => {
      const put = (name: string, records: readonly object[]): void => {
        const store = opening.result.createObjectStore(name, { keyPath: 'id' });
        for (const record of records) store.put(record);
      };
      put('workspaces', workspaces);
      put(
        'notebooks',
        notebooks.map((notebook) => ({ ...notebook, title: 'Nearly lost' })),
      );
    };
    (await settle(opening)).close();
  });
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.goto(site.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your workspace cannot be opened');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save what can be read' }).click();
  const rescue = await (await downloading).path();
  await page.getByRole('button', { name: 'Delete everything stored here…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('delete everything');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByLabel('Workspace to import').setInputFiles(rescue);
  await page.getByRole('button', { name: 'Import into this workspace' }).click();
  await expect(page.getByRole('heading', { name: 'Nearly lost' })).toBeVisible();
});
