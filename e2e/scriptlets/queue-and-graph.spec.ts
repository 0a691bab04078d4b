import { expect, testInUse as test } from '../fixtures.ts';
import { declareHandles } from './declare-handles.ts';

test('a chain is followed in the queue and in the graph while it runs', async ({ notebook, page }) => {
  const load = await notebook.addFirstScriptlet();
  await load.replaceSource(
    'def main(params, context):\n    context.report_progress(40)\n    return {"rows": [input("Go on?")]}',
  );
  await declareHandles(notebook, { inputs: [], outputs: [['rows', 'Anything']] });
  for (const title of ['Scriptlet 2', 'Scriptlet 3']) {
    await notebook.addCell('Scriptlet');
    await notebook.cell(title).replaceSource('def main(params):\n    return {"rows": params["rows"]}');
    await declareHandles(notebook, { inputs: [['rows', 'Anything']], outputs: [['rows', 'Anything']] });
  }
  const [clean, report] = [notebook.cell('Scriptlet 2'), notebook.cell('Scriptlet 3')];
  await report.select();
  await notebook.connect('rows', 'Scriptlet 2 → rows');
  await clean.select();
  await notebook.connect('rows', 'Scriptlet → rows');

  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await expect(load.root).toContainText('Go on?');
  await expect(load.root.getByRole('progressbar', { name: 'Progress of Scriptlet' })).toHaveAttribute(
    'aria-valuenow',
    '40',
  );
  await notebook.toolbar.getByRole('button', { name: 'Running 1 of 3' }).click();
  const queue = page.getByRole('dialog', { name: 'Queue' });
  await expect(queue.getByRole('listitem')).toHaveText([
    /Scriptlet Waiting for input/,
    /Scriptlet 2 Queued/,
    /Scriptlet 3 Queued/,
  ]);
  await queue.getByRole('button', { name: 'Remove Scriptlet 3' }).click();
  await expect(queue.getByRole('listitem')).toHaveCount(2);
  await expect(report.root).toContainText('Not run: removed from the queue.');
  await expect(page.getByRole('status', { name: 'Runs' })).toHaveText('Scriptlet 3: removed from the queue');
  await page.keyboard.press('Escape');
  await expect(notebook.toolbar.getByRole('button', { name: 'Running 1 of 2' })).toBeFocused();

  await clean.select();
  const opener = notebook.toolbar.getByRole('button', { name: 'Graph' });
  await opener.press('Enter');
  const graph = page.getByRole('dialog', { name: /^Graph of / });
  const box = (name: string) => graph.getByRole('button', { name });
  const begun = box('Scriptlet 2: Scriptlet, queued, takes rows from Scriptlet, hands rows to Scriptlet 3');
  await expect(begun).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(box('Scriptlet: Scriptlet, running 40 %, hands rows to Scriptlet 2')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  await opener.press('Enter');
  await expect(begun).toBeFocused();
  await page.keyboard.press('End');
  await expect(box('Scriptlet 3: Scriptlet, idle, takes rows from Scriptlet 2')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(graph).toHaveCount(0);
  await expect(report.root).toBeFocused();
  await expect(report.root).toBeInViewport();

  await load.root.getByRole('textbox', { name: 'Go on?' }).fill('yes');
  await page.keyboard.press('Enter');
  await clean.expectState('Done');
  await expect(notebook.toolbar.getByRole('button', { name: /^Running/ })).toHaveCount(0);
  await expect(report.root).toContainText('Not run: removed from the queue.');
});
