import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, testInUse as test } from './fixtures.ts';
import { writeStatement } from './statements/write-statement.ts';

const sales = `from onelogic.odpf.common import ODDataset
cities = ["Bonn", "Köln", "Ulm"]
rows = [[cities[at % 3], at % 12 + 1, (at * 37 % 101) / 4] for at in range(360)]
od_output.add_data("sales", ODDataset(rows, ["city", "month", "amount"]))`;

/** What is drawn in the frame of a chart: it stands in a frame of its own. */
function pictureOf(page: Page, title: string): Locator {
  const frame = page.frameLocator(`iframe[title="${title}"]`).frameLocator('iframe');
  return frame.locator(`[role=graphics-document][aria-label="${title}"]`);
}

test('a chart is made by choosing, of what a script put out and then of the rows of a Statement, and saved', async ({
  notebook,
  page,
}) => {
  const source = await notebook.addScript(sales);
  await source.run();
  await source.expectState('Done');
  const rows = await writeStatement(
    notebook,
    'Statement',
    'return [{"half": number / 2} for number in range(40)]',
    [['half', 'number']],
  );
  await rows.run();
  await rows.expectState('Done');
  await notebook.addCell('Chart');
  const chart = page.getByRole('region', { name: 'Chart', exact: true });
  await chart.getByRole('button', { name: 'Connect a dataset to Chart' }).click();
  await page.getByRole('menuitem', { name: 'Data Generator → sales' }).click();
  const picture = pictureOf(page, 'Chart');
  await expect(picture).toContainText('Mean of month');

  const form = chart.getByRole('region', { name: 'Form of Chart' });
  await form.getByRole('combobox', { name: 'Column of Y' }).selectOption('amount (numbers)');
  await form.getByRole('combobox', { name: 'Aggregate of Y' }).selectOption('Greatest');
  await form.getByRole('textbox', { name: 'Title', exact: true }).fill('Best month');
  await form.getByRole('textbox', { name: 'Title', exact: true }).press('Enter');
  await form.getByRole('combobox', { name: 'Order of X' }).selectOption('By Y, descending');
  const best = pictureOf(page, 'Best month');
  await expect(best).toContainText('Max of amount');

  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(best.getByText('Best month')).toHaveAttribute('fill', '#e7eaf0');
  const downloading = page.waitForEvent('download');
  await chart.getByRole('button', { name: 'Save Best month' }).click();
  await page.getByRole('menuitem', { name: 'Download as SVG' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Best month.svg');
  expect(await readFile(await download.path(), 'utf8')).toContain('Max of amount');
  await page.emulateMedia({ colorScheme: null });

  await chart.getByRole('heading', { name: 'Chart' }).click();
  await notebook.configuration
    .getByRole('combobox', { name: 'Where data comes from' })
    .selectOption('Statement → output');
  await form.getByRole('combobox', { name: 'Column of X' }).selectOption('half (numbers)');
  await form.getByRole('combobox', { name: 'Kind' }).selectOption('Histogram');
  await expect(best).toContainText('half (binned)');

  await chart.getByRole('button', { name: 'Specification' }).click();
  const editor = chart.getByRole('textbox', { name: 'Specification of Chart' });
  await expect(chart.locator('.monaco-editor').first()).toBeVisible();
  await editor.focus();
  const text = '{\n"mark": "baar",\n"encoding": {"x": {"field": "half"}}\n}';
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
  const problem = chart.getByRole('list', { name: 'Problems of Chart' });
  await expect(problem).toContainText('Line 2: "baar" is none of');
});
