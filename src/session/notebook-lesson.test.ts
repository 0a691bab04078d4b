import { expect, it, vi } from 'vitest';
import { CellId } from '../model/ids.ts';
import { keepOriginal, type LessonContent } from '../model/lesson.ts';
import type { Notebook } from '../model/notebook.ts';
import { buildCell, buildConnection, buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { succeed } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import type { NotebookServices } from './notebook-services.ts';
import { noLessons, openSession } from './testing/open-session.ts';

const id = CellId.from;

const given = buildNotebook([], {
  cells: [buildCell('Make'), buildScriptlet('Count', ['rows'])],
  connections: [buildConnection('Make.rows', 'Count.rows')],
});

const source = { kind: 'example', exampleId: 'birds', edition: 'first' } as const;

async function open(notebook: Notebook = given, lessons: NotebookServices['lessons'] = noLessons) {
  const storage = new MemoryStorage();
  const kept = await keepOriginal(notebook, source);
  await storage.saveNotebook(kept.notebook, [kept.blob]);
  const opened = openSession(kept.notebook, undefined, undefined, storage, undefined, lessons);
  await vi.waitFor(() => {
    expect(opened.session.lesson.state.status).toBe('known');
  });
  return { ...opened, original: kept.blob.hash };
}

async function expectState(
  { session }: Pick<Awaited<ReturnType<typeof open>>, 'session'>,
  isModified: boolean,
  hasNewer = false,
): Promise<void> {
  await vi.waitFor(() => {
    expect(session.lesson.state).toEqual({ status: 'known', isModified, hasNewer });
  });
}

it('a lesson is modified once something in it is another, and not for its title', async () => {
  const opened = await open();
  await expectState(opened, false);
  opened.session.editor.edit({ type: 'rename-notebook', title: 'Mine' });
  opened.session.editor.edit({ type: 'set-source', cellId: id('Make'), source: 'mine' });
  await expectState(opened, true);
  opened.session.editor.edit({ type: 'set-source', cellId: id('Make'), source: 'print("Make")' });
  await expectState(opened, false);
});

it('a reset is one step, which is taken back, and made again so that nothing that was typed since is lost', async () => {
  const opened = await open();
  const { session, notices } = opened;
  session.editor.edit({ type: 'remove-cell', cellId: id('Count') });
  session.editor.edit({ type: 'set-source', cellId: id('Make'), source: 'mine' });
  const mine = session.notebook;
  const comparison = session.lesson.compare();
  await session.lesson.reset(comparison?.before ?? mine);
  expect(session.notebook.cells.map((cell) => cell.title)).toEqual(['Make', 'Count']);
  expect(session.notebook.cells[0]).toEqual(given.cells[0]);
  await expectState(opened, false);
  expect(notices.list.map(({ text }) => text)).toContain(
    'The notebook is as it was when the lesson was opened.',
  );
  session.editor.edit({ type: 'set-source', cellId: id('Make'), source: 'typed since' });
  session.editor.undo();
  expect(session.notebook.cells).toEqual(mine.cells);
  notices.list.at(-1)?.action?.run();
  expect(session.notebook.cells[0]).toMatchObject({ source: 'typed since' });
});

it('one cell is reset and the others stay', async () => {
  const { session } = await open();
  session.editor.edit({ type: 'set-source', cellId: id('Make'), source: 'mine' });
  session.editor.edit({ type: 'set-source', cellId: id('Count'), source: 'mine too' });
  const comparison = session.lesson.compare();
  if (!comparison) throw new Error('there is an original');
  await session.lesson.reset(comparison.before, id('Count'));
  expect(session.notebook.cells).toEqual([{ ...given.cells[0], source: 'mine' }, given.cells[1]]);
});

it('a newer lesson takes the place of the one that was opened, and is its original from then on', async () => {
  const newer: LessonContent = {
    ...given,
    cells: [{ ...buildCell('Make'), id: id('other'), source: 'better' }, buildCell('More')],
    connections: [],
  };
  const opened = await open(given, {
    hasNewer: ({ source: { edition } }: { source: { edition?: string } }) =>
      Promise.resolve(edition === 'first'),
    loadNewer: () =>
      Promise.resolve(
        succeed({ content: newer, source: { ...source, edition: 'second' }, blobs: [], schemas: [] }),
      ),
    noteStored: () => undefined,
  } as NotebookServices['lessons']);
  const { session, storage, original } = opened;
  await expectState(opened, false, true);
  const loaded = await session.lesson.loadNewer();
  if (!loaded.isOk) throw new Error(loaded.problem);
  expect(await session.lesson.takeNewer(loaded.value)).toBeNull();
  // The cell that both have keeps its id, and with it its results.
  expect(session.notebook.cells.map((cell) => [cell.id, cell.title])).toMatchObject([
    ['Make', 'Make'],
    [expect.any(String), 'More'],
  ]);
  expect(session.notebook.lesson?.source).toEqual({ ...source, edition: 'second' });
  const stored = await storage.readBlob(session.notebook.lesson?.original ?? original);
  expect(await stored?.text()).toContain('better');
  await expectState(opened, false, false);
  session.editor.undo();
  expect(session.notebook.lesson?.original).toBe(original);
  expect(session.notebook.cells).toEqual(given.cells);
  await expectState(opened, false, true);
});

it('a version of a link keeps the secrets of the notebook, and its original, which goes into files, has none', async () => {
  const { session, storage, original } = await open();
  const withSecret = (cell: (typeof given.cells)[number]): typeof cell =>
    cell.kind === 'scriptlet'
      ? {
          ...cell,
          inputs: cell.inputs.map((input) => ({ ...input, value: { kind: 'secret', text: 'hush' } })),
        }
      : cell;
  const content: LessonContent = { ...given, cells: given.cells.map(withSecret), connections: [] };
  const link = { kind: 'link', notebookId: null, edition: 'theirs' } as const;
  expect(await session.lesson.takeNewer({ content, source: link, blobs: [], schemas: [] })).toBeNull();
  expect(session.notebook.cells).toEqual(content.cells);
  const stored = await storage.readBlob(session.notebook.lesson?.original ?? original);
  expect(await stored?.text()).toContain('Count');
  expect(await stored?.text()).not.toContain('hush');
  await expectState({ session }, false);
  expect(session.lesson.compare()?.before.cells).toEqual(content.cells);
});

it('a newer lesson that cannot be stored leaves the notebook as it was', async () => {
  const opened = await open(given, {
    ...noLessons,
    loadNewer: () =>
      Promise.resolve(succeed({ content: { ...given, cells: [] }, source, blobs: [], schemas: [] })),
  });
  const { session, storage } = opened;
  vi.spyOn(storage, 'saveNotebook').mockResolvedValue({
    isOk: false,
    problem: { kind: 'full', message: 'no room' },
  });
  const loaded = await session.lesson.loadNewer();
  if (!loaded.isOk) throw new Error(loaded.problem);
  expect(await session.lesson.takeNewer(loaded.value)).toBe(
    'The newer lesson could not be stored (no room). The notebook is as it was.',
  );
  expect(session.notebook.cells).toEqual(given.cells);
});

it('nothing newer is offered where what is found is what was opened', async () => {
  const { session } = await open(given, {
    ...noLessons,
    loadNewer: () => Promise.resolve(succeed({ content: given, source, blobs: [], schemas: [] })),
  });
  session.editor.edit({ type: 'set-source', cellId: id('Make'), source: 'mine' });
  expect(await session.lesson.loadNewer()).toEqual({
    isOk: false,
    problem: 'There is nothing newer: it is what was opened.',
  });
});

it.each([
  ['missing', null, 'it is missing from this browser’s storage'],
  ['altered', new Blob(['{}']), 'it was altered in this browser’s storage'],
])('an original that is %s is named, and the notebook stays as it is', async (_, stored, reason) => {
  const storage = new MemoryStorage();
  const kept = await keepOriginal(given, source);
  vi.spyOn(storage, 'readBlob').mockResolvedValue(stored);
  const { session } = openSession(kept.notebook, undefined, undefined, storage);
  await vi.waitFor(() => {
    expect(session.lesson.state).toEqual({ status: 'unreadable', reason });
  });
  expect([session.notebook, session.lesson.compare()]).toEqual([kept.notebook, null]);
});
