import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import { createDataGenerator } from '../../model/create-cell.ts';
import type { ColumnSummary } from '../../model/dataset.ts';
import type { ManualType, Representation, Scale } from '../../model/manual-types.ts';
import { buildHash, buildJob, buildNotebook, buildOutput } from '../../model/testing/builders.ts';
import { CellSelection } from '../CellSelection.svelte.ts';
import ConfigurationPane from '../ConfigurationPane.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';
import ManualTypesField from './ManualTypesField.svelte';

const row = (column: string, scale: Scale, representation: Representation): ManualType => ({
  column,
  scale,
  representation,
});
const columns: readonly ColumnSummary[] = [
  { name: 'x', type: 'int64', timeZone: null },
  { name: 'at', type: 'datetime', timeZone: 'UTC' },
  { name: 'is', type: 'bool', timeZone: null },
];

async function showField(given: readonly ManualType[], known: readonly ColumnSummary[] = []) {
  let rows = given;
  const screen = await render(ManualTypesField, {
    rows,
    columns: known,
    onChange: (changed: readonly ManualType[]) => {
      rows = changed;
      void screen.rerender({ rows });
    },
  });
  return {
    screen,
    listRows: () => rows,
    focused: () =>
      document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim(),
    offered: () =>
      [...document.querySelectorAll('datalist option')].map((option) => option.getAttribute('value')),
  };
}

test('a row is added, named and given both types, with the keyboard alone', async () => {
  const { screen, listRows, focused } = await showField([]);
  await expect.element(screen.getByText(/^Columns have the types of their values\./)).toBeVisible();

  screen.getByRole('button', { name: 'Add a column' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(focused).toBe('Column of row 1');
  await userEvent.keyboard('month');
  await userEvent.tab();
  expect(focused()).toBe('Scale type of month');
  await screen.getByRole('combobox', { name: 'Scale type of month' }).selectOptions('ordinal');
  await screen.getByRole('combobox', { name: 'Representation type of month' }).selectOptions('numeric');

  expect(listRows()).toEqual([row('month', 'ordinal', 'numeric')]);
});

test('columns of the last output are offered, and one that is chosen begins with the types that it has', async () => {
  const { screen, listRows, offered } = await showField([row('x', 'nominal', 'string')], columns);
  expect(offered()).toEqual(['at', 'is']);

  await screen.getByRole('button', { name: 'Add a column' }).click();
  await screen.getByRole('combobox', { name: 'Column of row 2' }).fill('at');
  expect(listRows()).toEqual([row('x', 'nominal', 'string'), row('at', 'interval', 'datetime')]);

  await userEvent.tab();
  await screen.getByRole('combobox', { name: 'Column of row 2' }).fill('x2');
  expect(listRows()[1]).toEqual(row('x2', 'interval', 'datetime'));
});

test('a name that is typed begins with the types of its column, not of one whose name is the start of it', async () => {
  const known: readonly ColumnSummary[] = [
    { name: 'y', type: 'int64', timeZone: null },
    { name: 'year', type: 'datetime', timeZone: null },
  ];
  const { screen, listRows } = await showField([], known);
  await screen.getByRole('button', { name: 'Add a column' }).click();
  await userEvent.keyboard('ye');
  expect(listRows()).toEqual([row('ye', 'nominal', 'string')]);
  await userEvent.keyboard('ar');
  expect(listRows()).toEqual([row('year', 'interval', 'datetime')]);

  await userEvent.tab();
  await screen.getByRole('combobox', { name: 'Column of row 1' }).fill('');
  await userEvent.tab();
  await screen.getByRole('combobox', { name: 'Column of row 1' }).click();
  await userEvent.keyboard('yes');
  expect(listRows()).toEqual([row('yes', 'nominal', 'string')]);
});

test('columns of the last output are added with their types, where a row can give those', async () => {
  const { screen, listRows } = await showField([row('y', 'ordinal', 'int')], columns);

  await screen.getByRole('button', { name: 'Add columns of the last output' }).click();

  expect(listRows()).toEqual([
    row('y', 'ordinal', 'int'),
    row('x', 'ratio', 'int'),
    row('at', 'interval', 'datetime'),
  ]);
  await expect
    .element(screen.getByRole('button', { name: 'Add columns of the last output' }))
    .not.toBeInTheDocument();
});

test('a second row of one column, and one without any, say at their field what is wrong', async () => {
  const { screen } = await showField([row('y', 'ordinal', 'int'), row('y', 'ratio', 'int')]);
  const second = screen.getByRole('combobox', { name: 'Column of row 2' });
  await expect.element(second).toHaveAccessibleDescription('Row 1 is of this column, too: keep one of them.');
  await expect.element(second).toBeInvalid();
  await second.fill('z');
  await expect.element(second).toHaveAccessibleDescription('');
  await expect.element(second).toBeValid();

  await screen.getByRole('button', { name: 'Add a column' }).click();
  const third = screen.getByRole('combobox', { name: 'Column of row 3' });
  await expect.element(third).toBeValid();
  await second.click();
  await expect.element(third).toHaveAccessibleDescription('Name a column.');
  await expect.element(third).toBeInvalid();
});

test('a row is removed, and the focus stays in the list', async () => {
  const { screen, listRows, focused } = await showField([row('a', 'ratio', 'int'), row('b', 'ratio', 'int')]);

  await screen.getByRole('button', { name: 'Remove b' }).click();
  await expect.poll(focused).toBe('Column of row 1');
  await screen.getByRole('button', { name: 'Remove a' }).click();
  await expect.poll(focused).toBe('Add a column');

  expect(listRows()).toEqual([]);
});

test('the configuration of a cell offers what its last job put out', async () => {
  const cell = createDataGenerator('Sales');
  const notebook = buildNotebook([], { cells: [cell] });
  const { workspace, session } = await openWorkspace(notebook, (storage) => {
    const outputs = [buildOutput('output', buildHash('1'))];
    const job = buildJob(cell, 500, {
      notebookId: notebook.id,
      outcome: { status: 'done', outputs, images: [] },
    });
    return storage.commitJob({ job, log: [] }, []);
  });
  const screen = await render(ViewHost<Parameters<typeof ConfigurationPane>[1]>, {
    workspace,
    view: ConfigurationPane,
    viewProps: { session, cell, selection: new CellSelection(), onClose: () => undefined },
  });

  await screen.getByRole('button', { name: 'Add columns of the last output' }).click();

  expect(session.notebook.cells).toEqual([
    { ...cell, configuration: { ...cell.configuration, manualTypes: [row('x', 'ratio', 'int')] } },
  ]);
});
