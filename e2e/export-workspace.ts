import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect } from './fixtures.ts';
import type { NotebookPage } from './pages/NotebookPage.ts';

/** Opens the dialog that exports the workspace. */
export async function openExport(notebook: NotebookPage, page: Page): Promise<Locator> {
  // Of however much other stories left, a download is made: no test can answer the browser's own question for a place.
  await page.evaluate(() => {
    Object.defineProperty(window, 'showSaveFilePicker', { value: undefined, configurable: true });
  });
  await notebook.workspace.getByRole('button', { name: 'Export' }).click();
  return page.getByRole('dialog', { name: 'Export the workspace' });
}

/** Exports the whole workspace by its dialog; gives the bytes of its file. */
export async function exportFile(notebook: NotebookPage, page: Page): Promise<Buffer> {
  const dialog = await openExport(notebook, page);
  const waiting = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('Workspace.cahier');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  return await readFile(await download.path());
}

/** As `exportFile`; gives what the file holds, by path, with its bytes as Latin-1. */
export async function exportWorkspace(
  notebook: NotebookPage,
  page: Page,
): Promise<ReadonlyMap<string, string>> {
  const files = Object.entries(unzipSync(await exportFile(notebook, page)));
  return new Map(files.map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]));
}

/** The paths of the files in which a text stands, or whose names have it. */
export function findInExport(files: ReadonlyMap<string, string>, wanted: string): string[] {
  return [...files].flatMap(([path, content]) => (`${path}\n${content}`.includes(wanted) ? [path] : []));
}
