import { expect, testInUse as test } from './fixtures.ts';

test('a second workspace is made, is there after a reload, and the first is as it was', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addScript('print("in the first")');
  const title = await page.getByRole('heading', { level: 1 }).textContent();
  const list = notebook.workspace.getByRole('listitem');
  const before = await list.allTextContents();
  const menu = notebook.workspace.getByRole('button', { name: /^Workspace: / });
  const choose = async (entry: string): Promise<void> => {
    await menu.click();
    await page.getByRole('menuitem', { name: entry }).click();
  };

  await choose('New workspace…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Physics');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(menu).toHaveText('Physics');
  await expect(list).toHaveText(['My first notebook']);
  await notebook.addScript('print("in the second")');
  // By which what was typed is saved.
  await page.keyboard.press('Control');
  await page.reload();
  await expect(menu).toHaveText('Physics');
  await expect(cell.root).toContainText('in the second');

  await choose('Open “Workspace”');
  await expect(menu).toHaveText('Workspace');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title ?? '');
  await expect(cell.root).toContainText('in the first');
  expect(await list.allTextContents()).toEqual(before);

  await choose('All workspaces…');
  await page.getByRole('button', { name: 'Actions for Physics' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const trash = page.getByRole('list', { name: 'Trash' });
  await expect(trash).toContainText('Physics');
  await page.getByRole('button', { name: 'Actions for Physics in the trash' }).click();
  await page.getByRole('menuitem', { name: 'Delete for good…' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(trash).toHaveCount(0);
  await page.keyboard.press('Escape');
});
