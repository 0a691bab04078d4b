import { expect, test } from '../fixtures.ts';

test('a run is kept with what it did, compared with another, put back, and deleted', async ({
  notebook,
  page,
}) => {
  const cell = await notebook.addFirstScriptlet();
  await cell.run();
  await cell.expectState('Done');
  await cell.replaceSource('def main(params):\n    return {"words": ["other"]}');
  await cell.expectState('Stale');
  await cell.run();
  await cell.expectState('Done');
  await expect(await cell.openOutputs()).toHaveText('words JSON ["other"]');

  // Back tomorrow.
  await notebook.open();
  await cell.expectState('Done');
  await notebook.toolbar.getByRole('button', { name: 'History' }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  const sessions = dialog.getByRole('list', { name: 'Sessions' }).getByRole('button');
  await expect(sessions).toHaveText([/^Scriptlet .* 1 job · /, /^Scriptlet .* 1 job · /]);
  await sessions.last().click();
  await expect(dialog.getByRole('list', { name: 'Jobs' })).toContainText('put out words');
  await dialog.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 });
  await expect(dialog.getByRole('list', { name: 'Comparison' })).toContainText(
    'Different: its source, the output words',
  );
  await dialog.getByRole('button', { name: 'Restore the results' }).click();
  await expect(dialog.getByText('The results are those of the cells again.')).toBeVisible();
  await expect(sessions).toHaveCount(3);
  await sessions.first().click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(sessions).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Close' }).click();

  // What was put back stays also when its session is gone; the source is another one than it came from.
  await expect(await cell.openOutputs()).toHaveText('words JSON ["Two", "plus", "two", "is", "four"]');
  await cell.expectState('Stale');
});
