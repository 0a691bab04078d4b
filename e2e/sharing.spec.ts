import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { exportFile } from './export-workspace.ts';
import { expect, test } from './fixtures.ts';
import { NotebookPage } from './pages/NotebookPage.ts';
import { PublishedSite } from './PublishedSite.ts';

const oneRow =
  'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[6 * 7]], ["x"]))';

/** A workspace that an earlier version has written. */
const keptFile = new URL('../src/storage/workspace-file/testing/format-1.cahier', import.meta.url);

function importDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Import/ });
}

async function pick(notebook: NotebookPage, name: string, buffer: Buffer): Promise<void> {
  await notebook.workspace.getByRole('button', { name: 'Import', exact: true }).click();
  const file = { name, mimeType: 'application/octet-stream', buffer };
  await notebook.page.getByLabel('Workspace to import').setInputFiles(file);
}

async function trust(page: Page): Promise<void> {
  const note = page.getByRole('note', { name: 'Not trusted' });
  await note.getByRole('button', { name: 'Trust…' }).click();
  await page
    .getByRole('dialog', { name: /^Trust/ })
    .getByRole('button', { name: 'Trust' })
    .last()
    .click();
  await expect(note).toHaveCount(0);
}

test('a workspace that was shared is added to what another browser has, trusted and run', async ({
  notebook,
  page,
  site,
  browser,
}) => {
  await notebook.addScript(oneRow);
  const file = await exportFile(notebook, page);
  const context = await browser.newContext();
  const other = new NotebookPage(await context.newPage(), site.url);
  await other.open();
  await other.createAnother();
  await pick(other, 'Lesson.cahier', file);
  const dialog = importDialog(other.page);
  await expect(dialog).toContainText('1 notebook with 1 cell');
  const { violations } = await new AxeBuilder({ page: other.page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await dialog.getByRole('button', { name: 'Add to this workspace' }).click();

  const cell = other.cell('Data Generator');
  await expect(cell.root).toContainText('6 * 7');
  await expect(cell.runButton).toBeDisabled();
  await trust(other.page);
  await cell.run();
  await cell.expectRows([['42']]);
  await expect(other.workspace.getByRole('listitem')).toHaveCount(3);
  await context.close();
});

test('a link opens a workspace of its own host at once, and is gone from the address when it has', async ({
  page,
}) => {
  const published = await PublishedSite.publish();
  await published.addFile('lesson.cahier', await readFile(keptFile));
  await page.goto(`${published.url}?open=lesson.cahier`);
  const dialog = importDialog(page);
  await dialog.getByRole('button', { name: 'Import into this workspace' }).click();
  await expect(page.getByRole('note', { name: 'Not trusted' })).toBeVisible();
  expect(page.url()).toBe(published.url);
  await published.close();
  await published.remove();
});

test('a link to another host asks first, and says why there is no workspace to be had', async ({
  page,
  site,
  outside,
}) => {
  await page.goto(`${site.url}?open=${encodeURIComponent(`${outside.url}/missing?a=1&b=2`)}`);
  const dialog = importDialog(page);
  await expect(dialog).toContainText(`${outside.url}/missing?a=1&b=2`);
  expect(outside.requests).toEqual([]);
  await dialog.getByRole('button', { name: 'Fetch the file' }).click();
  await expect(dialog.getByRole('alert')).toContainText('answered with 404 Not Found');
  expect(outside.requests).toEqual(['GET /missing?a=1&b=2']);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toHaveCount(0);
  expect(page.url()).toBe(site.url);
});
