import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import type { Cell, Notebook } from '../model/notebook.ts';
import {
  buildCell,
  buildDatasetCell,
  buildHash,
  buildNotebook,
  buildScriptlet,
} from '../model/testing/builders.ts';
import { fitWindow } from '../ui/testing/mouse.ts';
import App from './App.svelte';
import { openWorkspace } from './testing/open-workspace.ts';

async function showApp(notebook: Notebook) {
  await fitWindow(1280);
  const opened = await openWorkspace(notebook);
  const screen = await render(App, { workspace: opened.workspace, packagesUrl: 'packages.json' });
  const cell = (title: string) => screen.getByRole('region', { name: title, exact: true });
  const select = (title: string): void => {
    (cell(title).element() as HTMLElement).focus();
  };
  const titles = (): readonly string[] => opened.session.notebook.cells.map((each: Cell) => each.title);
  return { ...opened, screen, cell, select, titles };
}

test('the tab of the browser is called as the notebook', async () => {
  const { session } = await showApp(buildNotebook(['one'], { title: 'Lesson' }));
  await expect.poll(() => document.title).toBe('Lesson – Cahier');
  session.editor.edit({ type: 'rename-notebook', title: 'Marks' });
  await expect.poll(() => document.title).toBe('Marks – Cahier');
});

test('a long notebook shows its first cells at once, and the others in their order after them', async () => {
  const titles = Array.from({ length: 60 }, (_, index) => `cell ${String(index + 1)}`);
  const shown = (): (string | null)[] =>
    [...document.querySelectorAll('main section[data-state]')].map((each) => each.getAttribute('aria-label'));
  let shownFirst: (string | null)[] = [];
  const observer = new MutationObserver(() => {
    if (shownFirst.length === 0) shownFirst = shown();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  const { screen } = await showApp(buildNotebook(titles));
  await expect.poll(() => shownFirst).toEqual(titles.slice(0, 10));
  observer.disconnect();
  await expect.poll(shown).toEqual(titles);
  await expect.element(screen.getByRole('button', { name: 'Add cell', exact: true })).toBeInTheDocument();
});

test('the first thing by keys leads past the workspace, to the selected cell', async () => {
  const { screen, cell } = await showApp(buildNotebook(['one', 'two']));
  const skip = screen.getByRole('button', { name: 'Skip to the notebook' });
  expect(document.querySelector('button')).toBe(skip.element());
  (skip.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(cell('one')).toHaveFocus();
});

test.each(['z', '{Control>}z{/Control}'])(
  '%s on a cell takes back what was done to the notebook',
  async (key) => {
    const { select, titles } = await showApp(buildNotebook(['one', 'two']));
    select('one');
    await userEvent.keyboard('dd');
    expect(titles()).toEqual(['two']);
    await userEvent.keyboard(key);
    expect(titles()).toEqual(['one', 'two']);
  },
);

test('the keys are shown by one of them, and by a button', async () => {
  const { screen, cell, select } = await showApp(buildNotebook(['one']));
  const dialog = screen.getByRole('dialog', { name: 'Keys' });
  select('one');
  await userEvent.keyboard('?');
  await expect.element(dialog.getByText('Delete the cell')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(cell('one')).toHaveFocus();
  await screen.getByRole('button', { name: 'Keys' }).click();
  await expect.element(dialog).toBeVisible();
});

test('a Dataset that is added has the focus, and Enter leads to what brings data into it', async () => {
  const { screen, cell } = await showApp(buildNotebook([]));
  await screen.getByRole('button', { name: 'Add a Dataset' }).click();
  await expect.element(cell('Dataset')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(cell('Dataset').getByRole('button', { name: 'Choose a file…' })).toHaveFocus();
});

test('the focus goes to the next input when one is removed, and to where one is added after the last', async () => {
  const { screen, select } = await showApp(
    buildNotebook([], { cells: [buildScriptlet('one', ['first', 'second'])] }),
  );
  select('one');
  await screen.getByRole('button', { name: 'Remove input first' }).click();
  await expect.element(screen.getByRole('button', { name: 'Remove input second' })).toHaveFocus();
  await screen.getByRole('button', { name: 'Remove input second' }).click();
  await expect.element(screen.getByRole('button', { name: 'Add input' })).toHaveFocus();
});

test('a chart has the focus when it was connected to a dataset, and what its form changed is undone', async () => {
  const sales = buildDatasetCell('Sales', buildHash('1'));
  const { screen, session, cell, select } = await showApp(buildNotebook([], { cells: [sales] }));
  session.editor.addCell('chart', 1);
  await cell('Chart').getByRole('button', { name: 'Connect a dataset to Chart' }).click();
  await screen.getByRole('menuitem', { name: 'Sales → data' }).click();
  await expect.element(cell('Chart')).toHaveFocus();
  const kind = cell('Chart').getByRole('combobox', { name: 'Kind' });
  await userEvent.selectOptions(kind, 'Line');
  await userEvent.selectOptions(kind, 'Points');
  select('Chart');
  await userEvent.keyboard('z');
  await expect.element(kind).toHaveDisplayValue('Line');
});

test('buttons above the notebook stay where they are when its second cell comes', async () => {
  const { screen, session } = await showApp(buildNotebook(['one']));
  const stop = screen.getByRole('button', { name: 'Stop all' }).element();
  const before = stop.getBoundingClientRect().left;
  session.editor.addCell('note', 1);
  await expect.element(screen.getByRole('region', { name: 'Note', exact: true })).toBeVisible();
  expect(stop.getBoundingClientRect().left).toBe(before);
});

test.each<[string, () => void]>([
  [
    'a key of the browser is pressed',
    () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Meta' })),
  ],
  [
    'the pointer leaves the page',
    () => document.documentElement.dispatchEvent(new PointerEvent('pointerleave')),
  ],
  ['another window is used', () => window.dispatchEvent(new FocusEvent('blur'))],
  ['the page goes', () => window.dispatchEvent(new PageTransitionEvent('pagehide'))],
])('what was typed is saved at once when %s', async (_, leave) => {
  const { session, storage } = await showApp(buildNotebook([], { cells: [buildCell('one')] }));
  const { id, cells } = session.notebook;
  const cellId = cells[0]?.id;
  if (!cellId) throw new Error('it was just made');
  session.editor.edit({ type: 'set-source', cellId, source: 'x = "just now"' });
  leave();
  // Not later, as the page may be gone then.
  const [saved] = (await storage.loadNotebook(id))?.cells ?? [];
  expect(saved).toMatchObject({ source: 'x = "just now"' });
});

test('“Import” brings a file with a table into the notebook, and the focus to the cell that it fills', async () => {
  const { screen, cell, titles, select } = await showApp(buildNotebook(['one']));
  const file = new File(['a,b\n1,2\n'], 'marks.csv');
  await screen.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = screen.getByRole('dialog', { name: 'Import', exact: true });
  await userEvent.upload(dialog.getByLabelText('Choose a file…'), file);
  const reading = screen.getByRole('dialog', { name: 'Import marks.csv' });
  await reading.getByRole('button', { name: 'Import', exact: true }).click();
  await expect.element(cell('marks').getByRole('grid', { name: 'marks' })).toBeVisible();
  expect(titles()).toEqual(['one', 'marks']);

  select('one');
  await screen.getByRole('button', { name: 'Add cell', exact: true }).click();
  await screen.getByRole('menuitem', { name: 'Dataset' }).click();
  await cell('Dataset').getByRole('button', { name: 'Choose a file…' }).click();
  await userEvent.upload(cell('Dataset').getByLabelText('Choose a file…'), file);
  await reading.getByRole('button', { name: 'Import', exact: true }).click();
  await expect.element(cell('Dataset')).toHaveFocus();
});

test('a press beside the editor leaves it, the keys are those of the cell then, and Enter leads back', async () => {
  const { cell, select, titles } = await showApp(buildNotebook(['one', 'two']));
  const editor = cell('one').getByRole('textbox', { name: 'Source of one' });
  select('one');
  await userEvent.keyboard('{Enter}');
  await expect.element(editor).toHaveFocus();
  await cell('one').getByText('Idle').click();
  await expect.element(cell('one')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(editor).toHaveFocus();
  await cell('one').getByText('Idle').click();
  await userEvent.keyboard('b');
  expect(titles()).toEqual(['one', 'Data Generator', 'two']);
});
