import { render } from 'vitest-browser-svelte';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Notebook } from '../model/notebook.ts';
import { buildCell, buildNotebook } from '../model/testing/builders.ts';
import { findMiddle, fitWindow, sendMouse } from '../ui/testing/mouse.ts';
import NotebookView from './NotebookView.svelte';
import { openWorkspace } from './testing/open-workspace.ts';
import ViewHost from './testing/ViewHost.svelte';

const longer = 'x = 1\n'.repeat(8);

async function showNotebook(notebook: Notebook) {
  await fitWindow();
  const opened = await openWorkspace(notebook);
  const screen = await render(ViewHost<Parameters<typeof NotebookView>[1]>, {
    workspace: opened.workspace,
    view: NotebookView,
    viewProps: {
      session: opened.session,
      theme: 'light',
      isConfigurationOpen: false,
      onToggleConfiguration: () => undefined,
    },
  });
  /** Presses in the middle of a button, with something done between the mouse's down and up. */
  const press = async (button: Element, meanwhile: () => void): Promise<void> => {
    const { x, y } = await findMiddle(button);
    await sendMouse('mouseMoved', x, y);
    await sendMouse('mousePressed', x, y);
    meanwhile();
    await sendMouse('mouseReleased', x, y);
  };
  return { ...opened, screen, press };
}

test.each(['one', 'two'])('Run of a cell is pressed while the source of %s grows', async (grown) => {
  const { session, kernel, screen, press } = await showNotebook(buildNotebook(['one', 'two']));
  const cell = screen.getByRole('region', { name: 'two' });
  await press(cell.getByRole('button', { name: 'Run', exact: true }).element(), () => {
    const changed = session.notebook.cells.find(({ title }) => title === grown);
    if (changed) session.editor.edit({ type: 'set-source', cellId: changed.id, source: longer });
  });
  await expect.poll(() => kernel.asked).toEqual(['run two']);
});

test('a source with a long line is as high as its box: the end of it moves nothing', async () => {
  const source = `x = 1\ny = "${'long '.repeat(100)}"\nz = 1\n`;
  const cell = { ...buildCell('one'), source };
  const { screen } = await showNotebook(buildNotebook([], { cells: [cell] }));
  await screen.getByText('z').click();
  const lines = () => document.querySelector<HTMLElement>('.lines-content');
  await expect.poll(lines).not.toBe(null);
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await userEvent.keyboard('{Home}');
  await expect.poll(() => document.querySelector('.monaco-editor.focused')).not.toBe(null);
  expect(lines()?.style.top).toBe('0px');
});

test('a tab of a cell is pressed while the source of the one above grows', async () => {
  const { session, screen, press } = await showNotebook(buildNotebook(['one', 'two']));
  const [above, cell] = session.notebook.cells;
  if (!above || !cell) throw new Error('they were just made');
  session.runCell(cell.id);
  const tab = screen.getByRole('region', { name: 'two' }).getByRole('tab', { name: 'Image List' });
  await expect.element(tab).toHaveAttribute('aria-selected', 'false');
  await press(tab.element(), () => {
    session.editor.edit({ type: 'set-source', cellId: above.id, source: longer });
  });
  await expect.element(tab).toHaveAttribute('aria-selected', 'true');
});

test('“Add cell” is pressed with the focus in the editor above, which grows and takes the focus again', async () => {
  const { session, screen, press } = await showNotebook(buildNotebook([], { cells: [buildCell('one')] }));
  const cell = screen.getByRole('region', { name: 'one' });
  (cell.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const source = cell.getByRole('textbox', { name: 'Source of one' });
  await expect.element(source).toHaveFocus();
  await press(screen.getByRole('button', { name: 'Add cell', exact: true }).element(), () => {
    const [changed] = session.notebook.cells;
    if (changed) session.editor.edit({ type: 'set-source', cellId: changed.id, source: longer });
    (source.element() as HTMLElement).focus();
  });
  await expect.element(screen.getByRole('menuitem', { name: 'Statement' })).toBeVisible();
  (source.element() as HTMLElement).focus();
  (screen.getByRole('menuitem', { name: 'Statement' }).element() as HTMLElement).click();
  await expect.poll(() => session.notebook.cells.map(({ title }) => title)).toEqual(['one', 'Statement']);
});

test('what stands below a long cell stays where it is when the focus leaves that cell', async () => {
  const cell = { ...buildCell('one'), source: longer.repeat(8) };
  const { screen } = await showNotebook(buildNotebook([], { cells: [cell] }));
  (screen.getByRole('region', { name: 'one' }).element() as HTMLElement).focus();
  const below = screen.getByRole('button', { name: 'Add cell', exact: true }).element() as HTMLElement;
  below.scrollIntoView();
  const { y } = await findMiddle(below);
  below.focus();
  // What the browser lays out at once counts: by it the page is scrolled.
  expect(below.getBoundingClientRect().top + below.offsetHeight / 2).toBe(y);
});
