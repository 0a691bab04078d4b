import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { fitWindow } from '../ui/testing/mouse.ts';
import App from './App.svelte';
import { openWorkspace } from './testing/open-workspace.ts';

/** The app in a narrow window, with its workspace as a sheet over the notebook. */
async function showSheet() {
  await fitWindow(390);
  const { workspace } = await openWorkspace(buildNotebook(['one'], { title: 'Lesson' }));
  const screen = await render(App, { workspace, packagesUrl: 'packages.json' });
  await screen.getByRole('button', { name: 'Workspace pane' }).click();
  const sheet = screen.getByRole('navigation', { name: 'Workspace' });
  await expect.element(sheet).toBeVisible();
  return { screen, sheet, isSheetShown: () => sheet.elements().length === 1 };
}

test.each([
  ['', true],
  [', also when the focus is nowhere', false],
])('Escape closes a dialog and leaves the sheet that it came from%s', async (_, hasFocus) => {
  const { screen, sheet, isSheetShown } = await showSheet();
  await sheet.getByRole('button', { name: 'Data schemas' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Data schemas' });
  await expect.element(dialog).toBeVisible();
  if (!hasFocus && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => dialog.elements().length).toBe(0);
  expect(isSheetShown()).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.poll(isSheetShown).toBe(false);
});

test('Escape closes a menu, and gives up a new title, and leaves the sheet that they are in', async () => {
  const { screen, sheet, isSheetShown } = await showSheet();
  await sheet.getByRole('button', { name: 'Actions for Lesson' }).click();
  const menu = screen.getByRole('menu');
  await expect.element(menu).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => menu.elements().length).toBe(0);
  expect(isSheetShown()).toBe(true);
  await sheet.getByRole('button', { name: 'Actions for Lesson' }).click();
  await screen.getByRole('menuitem', { name: 'Rename' }).click();
  const title = screen.getByRole('textbox', { name: 'Notebook title' });
  await expect.element(title).toHaveFocus();
  await userEvent.keyboard('Other{Escape}');
  await expect.poll(() => title.elements().length).toBe(0);
  expect(isSheetShown()).toBe(true);
});

test('a dialog stays open with what is written in it when the window becomes narrow, and wide again', async () => {
  await fitWindow(1280);
  const notebook = buildNotebook([], { cells: [buildScriptlet('one', [], [])] });
  const { workspace } = await openWorkspace(notebook);
  const screen = await render(App, { workspace, packagesUrl: 'packages.json' });
  await screen.getByRole('region', { name: 'one', exact: true }).click({ position: { x: 4, y: 4 } });
  const pane = screen.getByRole('complementary', { name: 'Configuration' });
  await pane.getByRole('button', { name: 'Add input' }).click();
  const name = screen.getByRole('dialog').getByRole('textbox', { name: 'Name' });
  await userEvent.fill(name, 'rows');
  await fitWindow(390);
  await expect
    .element(screen.getByRole('button', { name: 'Workspace pane' }))
    .toHaveAttribute('aria-expanded', 'false');
  await expect.element(name).toHaveValue('rows');
  workspace.changeSetting('isConfigurationPaneOpen', false);
  await fitWindow(1280);
  await expect
    .element(screen.getByRole('button', { name: 'Workspace pane' }))
    .toHaveAttribute('aria-expanded', 'true');
  await expect.element(name).toHaveValue('rows');
});

test('a dialog of the workspace stays open, too', async () => {
  const { screen, sheet } = await showSheet();
  await sheet.getByRole('button', { name: 'Data schemas' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Data schemas' });
  await expect.element(dialog).toBeVisible();
  await fitWindow(1280);
  await expect.element(screen.getByRole('complementary', { name: 'Configuration' })).toBeVisible();
  await expect.element(dialog).toBeVisible();
  await fitWindow(390);
  await expect.element(screen.getByRole('complementary', { name: 'Configuration' })).not.toBeInTheDocument();
  await expect.element(dialog).toBeVisible();
});

test('the focus goes back to what opened a sheet, when it is closed and when a notebook is made in it', async () => {
  const { screen, sheet, isSheetShown } = await showSheet();
  const opener = screen.getByRole('button', { name: 'Workspace pane' });
  (sheet.getByRole('button', { name: 'New notebook' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Escape}');
  await expect.poll(isSheetShown).toBe(false);
  await expect.element(opener).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await sheet.getByRole('button', { name: 'New notebook' }).click();
  await expect.poll(isSheetShown).toBe(false);
  await expect.element(opener).toHaveFocus();
  await expect.element(screen.getByRole('heading', { name: 'An empty notebook' })).toBeVisible();
});
