import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { buildNotebook } from '../model/testing/builders.ts';
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
