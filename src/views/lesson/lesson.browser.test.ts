import { render } from 'vitest-browser-svelte';
import { expect, test, vi } from 'vitest';
import { createCell } from '../../model/create-cell.ts';
import { CellId } from '../../model/ids.ts';
import { keepOriginal, type LessonSource } from '../../model/lesson.ts';
import { buildCell, buildConnection, buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import { succeed } from '../../shared/result.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';

const script =
  'import onelogic\n\nrows = []\nfor number in range(10):\n    rows.append(number)\nprint(rows)\n';

async function show(exampleId = 'no example of these', address: string | null = null) {
  await fitWindow(1_280);
  const note = createCell('note', 'About');
  const given = buildNotebook([], {
    title: 'Counting',
    cells: [
      { ...note, title: 'About' },
      buildCell('Make', { source: script }),
      buildScriptlet('Count', ['rows']),
    ],
    connections: [buildConnection('Make.rows', 'Count.rows')],
  });
  const source: LessonSource =
    address === null
      ? { kind: 'example', exampleId, edition: 'an earlier one' }
      : { kind: 'address', address };
  const { notebook, blob } = await keepOriginal(given, source);
  const opened = await openWorkspace(notebook, async (storage) => {
    await storage.saveNotebook({ ...notebook, workspaceId: await storage.openWorkspace() }, [blob]);
  });
  const screen = await render(App, { workspace: opened.workspace, packagesUrl: '' });
  return { ...opened, screen };
}

async function changeLesson({ session }: Awaited<ReturnType<typeof show>>): Promise<void> {
  const { editor } = session;
  const make = CellId.from('Make');
  editor.edit({ type: 'set-source', cellId: make, source: script.replace('10', '20') });
  editor.edit({ type: 'rename-cell', cellId: make, title: 'Make more' });
  const configuration = { ...buildCell('Make').configuration, timeoutSeconds: 20 };
  editor.edit({ type: 'configure-cell', cellId: make, kind: 'data-generator', configuration });
  editor.edit({ type: 'remove-cell', cellId: CellId.from('Count') });
  editor.edit({ type: 'add-cell', cell: buildCell('Mine'), index: 3, connections: [] });
  await expect.poll(() => session.lesson.state).toMatchObject({ isModified: true });
}

test('a lesson that was changed says so, shows what is different in each cell, and has one of them as it was', async () => {
  const opened = await show();
  const { screen, session } = opened;
  await expect.element(screen.getByRole('button', { name: 'Lesson: original' })).toBeVisible();
  await changeLesson(opened);
  await screen.getByRole('button', { name: 'Lesson: modified' }).click();
  await screen.getByRole('menuitem', { name: 'Compare with the original…' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Compare with the original' });
  const listParts = (): (string | null)[] =>
    [...dialog.element().querySelectorAll('section')].map((part) => part.getAttribute('aria-label'));
  await expect.poll(listParts).toEqual(['Make more, changed', 'Count, removed', 'Mine, added']);
  const listLines = (name: string): string[] =>
    [...dialog.getByRole('group', { name }).element().children]
      .filter(({ tagName }) => tagName !== 'DIV')
      .map(({ textContent }) => textContent);
  expect(listLines('Configuration of Make more')).toEqual([
    '−Title: Make',
    '−Timeout for Script Execution: 300 s',
    '+Title: Make more',
    '+Timeout for Script Execution: 20 s',
  ]);
  expect(listLines('Text of Make more')).toEqual(['−for number in range(10):', '+for number in range(20):']);
  expect(listLines('Configuration of Count')).toContain('−Input “rows” takes “rows” of “Make”');

  await dialog.getByRole('button', { name: 'Reset “Make”' }).click();
  await expect.poll(listParts).toEqual(['Count, removed', 'Mine, added']);
  expect(session.notebook.cells[1]).toMatchObject({ title: 'Make', source: script });
  await dialog.getByRole('button', { name: 'Reset to the original' }).click();
  await expect.element(screen.getByRole('button', { name: 'Lesson: original' })).toBeVisible();
  expect(session.notebook.cells.map(({ title }) => title)).toEqual(['About', 'Make', 'Count']);
  await screen.getByRole('button', { name: 'Undo' }).first().click();
  await expect.element(screen.getByRole('button', { name: 'Lesson: modified' })).toBeVisible();
});

test('a newer lesson that came with the app is shown before it takes the place of the notebook', async () => {
  const { screen, session } = await show('bar-chart');
  await screen.getByRole('button', { name: 'Lesson: original, newer available' }).click();
  await screen.getByRole('menuitem', { name: 'Look at the newer lesson…' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Newer lesson' });
  await expect.element(dialog.getByRole('region', { name: 'About, changed' })).toBeVisible();
  await expect.element(dialog.getByRole('region', { name: 'Count, removed' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Take the newer one' }).click();
  await expect.element(screen.getByRole('button', { name: 'Lesson: original', exact: true })).toBeVisible();
  expect(session.notebook.cells.length).toBeGreaterThan(2);
  expect(session.notebook.title).toBe('Counting');
});

test('a newer lesson of an address says where it is from, and what it may do, before it takes the place of the notebook', async () => {
  const address = 'https://course.example/counting.cahier';
  const { screen, session } = await show('', address);
  const { notebook } = session;
  const cells = notebook.cells.filter(({ title }) => title !== 'Count');
  const newer = { content: { ...notebook, cells, connections: [] }, blobs: [], schemas: [] };
  const source: LessonSource = { kind: 'address', address };
  vi.spyOn(session.lesson, 'loadNewer').mockResolvedValue(succeed({ ...newer, source }));
  await screen.getByRole('button', { name: 'Lesson: original' }).click();
  await screen.getByRole('menuitem', { name: 'Look for a newer one…' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Newer lesson' });
  await expect.element(dialog.getByRole('region', { name: 'Count, removed' })).toBeVisible();
  await expect
    .element(dialog.getByText(`It was fetched from ${address}.`, { exact: false }))
    .toHaveTextContent(
      `It was fetched from ${address}. Once you take it, its scripts may do what those of this notebook may: take it if you know who made it, or have read below what it would run.`,
    );
});
