import { expect, testInUse as test } from './fixtures.ts';

test('cells are added, moved, renamed, deleted and brought back', async ({ notebook, page }) => {
  await notebook.addFirstCell();
  await notebook.addCell('Data Generator');
  await notebook.addCell('Data Generator', 'Add cell above Data Generator');
  await expect(notebook.cellTitles).toHaveText(['Data Generator 3', 'Data Generator', 'Data Generator 2']);

  await notebook.cell('Data Generator 3').root.getByRole('button', { name: 'Move down' }).click();
  await expect(notebook.cellTitles).toHaveText(['Data Generator', 'Data Generator 3', 'Data Generator 2']);

  const third = notebook.cell('Data Generator 3');
  await third.root.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Cell title' }).fill('Prices');
  await page.keyboard.press('Enter');
  await expect(notebook.cellTitles).toHaveText(['Data Generator', 'Prices', 'Data Generator 2']);

  await notebook.cell('Prices').replaceSource('prices = 1');
  await notebook.cell('Prices').root.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(notebook.cellTitles).toHaveText(['Data Generator', 'Data Generator 2']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(notebook.cellTitles).toHaveText(['Data Generator', 'Prices', 'Data Generator 2']);
  await expect(notebook.cell('Prices').root).toContainText('prices = 1');

  await page.waitForTimeout(1_000);
  await page.reload();
  await expect(notebook.cellTitles).toHaveText(['Data Generator', 'Prices', 'Data Generator 2']);
  await expect(notebook.cell('Prices').root).toContainText('prices = 1');
});

test('a note is written, read, and written again', async ({ notebook, page }) => {
  await page.getByRole('button', { name: 'Add a Note' }).click();
  const note = page.getByRole('region', { name: 'Note', exact: true });
  await page.keyboard.type('# Plan');
  await page.keyboard.press('Enter');
  await page.keyboard.type('The mean is $\\bar{x}$.');
  await page.keyboard.press('Escape');
  await expect(note).toBeFocused();
  await expect(note.getByRole('heading', { name: 'Plan' })).toBeVisible();
  await expect(note.getByRole('math')).toBeVisible();
  await note.getByText('The mean is').dblclick();
  await expect(note.getByRole('textbox', { name: 'Markdown of Note' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' Done.');
  // It is rendered, and the next cell is made.
  await page.keyboard.press('Shift+Enter');
  await expect(note.getByText('Done.')).toBeVisible();
  await expect(notebook.cell('Data Generator').editor).toBeFocused();
});

test('a deleted cell comes back with its results', async ({ notebook, page }) => {
  const cell = await notebook.addScript(
    'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[42]], ["answer"]))',
  );
  await cell.run();
  await cell.expectState('Done');
  await cell.root.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'An empty notebook' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await cell.expectRows([['42']]);
});

test('Tab goes past the editor, and indents once something was typed in it', async ({ notebook, page }) => {
  const cell = await notebook.addScript('x = 1');
  const information = cell.root.getByRole('button', { name: 'Packages that can be imported' });
  await information.focus();
  await page.keyboard.press('Tab');
  await expect(cell.editor).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(cell.editor).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(cell.editor).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(information).toBeFocused();

  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('Tab');
  await expect(cell.editor).toBeFocused();
  await expect(cell.root).toContainText('    x = 1');
});

test('the keys are those of Jupyter', async ({ notebook, page }) => {
  const first = await notebook.addScript('print("first ran")');
  // Escape leaves the editor, Enter goes back into it.
  await page.keyboard.press('Escape');
  await expect(first.root).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(first.editor).toBeFocused();

  // Shift+Enter runs and goes on; below the last cell there is a new one then, ready to be typed in.
  await page.keyboard.press('Shift+Enter');
  const second = notebook.cell('Data Generator 2');
  await expect(second.editor).toBeFocused();
  await expect(first.log).toContainText('first ran');

  // Control+Enter runs and stays.
  await second.replaceSource('print("second ran")');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(second.log).toContainText('second ran');
  await expect(second.editor).toBeFocused();

  // Outside the editor the arrows and letters act on cells.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await expect(first.root).toBeFocused();
  await page.keyboard.press('Shift+Enter');
  await expect(second.root).toBeFocused();
  await page.keyboard.press('a');
  await expect(notebook.cellTitles).toHaveText(['Data Generator', 'Data Generator 3', 'Data Generator 2']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expect(notebook.cellTitles).toHaveText(['Data Generator', 'Data Generator 2']);
  await page.keyboard.press('z');
  await expect(notebook.cellTitles).toHaveText(['Data Generator', 'Data Generator 3', 'Data Generator 2']);
});

test('a press in the coloured text opens the editor at that place, with its undo steps', async ({
  notebook,
  page,
}) => {
  const first = await notebook.addScript('alpha = 1\nbeta = 2');
  await notebook.addCell('Data Generator');
  const second = notebook.cell('Data Generator 2');
  await expect(second.editor).toBeFocused();
  await expect(first.editor).toHaveCount(0);
  await first.root.getByText('beta').click({ position: { x: 1, y: 5 } });
  await expect(first.editor).toBeFocused();
  await page.keyboard.insertText('x');
  await page.keyboard.press('Escape');
  await first.root.press('ArrowDown');
  await second.root.press('Enter');
  await expect(first.root).toContainText('xbeta = 2');
  await first.root.getByText('alpha').click();
  await page.keyboard.press('ControlOrMeta+Z');
  await page.keyboard.press('Escape');
  await second.root.press('Enter');
  await expect(first.root).not.toContainText('xbeta');
});

test('a cell that was edited since it ran says that it is stale', async ({ notebook, page }) => {
  const cell = await notebook.addScript(
    'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[1]], ["x"]))',
  );
  await cell.run();
  await cell.expectState('Done');
  await cell.editor.focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('\n# a note');
  await cell.expectState('Stale');
  await page.keyboard.press('ControlOrMeta+Enter');
  await cell.expectState('Done');
});
