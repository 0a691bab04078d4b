import { expect, test } from './fixtures.ts';
import { NotebookPage } from './pages/NotebookPage.ts';

test('in a browser that knows no service workers the app works', async ({ browser, site }) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    const notebook = new NotebookPage(page, site.url);
    await notebook.open();
    const cell = await notebook.addScript('print("alone")');
    await cell.run();
    await expect(cell.log).toContainText('alone');
    expect(await page.evaluate(() => 'serviceWorker' in navigator)).toBe(false);
  } finally {
    await context.close();
  }
});

test('without a service worker the app works', async ({ browser, site }) => {
  const context = await browser.newContext({
    serviceWorkers: 'block',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  try {
    const page = await context.newPage();
    const notebook = new NotebookPage(page, site.url);
    await notebook.open();
    const cell = await notebook.addScript('print("alone")');
    await cell.run();
    await expect(cell.log).toContainText('alone');
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  } finally {
    await context.close();
  }
});
