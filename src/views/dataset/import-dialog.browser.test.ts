import { expect, it, onTestFinished, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { DatasetCell } from '../../model/dataset-cell.ts';
import { CellId } from '../../model/ids.ts';
import { buildNotebook } from '../../model/testing/builders.ts';
import { openNotebook } from '../testing/open-notebook.ts';
import DatasetBody from './DatasetBody.svelte';
import DropArea from './DropArea.svelte';
import ImportHost from './ImportHost.svelte';

const cell: DatasetCell = { kind: 'dataset', id: CellId.from('sales'), title: 'sales', content: null };

function csv(text: string): File {
  return new File([text], 'sales.csv');
}

it('a file is shown as it would be read, and otherwise as soon as something else is said', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const screen = await render(ImportHost, { session });
  session.imports.importInto(cell.id, csv('name;n\nZoë;1,5\nAda;x\n'));
  const dialog = screen.getByRole('dialog', { name: 'Import sales.csv' });
  const table = dialog.getByRole('table', { name: 'First rows' });
  await expect.element(table).toHaveTextContent(/name.*n.*Zoë\s*1,5\s*Ada\s*x/);
  await expect.element(dialog).toHaveTextContent('Automatic (Semicolon)');
  await expect.element(dialog).toHaveTextContent('2 rows, 2 columns');
  await dialog.getByRole('combobox', { name: 'Type of n', exact: true }).selectOptions('Decimal number');
  await expect
    .element(dialog.getByRole('list', { name: 'Notes' }))
    .toHaveTextContent('A value would be left empty. Row 3: “x” in “n” is no decimal number.');
  await expect.element(dialog).toHaveTextContent('2 rows, 2 columns');
  await dialog
    .getByRole('combobox', { name: 'Values that do not fit a chosen type' })
    .selectOptions('Leave the row out');
  await expect
    .element(dialog.getByRole('list', { name: 'Notes' }))
    .toHaveTextContent('A row would be left out. Row 3: “x” in “n” is no decimal number.');
  await expect.element(dialog).toHaveTextContent('1 row, 2 columns');
  await dialog.getByRole('combobox', { name: 'Encoding' }).selectOptions('Western (Windows-1252)');
  await expect.element(table).toHaveTextContent('ZoÃ«');
  await dialog.getByRole('checkbox', { name: 'The first row names the columns' }).click();
  await expect.element(table).toHaveTextContent('column_1');
  await dialog.getByRole('combobox', { name: 'Format' }).selectOptions('JSON');
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent('“sales.csv” could not be read: it is no JSON');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(session.notebook.cells).toEqual([cell]);
});

it('what was imported is shown with the rows that were left out', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const host = await render(ImportHost, { session });
  session.imports.importInto(cell.id, csv('a,b\n1,x\n2,y,z\n'));
  await host.getByRole('button', { name: 'Import', exact: true }).click();
  await expect.poll(() => session.notebook.cells[0]).toMatchObject({ content: { rejected: { count: 1 } } });
  const [imported] = session.notebook.cells;
  if (imported?.kind !== 'dataset') throw new Error('the cell is gone');
  const screen = await render(DatasetBody, { session, cell: imported });
  await expect.element(screen.getByRole('grid', { name: 'sales' })).toHaveTextContent('x');
  await expect.element(screen.getByText('1 row was left out.')).toBeVisible();
  await screen.getByRole('button', { name: 'Show it' }).click();
  await expect
    .element(screen.getByRole('region', { name: 'Rows that were left out' }))
    .toHaveTextContent('it has 3 fields instead of 2');
});

it('values that do not fit are left empty and shown, and read so when the file comes again', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const host = await render(ImportHost, { session });
  const file = csv('a,b\n1,x\noops,y\n3,z\nno,z\n');
  session.imports.importInto(cell.id, file);
  const dialog = host.getByRole('dialog', { name: 'Import sales.csv' });
  const marks = dialog.getByRole('group', { name: 'Texts that stand for a missing value' });
  await dialog.getByRole('combobox', { name: 'Type of a' }).selectOptions('Whole number');
  await marks.getByRole('checkbox', { name: 'no', exact: true }).click();
  await expect.element(dialog.getByRole('list', { name: 'Notes' })).toHaveTextContent(/^A value would be/);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect
    .poll(() => session.notebook.cells[0])
    .toMatchObject({
      content: {
        rejected: null,
        emptied: { count: 1 },
        options: { misfitWay: 'leave-value-empty', missingMarks: ['no'] },
      },
    });
  const [imported] = session.notebook.cells;
  if (imported?.kind !== 'dataset') throw new Error('the cell is gone');
  const screen = await render(DatasetBody, { session, cell: imported });
  await expect.element(screen.getByText('1 value was left empty.')).toBeVisible();
  await screen.getByRole('button', { name: 'Show it' }).click();
  await expect
    .element(screen.getByRole('region', { name: 'Values that were left empty' }))
    .toHaveTextContent('“oops” in “a” is no whole number');
  session.imports.importInto(cell.id, file);
  await expect.element(marks.getByRole('checkbox', { name: 'no', exact: true })).toBeChecked();
});

it('texts that stand for missing values are offered, added and taken back', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const screen = await render(ImportHost, { session });
  session.imports.importInto(cell.id, csv('n,t\n1,x\nk.A.,?\n3,z\n'));
  const dialog = screen.getByRole('dialog', { name: 'Import sales.csv' });
  const type = dialog.getByRole('combobox', { name: 'Type of n', exact: true });
  await expect.element(type).toHaveDisplayValue('Text');
  const mark = dialog.getByRole('checkbox', { name: 'k.A.' });
  await expect.element(mark).not.toBeChecked();
  await mark.click();
  await expect.element(type).toHaveDisplayValue('Whole number');
  await dialog.getByRole('textbox', { name: 'Another text that stands for a missing value' }).fill(' ? ');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect.element(dialog.getByRole('table')).toHaveTextContent(/null\s*null/);
  const other = dialog.getByRole('checkbox', { name: '?' });
  await expect.element(other).toBeChecked();
  await other.click();
  await expect.element(dialog.getByRole('table')).toHaveTextContent(/null\s*\?/);
  await expect.element(other).not.toBeChecked();
});

it('the row in which the table begins is found, and another one can be said', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const screen = await render(ImportHost, { session });
  session.imports.importInto(cell.id, csv('Sales 2024\n\nplace,n,m\nUlm,1,2\nRom,3,4\n'));
  const dialog = screen.getByRole('dialog', { name: 'Import sales.csv' });
  const row = dialog.getByRole('spinbutton', { name: 'The table begins in row' });
  await expect.element(row).toHaveValue(3);
  await expect
    .element(dialog.getByRole('list', { name: 'Notes' }))
    .toHaveTextContent('2 rows above the table are left out: “Sales 2024”.');
  await row.fill('1');
  await userEvent.tab();
  await expect.element(dialog.getByRole('table')).toHaveTextContent(/^Sales 2024/);
  await row.fill('');
  await userEvent.tab();
  await expect.element(row).toHaveValue(3);
  await expect.element(dialog.getByRole('table')).toHaveTextContent(/^place/);
});

it('a table that is pasted into an empty Dataset is asked about', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const section = document.createElement('section');
  document.body.append(section);
  await render(DatasetBody, { target: section, props: { session, cell } });
  const clipboard = new DataTransfer();
  clipboard.setData('text/plain', 'a\tb\n1\t2\n');
  section.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }),
  );
  expect(session.imports.asked?.file.name).toBe('pasted.tsv');
  session.imports.asked?.cancel();
  section.remove();
});

it('of several files that are dropped, those that may hold tables become Datasets when that is agreed to', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [] }));
  const screen = await render(DropArea, {
    session,
    onWorkspaces: () => undefined,
    children: (() => undefined) as never,
  });
  const dropped = new DataTransfer();
  for (const name of ['one.csv', 'two.tsv', 'photo.png']) dropped.items.add(new File(['a,b\n1,2\n'], name));
  const area = screen.container.querySelector('.scroller');
  for (const type of ['dragover', 'drop']) {
    area?.dispatchEvent(new DragEvent(type, { dataTransfer: dropped, bubbles: true, cancelable: true }));
  }
  const dialog = screen.getByRole('dialog', { name: 'Import 2 files' });
  await expect.element(dialog).toHaveTextContent('Left out, as no name of a table: photo.png.');
  await dialog.getByRole('button', { name: 'Make 2 Datasets' }).click();
  await expect.poll(() => session.notebook.cells.map(({ title }) => title)).toEqual(['one', 'two']);
});

it('dates and numbers are read in the order and with the marks that are said', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const screen = await render(ImportHost, { session });
  session.imports.importInto(cell.id, csv('day\tn\n1.2.2025\t1,234\n'));
  const dialog = screen.getByRole('dialog', { name: 'Import sales.csv' });
  await dialog.getByRole('combobox', { name: 'Type of day' }).selectOptions('Date, day first (24.12.)');
  await dialog.getByRole('combobox', { name: 'Before decimals' }).selectOptions('Point: 0.5');
  await dialog.getByRole('combobox', { name: 'Between thousands' }).selectOptions('Comma: 1,000');
  await expect.element(dialog.getByRole('list', { name: 'Notes' })).not.toBeInTheDocument();
  await expect
    .element(dialog.getByRole('combobox', { name: 'Type of n', exact: true }))
    .toHaveDisplayValue('Whole number');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect
    .poll(() => session.notebook.cells[0])
    .toMatchObject({
      content: { table: { summary: { columns: [{ type: 'date' }, { type: 'int64' }] } } },
    });
});

it('a file of which no row fits cannot be imported, and one without rows only knowingly', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const screen = await render(ImportHost, { session });
  session.imports.importInto(cell.id, csv('a\nx\n'));
  const dialog = screen.getByRole('dialog', { name: 'Import sales.csv' });
  await dialog.getByRole('combobox', { name: 'Type of a' }).selectOptions('Whole number');
  await dialog
    .getByRole('combobox', { name: 'Values that do not fit a chosen type' })
    .selectOptions('Leave the row out');
  await expect.element(dialog.getByRole('alert')).toHaveTextContent('No row fits how the file is read.');
  await expect.element(dialog.getByRole('button', { name: 'Import without rows' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  session.imports.importInto(cell.id, csv('a,b\n'));
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent('The file has names of columns and no rows.');
  await expect.element(dialog.getByRole('button', { name: 'Import without rows' })).toBeEnabled();
});

it('a file that cannot be read can be tried once more, or another one taken in its place', async () => {
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const screen = await render(ImportHost, { session });
  session.imports.importInto(cell.id, new File(['<!doctype html>\n<p>Sign in'], 'sales.csv'));
  const dialog = screen.getByRole('dialog', { name: 'Import sales.csv' });
  const alert = dialog.getByRole('alert');
  await expect.element(alert).toHaveTextContent('“sales.csv” could not be read: it is a web page');
  await expect.element(dialog.getByRole('button', { name: 'Read it otherwise…' })).not.toBeInTheDocument();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect.element(alert).toHaveTextContent('it is a web page');
  await dialog.getByLabelText('Choose another file…').upload(new File(['a\n1\n'], 'other.csv'));
  const other = screen.getByRole('dialog', { name: 'Import other.csv' });
  await other.getByRole('button', { name: 'Import', exact: true }).click();
  await expect
    .poll(() => session.notebook.cells[0])
    .toMatchObject({ content: { file: { name: 'other.csv' }, table: { summary: { rowCount: 1 } } } });
});

it('a file that no room is left for says so before it is read, and cannot be imported', async () => {
  const estimate = vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ quota: 1000, usage: 900 });
  onTestFinished(() => {
    estimate.mockRestore();
  });
  const { session } = openNotebook(buildNotebook([], { cells: [cell] }));
  const screen = await render(ImportHost, { session });
  session.imports.importInto(cell.id, csv(`a,b\n${'1,some text\n'.repeat(100)}`));
  const dialog = screen.getByRole('dialog', { name: 'Import sales.csv' });
  await expect
    .element(dialog.getByRole('status'))
    .toHaveTextContent(/^It needs about [\d.]+ kB, and this browser has room for 100 B\./);
  await expect.element(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
});
