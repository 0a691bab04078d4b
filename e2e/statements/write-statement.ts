import type { NotebookPage } from '../pages/NotebookPage.ts';
import type { CellPart } from '../pages/CellPart.ts';

/** The name of a field and its type, with a question mark where it may be null. */
export type FieldText = readonly [name: string, type: string];

/** Adds a Statement at the end, of a notebook that has cells, with an output schema of its own. */
export async function writeStatement(
  notebook: NotebookPage,
  title: string,
  source: string,
  fields: readonly FieldText[],
): Promise<CellPart> {
  await notebook.addCell('Statement');
  const cell = notebook.cell(title);
  await cell.replaceSource(source);
  await cell.select();
  await makeSchema(notebook, 'Output', fields);
  return cell;
}

/** Makes a data schema for one side of the selected Statement; its name is the one that is suggested. */
export async function makeSchema(
  notebook: NotebookPage,
  side: 'Input' | 'Output',
  fields: readonly FieldText[],
): Promise<void> {
  const { configuration, page } = notebook;
  await configuration
    .getByRole('region', { name: side })
    .getByRole('button', { name: 'New schema…' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'New data schema' });
  const names = dialog.getByRole('textbox', { name: /^Name of field/ });
  while ((await names.count()) > fields.length) {
    await dialog
      .getByRole('button', { name: /^Remove / })
      .last()
      .click();
  }
  for (const [index, [name, type]] of fields.entries()) {
    if ((await names.count()) <= index) await dialog.getByRole('button', { name: 'Add a field' }).click();
    await names.nth(index).fill(name);
    await dialog.getByRole('combobox', { name: `Type of ${name}` }).selectOption(type.replace('?', ''));
    await dialog.getByRole('checkbox', { name: `${name} may be null` }).setChecked(type.endsWith('?'));
  }
  await dialog.getByRole('button', { name: 'Save' }).click();
}
