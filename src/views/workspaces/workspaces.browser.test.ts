import { render } from 'vitest-browser-svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { NotebookId } from '../../model/ids.ts';
import { buildNotebook } from '../../model/testing/builders.ts';
import { openDatabaseTab, type DatabaseTab } from '../../session/testing/open-database-tab.ts';
import { closeDatabases, createName, openDatabase } from '../../storage/testing/databases.ts';
import '../../ui/base.css';
import '../../ui/tokens.css';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';

let tabs: DatabaseTab[] = [];

afterEach(() => {
  for (const tab of tabs) tab.close();
  tabs = [];
  closeDatabases();
});

/** The whole app, in a browser that has these workspaces beside the one that is open. */
async function show(others: readonly string[] = []) {
  await fitWindow(1_280);
  const name = createName();
  const database = await openDatabase(name);
  const own = await database.openWorkspace();
  for (const title of others) {
    const added = await database.addWorkspace(title);
    if (!added.isOk) throw new Error(added.problem.message);
    const { id: workspaceId } = added.value;
    await database.saveNotebook(
      buildNotebook([], {
        id: NotebookId.create(),
        workspaceId,
        title: `Of ${title}`,
        changedAt: Date.UTC(2026, 10, 22, 12),
      }),
    );
  }
  const tab = await openDatabaseTab(name, own);
  tabs.push(tab);
  const screen = await render(App, { workspace: tab.workspace, packagesUrl: '' });
  const pane = screen.getByRole('navigation', { name: 'Workspace' });
  const findButton = () => pane.getByRole('button', { name: /^Workspace: / });
  const choose = async (action: string): Promise<void> => {
    await findButton().click();
    await pane.getByRole('menuitem', { name: action }).click();
  };
  const listEntries = (): string[] =>
    [...pane.element().querySelectorAll('[role="menuitem"]')].map(({ textContent }) =>
      textContent.replaceAll(/\s+/g, ' ').trim(),
    );
  /** The title of the workspace that is open once the tab is loaded anew. */
  const reload = async (): Promise<string> => {
    const fresh = await tab.reload();
    tabs.push(fresh);
    return fresh.workspace.workspaces.title;
  };
  return { tab, reload, screen, pane, findButton, choose, listEntries };
}

describe('the menu of the workspace', () => {
  test('is calm where there is one workspace', async () => {
    const { findButton, listEntries, tab } = await show();
    await expect.element(findButton()).toHaveTextContent('Workspace');
    await findButton().click();
    expect(listEntries()).toEqual(['New workspace…', 'Rename…', 'Export…', 'Delete…']);
    await expect.poll(() => document.title).toBe(`${tab.session.notebook.title} – Cahier`);
  });

  test('offers the others with what they hold, and is walked and closed by keys', async () => {
    const { findButton, listEntries, tab, reload } = await show(['Physics', 'Chemistry']);
    await expect.poll(() => document.title).toBe(`${tab.session.notebook.title} – Workspace – Cahier`);
    findButton().element().focus();
    await userEvent.keyboard('{Enter}');
    const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(
      Date.UTC(2026, 10, 22, 12),
    );
    await expect
      .poll(listEntries)
      .toEqual([
        `Open “Chemistry” 1 notebook · ${date}`,
        `Open “Physics” 1 notebook · ${date}`,
        'New workspace…',
        'Rename…',
        'Export…',
        'Delete…',
        'All workspaces…',
      ]);
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Open “Chemistry”');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Open “Physics”');
    await userEvent.keyboard('{Escape}');
    await expect.element(findButton()).toHaveFocus();
    await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
    await expect.poll(() => tab.reloadCount).toBe(1);
    expect(await reload()).toBe('Physics');
  });

  test('renames it, past a name that is none', async () => {
    const { screen, findButton, choose, tab } = await show();
    await choose('Rename…');
    const dialog = screen.getByRole('dialog', { name: 'Rename the workspace' });
    const field = dialog.getByLabelText('Name');
    await expect.element(field).toHaveFocus();
    await field.fill('  ');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect.element(field).toHaveAccessibleDescription('Give the workspace a name.');
    await expect.element(field).toHaveFocus();
    await field.fill('x'.repeat(201));
    await expect.element(field).toHaveAccessibleDescription('A name has 200 characters at most.');
    await field.fill('Physics, a course whose name is far too long for the pane that it stands in');
    await userEvent.keyboard('{Enter}');
    await expect.element(findButton()).toHaveTextContent(/^Physics, a course/);
    const { width, right } = findButton().element().getBoundingClientRect();
    expect([width < 240, right < 240]).toEqual([true, true]);
    await expect.poll(() => document.title).toMatch(`${tab.session.notebook.title} – Physics, a course`);
  });

  test('makes another one under a name of its own, and opens it', async () => {
    const { screen, choose, tab, reload } = await show(['Workspace 2']);
    await choose('New workspace…');
    const dialog = screen.getByRole('dialog', { name: 'New workspace' });
    await expect.element(dialog.getByLabelText('Name')).toHaveValue('Workspace 3');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect.poll(() => tab.reloadCount).toBe(1);
    expect(await reload()).toBe('Workspace 3');
  });

  test('asks before another is opened while something runs', async () => {
    const { screen, choose, tab } = await show(['Physics']);
    tab.session.editor.addCell('data-generator', 0);
    tab.session.run({ type: 'all' });
    await expect.poll(() => tab.kernel.isRunning).toBe(true);
    await choose('Open “Physics”');
    const dialog = screen.getByRole('dialog', { name: 'Open another workspace?' });
    await expect.element(dialog).toHaveTextContent('What runs in “My first notebook” is stopped.');
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect([tab.reloadCount, tab.kernel.isRunning]).toEqual([0, true]);
    await choose('Open “Physics”');
    await screen.getByRole('button', { name: 'Open it' }).click();
    await expect.poll(() => tab.reloadCount).toBe(1);
  });

  test('says that the only one gives way to an empty one', async () => {
    const { screen, choose } = await show();
    await choose('Delete…');
    await expect
      .element(screen.getByRole('dialog', { name: 'Delete the workspace?' }))
      .toHaveTextContent('A new, empty one is opened then.');
  });

  test('deletes it after asking', async () => {
    const { screen, choose, tab, reload } = await show(['Physics']);
    await choose('Delete…');
    const dialog = screen.getByRole('dialog', { name: 'Delete the workspace?' });
    await expect
      .element(dialog)
      .toHaveTextContent('“Workspace” with its notebook goes to the trash. It can be restored for 30 days.');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await choose('Delete…');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => tab.reloadCount).toBe(1);
    expect(await reload()).toBe('Physics');
  });

  test('exports it under its name, and leaves the rest away where the browser stores nothing', async () => {
    const { workspace } = await openWorkspace(buildNotebook([]));
    const screen = await render(App, { workspace, packagesUrl: '' });
    await screen.getByRole('button', { name: 'Workspace: Workspace' }).click();
    const labels = screen
      .getByRole('menuitem')
      .elements()
      .map((item) => item.getAttribute('aria-label'));
    expect(labels).toEqual(['Rename…', 'Export…']);
    await screen.getByRole('menuitem', { name: 'Export…' }).click();
    await expect.element(screen.getByRole('dialog', { name: 'Export the workspace' })).toBeVisible();
  });
});

describe('the list of all workspaces', () => {
  test('puts one into the trash, brings it back, and deletes it for good', async () => {
    const { screen, choose, tab } = await show(['Physics']);
    await choose('All workspaces…');
    const dialog = screen.getByRole('dialog', { name: 'Workspaces' });
    const listRows = (): string[] =>
      [...dialog.element().querySelectorAll('li')].map(({ textContent }) =>
        textContent.replaceAll(/\s+/g, ' ').trim(),
      );
    await expect
      .poll(() => listRows().join())
      .toMatch(/^Workspace Open here · 1 notebook.*,Physics 1 notebook/);
    const act = async (name: string, action: string): Promise<void> => {
      await dialog.getByRole('button', { name, exact: true }).click();
      await screen.getByRole('menuitem', { name: action }).click();
    };
    await act('Actions for Physics', 'Delete…');
    await screen.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => listRows().at(-1)).toMatch(/^Physics In the trash until /);
    await expect.element(dialog.getByRole('group', { name: 'Workspaces' })).toHaveFocus();
    await act('Actions for Physics in the trash', 'Restore');
    await expect.poll(() => listRows().at(-1)).toMatch(/^Physics 1 notebook/);
    await act('Actions for Physics', 'Delete…');
    await screen.getByRole('button', { name: 'Delete', exact: true }).click();
    await act('Actions for Physics in the trash', 'Delete for good…');
    await screen.getByRole('button', { name: 'Delete for good' }).click();
    await expect.poll(() => listRows().length).toBe(1);
    expect(tab.reloadCount).toBe(0);
  });

  test('opens and renames one', async () => {
    const { screen, choose, tab, reload } = await show(['Physics']);
    await choose('All workspaces…');
    const dialog = screen.getByRole('dialog', { name: 'Workspaces' });
    await dialog.getByRole('button', { name: 'Actions for Physics' }).click();
    await screen.getByRole('menuitem', { name: 'Rename…' }).click();
    await screen.getByRole('textbox', { name: 'Name' }).fill('Physik');
    await userEvent.keyboard('{Enter}');
    await dialog.getByRole('button', { name: 'Physik', exact: true }).click();
    await expect.poll(() => tab.reloadCount).toBe(1);
    expect(await reload()).toBe('Physik');
  });
});
