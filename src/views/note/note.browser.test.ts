import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { createCell } from '../../model/create-cell.ts';
import { buildNotebook } from '../../model/testing/builders.ts';
import NotebookView from '../NotebookView.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';
import ViewHost from '../testing/ViewHost.svelte';

async function showNotes(...sources: readonly string[]) {
  const cells = sources.map((source, index) => {
    const cell = createCell('note', index === 0 ? 'Note' : `Note ${String(index + 1)}`);
    return { ...cell, source };
  });
  const { session, workspace } = await openWorkspace(buildNotebook([], { cells: cells as never }));
  const screen = await render(ViewHost<Parameters<typeof NotebookView>[1]>, {
    workspace,
    view: NotebookView,
    viewProps: {
      session,
      theme: 'light',
      isConfigurationOpen: false,
      onToggleConfiguration: () => undefined,
    },
  });
  return { screen, session };
}

test('a note is shown as it is to be read: links open apart, and nothing of other hosts is asked for', async () => {
  const { screen } = await showNotes(
    '# Plan\n\n[Source](https://example.org/a) and $x^2$\n\n![far](https://example.org/a.png)',
  );
  const note = screen.getByRole('region', { name: 'Note' });
  await expect.element(note.getByRole('heading', { name: 'Plan' })).toBeVisible();
  const link = note.getByRole('link', { name: 'Source' });
  await expect.element(link).toHaveAttribute('target', '_blank');
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer');
  expect(note.element().querySelector('math')).not.toBe(null);
  expect(note.element().querySelector('img[src]')).toBe(null);
});

test('a note is opened by Enter or a double press, and Escape, Control and Enter, or Shift and Enter render it', async () => {
  const { screen, session } = await showNotes('First *words*', 'Next');
  const note = screen.getByRole('region', { name: 'Note', exact: true });
  const field = note.getByRole('textbox', { name: 'Markdown of Note' });
  const element = note.element();
  if (!(element instanceof HTMLElement)) throw new Error('a cell takes the focus');
  element.focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('{Control>}{End}{/Control} more');
  await userEvent.keyboard('{Escape}');
  await expect.element(field).not.toBeInTheDocument();
  await expect.element(note).toHaveFocus();
  await expect.element(note).toHaveTextContent('First words more');

  await note.getByText('words', { exact: true }).dblClick();
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(field).not.toBeInTheDocument();
  await expect.element(note).toHaveFocus();

  await userEvent.keyboard('{Enter}');
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  await expect.element(field).not.toBeInTheDocument();
  await expect.element(screen.getByRole('region', { name: 'Note 2' })).toHaveFocus();
  expect(session.notebook.cells.length).toBe(2);
});

test('below the last note Shift and Enter add a cell of the kind that the notebook uses', async () => {
  const { screen, session } = await showNotes('Words');
  session.editor.addCell('statement', 0);
  const note = screen.getByRole('region', { name: 'Note' }).element();
  if (!(note instanceof HTMLElement)) throw new Error('a cell takes the focus');
  note.focus();
  await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
  await expect
    .poll(() => session.notebook.cells.map(({ kind }) => kind))
    .toEqual(['statement', 'note', 'statement']);
});

test('an empty note says how to write in it', async () => {
  const { screen } = await showNotes('  \n');
  await expect
    .element(screen.getByRole('region', { name: 'Note' }))
    .toHaveTextContent('An empty note. Press twice here, or Enter, to write in it');
});

test('what names and moves a note covers nothing of its text', async () => {
  const { screen } = await showNotes('A text that begins at the top. '.repeat(20), 'Next');
  const note = screen.getByRole('region', { name: 'Note', exact: true });
  const text = note.getByText('A text that begins');
  await expect.element(text).toBeVisible();
  await text.click();
  const controls = note.getByRole('button', { name: 'More actions' });
  await expect.element(controls).toBeVisible();
  expect(controls.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(
    text.element().getBoundingClientRect().top,
  );
});
