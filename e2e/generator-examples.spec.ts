import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, testInUse as test } from './fixtures.ts';
import type { NotebookPage } from './pages/NotebookPage.ts';

async function openExample(notebook: NotebookPage, page: Page, title: string): Promise<void> {
  await notebook.workspace.getByRole('button', { name: 'Examples' }).click();
  const dialog = page.getByRole('dialog', { name: 'Examples' });
  await dialog.getByRole('button', { name: new RegExp(`^${title}`) }).click();
  await expect(dialog).toBeHidden();
}

test('the example of a model trains it, and cells that load it follow its versions as it says', async ({
  notebook,
  page,
}) => {
  await openExample(notebook, page, 'Train, save and reuse a model');
  const [train, predict, first] = [
    notebook.cell('Train'),
    notebook.cell('Predict'),
    notebook.cell('Predict with version 1'),
  ];
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await first.expectState('Done');
  const line = ['28.6', '49.6', '70.5', '91.4', '112.3'];
  const rowsOf = (points: readonly string[], degree: string) =>
    ['0', '5', '10', '15', '20'].map((hours, index) => [hours, points[index] ?? '', degree]);
  for (const cell of [predict, first]) {
    await cell.grid.scrollIntoViewIfNeeded();
    await cell.expectRows(rowsOf(line, '1'));
  }

  // “Set degree to 3 and run this cell.”
  const source = readFileSync(new URL('../src/examples/model-versions/train.py', import.meta.url), 'utf8');
  await train.replaceSource(source.replace('degree = 1', 'degree = 3').trimEnd());
  await train.run();
  await train.expectState('Done');
  await predict.expectState('Stale');
  await first.expectState('Done');
  await predict.run();
  await predict.expectState('Done');
  await predict.grid.scrollIntoViewIfNeeded();
  const curve = ['1.8', '55.6', '81.5', '91.3', '97.0'];
  await predict.expectRows(rowsOf(curve, '3'));

  // “Roll back to version 1, and ‘Predict’ takes that again.”
  await train.tab('Models').click();
  await train.tabPanel.scrollIntoViewIfNeeded();
  await expect(train.tabPanel).toContainText(/Exam results\s+version 2/);
  await train.tabPanel.getByRole('button', { name: 'Exam results' }).click();
  const dialog = page.getByRole('dialog', { name: 'Models' });
  const versions = dialog.getByRole('list', { name: 'Versions', exact: true });
  await versions.getByRole('button', { name: /^Version 1/ }).click();
  await versions.getByRole('button', { name: 'Make version 1 the newest' }).click();
  await expect(versions.getByRole('button', { name: /^Version 3, newest/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await predict.expectState('Stale');
  await predict.run();
  await predict.expectState('Done');
  await predict.expectRows(rowsOf(line, '1'));
});

test('the example of a bar chart gives its counts the type that is asked for, and draws them', async ({
  notebook,
  page,
}) => {
  await openExample(notebook, page, 'A bar chart with timestamps');
  const [bottles, chart] = [notebook.cell('Bottles filled'), notebook.cell('Interactive chart')];
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await chart.expectState('Done');
  await bottles.expectState('Done');
  await bottles.tab('Result Table').click();
  await bottles.grid.scrollIntoViewIfNeeded();
  await expect(bottles.grid.getByRole('columnheader')).toHaveText([
    'Row',
    'shift string · nominal',
    'bottles int64 · ratio',
    'counted_at datetime · interval',
  ]);
  await chart.tabPanel.scrollIntoViewIfNeeded();
  await expect(chart.tabPanel.getByText('Chart', { exact: true })).toBeVisible();
});
