import { expect, testInUse as test } from '../fixtures.ts';
import { writeScriptlet } from './write-scriptlet.ts';

test('connections outlive names and places, and what a deletion takes with it comes back whole', async ({
  notebook,
  page,
}) => {
  const source = await writeScriptlet(notebook, {
    title: 'source',
    source: 'def main(params):\n    return {"sum": 2}',
    outputs: [['sum', 'Number']],
  });
  const target = await writeScriptlet(notebook, {
    title: 'target',
    source: 'def main(params):\n    return {"text": f"{params}"}',
    inputs: [
      ['number', 'Number'],
      ['word', 'Text'],
    ],
    outputs: [['text', 'Text']],
  });
  await target.select();
  await notebook.configuration.getByLabel('Value of word', { exact: true }).fill('kept');
  await notebook.connect('number', 'source → sum');
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await target.expectState('Done');

  // A handle that has another name is another key of the script, so both cells are stale.
  await source.select();
  await notebook.configuration.getByRole('button', { name: 'Edit output sum' }).click();
  const dialog = page.getByRole('dialog', { name: 'Output sum' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('total');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(target.inputs).toHaveText(['number ← source → total', 'word = "kept"']);
  await source.expectState('Stale');
  await source.select();
  await page.keyboard.press('z');
  await expect(target.inputs).toHaveText(['number ← source → sum', 'word = "kept"']);
  await target.expectState('Done');

  await source.root.getByRole('button', { name: 'Move down' }).click();
  await expect(notebook.cellTitles).toHaveText(['target', 'source']);
  await source.root.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await source.root.getByRole('textbox', { name: 'Cell title' }).fill('origin');
  await page.keyboard.press('Enter');
  const origin = notebook.cell('origin');
  const whole = ['number ← origin → sum', 'word = "kept"'];
  await expect(target.inputs).toHaveText(whole);
  await target.expectState('Done');

  // Each end goes and comes back: a handle, and the cell itself.
  const offers = page.getByRole('status');
  for (const take of [
    async () => {
      await origin.select();
      await notebook.configuration.getByRole('button', { name: 'Remove output sum' }).click();
      await expect(
        offers.filter({ hasText: '“sum” was removed. One connection went with it.' }),
      ).toBeVisible();
    },
    async () => {
      await target.select();
      await notebook.configuration.getByRole('button', { name: 'Remove input number' }).click();
      await expect(
        offers.filter({ hasText: '“number” was removed. One connection went with it.' }),
      ).toBeVisible();
      await expect(target.inputs).toHaveText(['word = "kept"']);
    },
    async () => {
      await origin.select();
      await page.keyboard.press('d');
      await page.keyboard.press('d');
      await expect(offers.filter({ hasText: '“origin” was deleted. “target” took from it.' })).toBeVisible();
      await expect(target.inputs).toHaveText(['number missing', 'word = "kept"']);
    },
    async () => {
      await target.select();
      await page.keyboard.press('d');
      await page.keyboard.press('d');
      await expect(offers.filter({ hasText: '“target” was deleted.' })).toBeVisible();
    },
  ]) {
    await take();
    await page.keyboard.press('Escape');
    await notebook.cell((await notebook.cellTitles.allInnerTexts())[0] ?? '').select();
    await page.keyboard.press('z');
    await expect(target.inputs).toHaveText(whole);
    await expect(notebook.cellTitles).toHaveText(['target', 'origin']);
    await target.expectState('Done');
    await origin.expectState('Done');
    await expect(await target.openOutputs()).toHaveText(`text JSON "{'number': 2, 'word': 'kept'}"`);
  }
});
