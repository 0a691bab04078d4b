import { expect, testInUse as test } from './fixtures.ts';
import { NotebookPage } from './pages/NotebookPage.ts';

const oneRow =
  'from onelogic.odpf.common import ODDataset\nod_output.add_data("output", ODDataset([[7]], ["x"]))';

test('a notebook is changed in one tab, read in another, and taken over with nothing lost', async ({
  notebook,
  page,
  context,
  site,
}) => {
  const here = await notebook.addScript(oneRow);
  const other = new NotebookPage(await context.newPage(), site.url);
  await other.open();
  const there = other.cell('Data Generator');
  const note = other.page.getByRole('status', { name: 'Open in another tab' });
  await expect(note).toContainText('This notebook is open in another tab');
  await expect(there.root.getByRole('button', { name: 'Run' })).toBeDisabled();
  await expect(other.page.getByRole('button', { name: 'Add cell' })).toHaveCount(0);

  await page.bringToFront();
  await here.run();
  await here.expectRows([['7']]);
  await there.expectRows([['7']]);

  await here.replaceSource('typed = "a moment ago"');
  await other.page.bringToFront();
  await note.getByRole('button', { name: 'Edit here' }).click();
  await expect(note).toHaveCount(0);
  await expect(there.root).toBeFocused();
  await expect(there.root).toContainText('typed = "a moment ago"');
  await there.replaceSource('typed = "over here"');
  await expect(here.root).toContainText('typed = "over here"');
  await expect(page.getByRole('status', { name: 'Open in another tab' })).toBeVisible();

  await other.page.close();
  await expect(page.getByRole('status', { name: 'Open in another tab' })).toHaveCount(0);
  await here.replaceSource(oneRow.replace('7', '8'));
  await here.run();
  await here.expectRows([['8']]);
});
