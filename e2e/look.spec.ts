import type { Page } from '@playwright/test';
import { createDeferred } from '../src/shared/deferred.ts';
import { expect, test, testInUse } from './fixtures.ts';

test.describe('a system set to dark', () => {
  test.use({ colorScheme: 'dark' });

  test('is followed from the first paint, until a theme is chosen, which is kept', async ({
    notebook,
    page,
  }) => {
    const html = page.locator('html');
    await expect(html).toHaveAttribute('data-theme', 'dark');
    await page.getByRole('button', { name: 'Theme: system' }).click();
    await expect(html).toHaveAttribute('data-theme', 'light');
    await page.reload();
    await expect(html).toHaveAttribute('data-theme', 'light');
    await notebook.addFirstCell();
    await page.getByRole('button', { name: 'Theme: light' }).click();
    await page.getByRole('button', { name: 'Theme: dark' }).click();
    await expect(html).toHaveAttribute('data-theme', 'contrast-dark');
    const ground = 'rgb(0, 0, 0)';
    await expect(page.locator('body')).toHaveCSS('background-color', ground);
    await expect(page.locator('.monaco-editor-background').first()).toHaveCSS('background-color', ground);
  });
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the panes are sheets, one at a time, which Escape closes', async ({ notebook, page }) => {
    await notebook.addFirstCell();
    await expect(notebook.workspace).toBeHidden();
    await page.getByRole('button', { name: 'Workspace pane' }).click();
    await expect(notebook.workspace).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(notebook.workspace).toBeHidden();
    await page.getByRole('button', { name: 'Configuration pane' }).click();
    await expect(notebook.configuration).toBeVisible();
    await expect(notebook.workspace).toBeHidden();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(390);
  });
});

test.describe('while the editor is on its way', () => {
  // A story cannot hold back what a service worker answers.
  test.use({ serviceWorkers: 'block' });

  test('keys are typed, and are no commands', async ({ notebook, page }) => {
    await notebook.addScript('x = 1');
    const letEditorCome = await holdEditor(page);
    const cell = notebook.cell('Data Generator');
    await cell.root.press('Enter');
    await page.keyboard.type('added = bad  # ');
    await expect(notebook.cellTitles).toHaveText(['Data Generator']);
    letEditorCome();
    await expect(cell.root.locator('.monaco-editor').first()).toBeVisible();
    await page.keyboard.type('more ');
    await expect(cell.root).toContainText('added = bad  # more x = 1');
  });

  test('a focus that is moved elsewhere stays there', async ({ notebook, page }) => {
    await notebook.addScript('x = 1');
    const letEditorCome = await holdEditor(page);
    const cell = notebook.cell('Data Generator');
    await cell.root.press('Enter');
    await expect(cell.editor).toBeFocused();
    const button = page.getByRole('button', { name: 'Workspace pane' });
    await button.focus();
    letEditorCome();
    await expect(cell.root.locator('.monaco-editor').first()).toBeVisible();
    await expect(button).toBeFocused();
  });
});

/** Reloads the page with the editor held back; returns what lets it come. */
async function holdEditor(page: Page): Promise<() => void> {
  const come = createDeferred<null>();
  await page.waitForTimeout(1_000);
  await page.route(/monaco-setup.*\.js$/, async (route) => {
    await come.promise;
    await route.continue();
  });
  await page.reload();
  return () => {
    come.resolve(null);
  };
}

testInUse('the line of an error is gone to from the error', async ({ notebook, page }) => {
  const lines = Array.from({ length: 30 }, (_, index) => `x${index} = ${index}`);
  const cell = await notebook.addScript(['raise ValueError("top")', ...lines].join('\n'));
  await page.keyboard.press('ControlOrMeta+Enter');
  await cell.expectState('Failed');
  await cell.error.getByRole('button', { name: 'Line 1' }).click();
  await expect(cell.editor).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.type('# ');
  await expect(cell.root).toContainText('# raise ValueError("top")');
});
