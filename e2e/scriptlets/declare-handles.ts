import type { NotebookPage } from '../pages/NotebookPage.ts';

interface Handles {
  /** Name and type of each, as the dialog calls them. */
  readonly inputs: readonly (readonly [string, string])[];
  readonly outputs: readonly (readonly [string, string])[];
}

/** Gives the selected scriptlet these handles in place of those that a new one starts with. */
export async function declareHandles(notebook: NotebookPage, handles: Handles): Promise<void> {
  const { configuration } = notebook;
  await configuration.getByRole('button', { name: 'Remove input text' }).click();
  await configuration.getByRole('button', { name: 'Remove output words' }).click();
  for (const side of ['input', 'output'] as const) {
    for (const [name, type] of handles[`${side}s`]) {
      await configuration.getByRole('button', { name: `Add ${side}` }).click();
      const dialog = notebook.page.getByRole('dialog', { name: `New ${side}` });
      await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
      await dialog.getByRole('combobox', { name: 'Type' }).selectOption(type);
      await dialog.getByRole('button', { name: 'Save' }).click();
    }
  }
}
