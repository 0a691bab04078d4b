import { expect, test } from './fixtures.ts';

test('notebooks are created, renamed, duplicated with their results, deleted and brought back', async ({
  notebook,
  page,
}) => {
  const list = notebook.workspace.getByRole('listitem');
  const cell = await notebook.addScript(
    'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[7]], ["x"]))',
  );
  await cell.run();
  await cell.expectState('Done');

  await notebook.workspace.getByRole('button', { name: 'Actions for My first notebook' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Notebook title' }).fill('Lesson');
  await page.keyboard.press('Enter');
  await expect(list).toHaveText(['Lesson']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lesson');

  await notebook.workspace.getByRole('button', { name: 'Actions for Lesson' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(list).toHaveText(['Lesson', 'Lesson copy']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lesson copy');
  await cell.expectRows([['7']]);

  await notebook.workspace.getByRole('button', { name: 'New notebook' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notebook');
  await expect(page.getByRole('heading', { name: 'An empty notebook' })).toBeVisible();

  await notebook.workspace.getByRole('button', { name: 'Actions for Lesson', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(list).toHaveText(['Lesson copy', 'Notebook']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list).toHaveText(['Lesson', 'Lesson copy', 'Notebook']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Notebook');
  await notebook.workspace.getByRole('button', { name: 'Lesson', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lesson');
  await cell.expectRows([['7']]);

  await page.reload();
  await expect(list).toHaveText(['Lesson', 'Lesson copy', 'Notebook']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lesson');
});

test('a cell runs on while another notebook is open', async ({ notebook, page }) => {
  const cell = await notebook.addScript(
    'import time\nfrom onelogic.odpf.common import ODDataset\ntime.sleep(2)\nod_output.add_data("output", ODDataset([[7]], ["x"]))',
  );
  await notebook.waitForPython();
  await cell.run();
  await cell.expectState('Running');
  await notebook.workspace.getByRole('button', { name: 'New notebook' }).click();
  await expect(page.getByRole('heading', { name: 'An empty notebook' })).toBeVisible();
  await notebook.workspace.getByRole('button', { name: 'My first notebook', exact: true }).click();
  await cell.expectState('Done');
  await cell.expectRows([['7']]);
});

test('a deleted notebook waits in the trash, also after a reload, until it is removed for good', async ({
  notebook,
  page,
}) => {
  await notebook.addScript('kept = True');
  await notebook.workspace.getByRole('button', { name: 'Actions for My first notebook' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.reload();
  await notebook.workspace.getByText('Trash').click();
  await notebook.workspace
    .getByRole('button', { name: 'Actions for My first notebook in the trash' })
    .click();
  await page.getByRole('menuitem', { name: 'Restore' }).click();
  await expect(notebook.cell('Data Generator').root).toContainText('kept = True');
  await notebook.workspace.getByRole('button', { name: 'Actions for My first notebook' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await notebook.workspace.getByText('Trash').click();
  await notebook.workspace
    .getByRole('button', { name: 'Actions for My first notebook in the trash' })
    .click();
  await page.getByRole('menuitem', { name: 'Delete for good' }).click();
  await expect(notebook.workspace.getByText('Trash')).toHaveCount(0);
});
