import type { Locator } from '@playwright/test';
import { expect, testInUse as test } from '../fixtures.ts';
import type { CellPart } from '../pages/CellPart.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import { writeScriptlet } from './write-scriptlet.ts';

/** A cell that hands on what it is given, and one to its name. */
async function addLink(notebook: NotebookPage, title: string, from: string | null): Promise<CellPart> {
  const cell = await writeScriptlet(notebook, {
    title,
    source: `def main(params):\n    return {"sum": params["number"] + 1}`,
    inputs: [['number', 'Number']],
    outputs: [['sum', 'Number']],
  });
  await cell.select();
  if (from === null) await notebook.configuration.getByLabel('Value of number', { exact: true }).fill('1');
  else await notebook.connect('number', `${from} → sum`);
  return cell;
}

/** What each header says of the state, without times. */
async function readStates(cells: readonly CellPart[]): Promise<string[]> {
  const states: string[] = [];
  for (const { root } of cells) states.push(await readState(root.locator('> header .words')));
  return states;
}

async function readState(words: Locator): Promise<string> {
  return (await words.innerText()).split(' · ')[0] ?? '';
}

test('cells are run as asked, a failure stops what depends on it, and each edit is seen in what is stale', async ({
  notebook,
  page,
}) => {
  test.setTimeout(180_000);
  const a = await addLink(notebook, 'a', null);
  const b = await addLink(notebook, 'b', 'a');
  const c = await addLink(notebook, 'c', 'b');
  const beside = await addLink(notebook, 'beside', 'a');
  const cells = [a, b, c, beside];
  const expectStates = async (...states: string[]) => {
    await expect.poll(() => readStates(cells), { timeout: 15_000 }).toEqual(states);
  };

  // What one needs is run before it, and nothing else is.
  await b.run();
  await expectStates('Done', 'Done', 'Idle', 'Idle');
  await notebook.toolbar.getByRole('button', { name: 'Run stale' }).click();
  await expectStates('Done', 'Done', 'Done', 'Done');
  await expect(await c.openOutputs()).toHaveText('sum JSON 4');

  // An edit of each kind, and its way back.
  const good = 'def main(params):\n    return {"sum": params["number"] + 1}';
  await b.replaceSource('def main(params):\n    raise ValueError("no")');
  await expectStates('Done', 'Stale', 'Stale', 'Done');
  await b.replaceSource(good);
  await expectStates('Done', 'Done', 'Done', 'Done');

  const undo = async (cell: CellPart) => {
    await cell.select();
    await page.keyboard.press('z');
  };
  await a.select();
  await notebook.configuration.getByLabel('Value of number', { exact: true }).fill('5');
  await notebook.configuration.getByLabel('Value of number', { exact: true }).blur();
  await expectStates('Stale', 'Stale', 'Stale', 'Stale');
  await undo(a);
  await expectStates('Done', 'Done', 'Done', 'Done');

  await c.select();
  await notebook.connect('number', 'a → sum');
  await expectStates('Done', 'Done', 'Stale', 'Done');
  await undo(c);
  await notebook.connect('number', 'A value given here');
  await expectStates('Done', 'Done', 'Stale', 'Done');
  await undo(c);
  await expectStates('Done', 'Done', 'Done', 'Done');

  const editInput = async (change: (dialog: Locator) => Promise<void>) => {
    await c.select();
    await notebook.configuration.getByRole('button', { name: 'Edit input number' }).click();
    const dialog = page.getByRole('dialog', { name: 'Input number' });
    await change(dialog);
    await dialog.getByRole('button', { name: 'Save' }).click();
  };
  await editInput((dialog) =>
    dialog.getByRole('combobox', { name: 'Type' }).selectOption('Whole number').then(),
  );
  await expectStates('Done', 'Done', 'Stale', 'Done');
  await undo(c);
  await editInput((dialog) => dialog.getByRole('textbox', { name: 'Default, as JSON' }).fill('7'));
  await expectStates('Done', 'Done', 'Stale', 'Done');
  await undo(c);
  // A description changes nothing.
  await editInput((dialog) => dialog.getByRole('textbox', { name: 'Description' }).fill('What is added to.'));
  await expectStates('Done', 'Done', 'Done', 'Done');

  // Run again with the same result, what comes behind it is not stale; with another, it is.
  await a.run();
  await expectStates('Done', 'Done', 'Done', 'Done');
  await a.replaceSource('def main(params):\n    return {"sum": 10}');
  await a.run();
  await expectStates('Done', 'Stale', 'Stale', 'Stale');

  await b.replaceSource('def main(params):\n    raise ValueError("no")');
  await a.root.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Run from here down' }).click();
  await expectStates('Done', 'Failed', 'Not run: “b” failed.', 'Done');
  await expect(await beside.openOutputs()).toHaveText('sum JSON 11');
  // The results of before are there, and said to be old.
  await expect(await c.openOutputs()).toHaveText('sum JSON 4');
});

test('Stop all ends what runs and lets none that waits begin', async ({ notebook }) => {
  const cells: CellPart[] = [];
  for (const title of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']) {
    const source = `import time\n\n\ndef main(params):\n    time.sleep(${title === 'first' ? 60 : 0})`;
    cells.push(await writeScriptlet(notebook, { title, source }));
  }
  await notebook.toolbar.getByRole('button', { name: 'Run all' }).click();
  await cells[0]?.expectState('Running');
  await expect.poll(() => readStates(cells.slice(1))).toEqual(Array.from({ length: 5 }, () => 'Queued'));
  await notebook.toolbar.getByRole('button', { name: 'Stop all' }).click();
  await cells[0]?.expectState('Stopped');
  // Had one been left in the queue, it would be done before this one.
  await cells[5]?.run();
  await cells[5]?.expectState('Done');
  const notRun = Array.from({ length: 4 }, () => 'Not run: all was stopped.');
  expect(await readStates(cells)).toEqual(['Stopped', ...notRun, 'Done']);
});
