import type { CellPart } from '../pages/CellPart.ts';
import type { NotebookPage } from '../pages/NotebookPage.ts';
import { declareHandles } from './declare-handles.ts';

/** What a scriptlet is made of; handles by name and type, as the dialog calls them. */
interface Scriptlet {
  readonly title: string;
  readonly source: string;
  readonly inputs?: readonly (readonly [string, string])[];
  readonly outputs?: readonly (readonly [string, string])[];
}

/** Adds a scriptlet at the end and names it. */
export async function writeScriptlet(notebook: NotebookPage, scriptlet: Scriptlet): Promise<CellPart> {
  const { title, source, inputs = [], outputs = [] } = scriptlet;
  const isFirst = await notebook.page.getByRole('heading', { name: 'An empty notebook' }).isVisible();
  if (isFirst) await notebook.addFirstScriptlet();
  else await notebook.addCell('Scriptlet');
  const added = notebook.cell('Scriptlet');
  await added.replaceSource(source);
  await declareHandles(notebook, { inputs, outputs });
  await added.root.getByRole('button', { name: 'More actions' }).click();
  await notebook.page.getByRole('menuitem', { name: 'Rename' }).click();
  const field = added.root.getByRole('textbox', { name: 'Cell title' });
  await field.fill(title);
  await field.press('Enter');
  return notebook.cell(title);
}
