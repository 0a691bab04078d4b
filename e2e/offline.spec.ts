import { expect, test as base } from './fixtures.ts';
import { NotebookPage } from './pages/NotebookPage.ts';
import { ServiceWorkerPage } from './pages/ServiceWorkerPage.ts';
import { PublishedSite } from './PublishedSite.ts';

const test = base.extend<{ readonly published: PublishedSite }>({
  // Playwright reads the fixtures asked for from this pattern.
  published: async ({}, use) => {
    const published = await PublishedSite.publish();
    await use(published);
    await published.close().catch(() => undefined);
    await published.remove();
  },
});

function isPackage(path: string): boolean {
  return path.startsWith('python/packages/');
}

/** Of what most visitors never use, what was used is kept alone. */
function isKeptUnused(path: string): boolean {
  return !isPackage(path) && !/^assets\/parquet_wasm_bg-[^/]*\.wasm$/.test(path);
}

/** Waits until everything of the page's build is kept that is kept without being used. */
async function waitUntilKept(tab: ServiceWorkerPage, published: PublishedSite): Promise<void> {
  const wanted = (await published.listFiles()).filter(
    (path) => path !== 'service-worker.js' && isKeptUnused(path),
  );
  const build = await tab.readBuild();
  await expect
    .poll(async () => (await tab.listKept())[build]?.filter(isKeptUnused), { timeout: 40_000 })
    .toEqual(wanted);
}

test('the app can be installed, and its second visit needs no network: it opens, and a cell runs', async ({
  page,
  context,
  published,
}) => {
  const notebook = new NotebookPage(page, published.url);
  await notebook.open();
  const cell = await notebook.addScript('print(sum(range(10)), "without a network")');
  await waitUntilKept(new ServiceWorkerPage(page, published.url), published);
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // The contexts of these tests are private ones, in which no app is ever installed.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  await context.setOffline(true);
  await published.close();
  await page.reload();
  await cell.run();
  await expect(cell.log).toContainText('45 without a network');
  await cell.replaceSource('print("the editor too")');
});

test('a Python package is kept once it was used', async ({ page, published }) => {
  await new NotebookPage(page, published.url).open();
  const tab = new ServiceWorkerPage(page, published.url);
  await tab.waitForControl();
  const packages = (await published.listFiles()).filter(isPackage);
  const [used] = packages;
  if (used === undefined) throw new Error('This build serves no package.');
  await tab.askBlocked(used);
  const build = await tab.readBuild();
  await expect.poll(async () => (await tab.listKept())[build]).toContain(used);
});

test('parts of files and their headers come from the host', async ({ page, published }) => {
  await new NotebookPage(page, published.url).open();
  const tab = new ServiceWorkerPage(page, published.url);
  await waitUntilKept(tab, published);
  const part = await tab.askBlocked('favicon.svg', { headers: { range: 'bytes=1-3' } });
  expect([part.status, part.body]).toEqual([206, 'svg']);
  const whole = await tab.askBlocked('favicon.svg', { method: 'HEAD' });
  expect([whole.status, whole.body]).toEqual([200, '']);
  expect((await tab.askBlocked('nothing-here')).status).toBe(404);
});

test('an update waits for the reader, and a tab of the older build goes on', async ({
  page,
  context,
  published,
}) => {
  const first = new NotebookPage(page, published.url);
  const firstTab = new ServiceWorkerPage(page, published.url);
  await first.open();
  await first.addScript('x = 1');
  await waitUntilKept(firstTab, published);
  const before = await firstTab.readBuild();
  const older = new NotebookPage(await context.newPage(), published.url);
  const olderTab = new ServiceWorkerPage(older.page, published.url);
  await older.open();

  await published.publishNext();
  await page.reload();
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('A newer version of Cahier is ready.');
  expect(await firstTab.readBuild()).toBe(before);

  await notice.getByRole('button', { name: 'Update' }).click();
  await expect.poll(() => firstTab.readBuild()).not.toBe(before);
  await expect(first.cell('Data Generator').root).toContainText('x = 1');
  await expect(notice).toHaveCount(0);
  const after = await firstTab.readBuild();

  // The host has the editor of the older build no more, and the tab loads it now for the first time.
  await waitUntilKept(firstTab, published);
  const olderNotice = older.page.getByRole('alert');
  await expect(olderNotice).toContainText('Cahier was updated in another tab.');
  await older.cell('Data Generator').replaceSource('print("older")');
  expect(await olderTab.readBuild()).toBe(before);
  expect(Object.keys(await firstTab.listKept()).sort()).toEqual([before, after].sort());

  await olderNotice.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => olderTab.readBuild()).toBe(after);
  await expect(older.cell('Data Generator').root).toContainText('print("older")');
  await expect.poll(async () => Object.keys(await firstTab.listKept())).toEqual([after]);
});

test('an update is held up neither by an open question nor by what is still being kept', async ({
  page,
  context,
  published,
}) => {
  const asking = new NotebookPage(page, published.url);
  await asking.open();
  const cell = await asking.addScript(`from pyodide.http import open_url
try:
    open_url("https://example.org/")
except Exception as error:
    print("refused:", error)`);
  await cell.run();
  const question = page.getByRole('dialog', { name: 'Allow another host?' });
  await expect(question).toBeVisible();

  await published.publishNext();
  const updating = new NotebookPage(await context.newPage(), published.url);
  const updatingTab = new ServiceWorkerPage(updating.page, published.url);
  await updating.open();
  const before = await updatingTab.readBuild();
  await updating.page.getByRole('alert').getByRole('button', { name: 'Update' }).click();
  await expect.poll(() => updatingTab.readBuild()).not.toBe(before);
  await expect(question).toHaveCount(0);
  await expect(cell.log).toContainText('Cahier was brought up to date before it was answered');
});
