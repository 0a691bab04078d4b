import { expect, test as base } from './fixtures.ts';
import { HoldingHost } from './HoldingHost.ts';
import { NotebookPage } from './pages/NotebookPage.ts';

const test = base.extend<{ readonly host: HoldingHost }>({
  // Playwright reads the fixtures asked for from this pattern.
  host: async ({}, use) => {
    const host = await HoldingHost.start();
    await use(host);
    await host.close();
  },
});

/** Prints what the service worker has for a kernel; a host alone knows no such address. */
function mailScript(siteUrl: string): string {
  return `from pyodide.http import open_url
print("mail:", open_url("${siteUrl}-/mail/${crypto.randomUUID()}?wait=0").read())`;
}

test('the page is there before its service worker is, and Python starts once that answers', async ({
  page,
  host,
}) => {
  const notebook = new NotebookPage(page, host.url);
  await notebook.open();
  const cell = await notebook.addScript(mailScript(host.url));
  await notebook.configuration.getByRole('checkbox', { name: 'Generate Empty Dataset Output' }).check();
  await cell.run();
  await expect(cell.root).toContainText('Queued: Python is starting');
  expect(page.workers()).toEqual([]);
  host.letGo();
  await cell.expectState('Done');
  await cell.tab('Logs').click();
  await expect(cell.log).toContainText('mail: {"isStopAsked":false}');
  const sent = host.sent.filter((path) => /^\/(assets\/entry-|pyodide\/|python\/)/.test(path));
  expect(sent).toContainEqual(expect.stringContaining('/assets/entry-'));
  expect(sent).toEqual([...new Set(sent)]);
});

test('a service worker that does not come keeps Python waiting no longer than 5 s', async ({
  page,
  host,
}) => {
  const notebook = new NotebookPage(page, host.url);
  await notebook.open();
  const cell = await notebook.addScript('print("alone")');
  await cell.run();
  await expect(cell.log).toContainText('alone');
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});
