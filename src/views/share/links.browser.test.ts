// Longer than most files: all that is said and can be done where a link is made or opened.
import { render } from 'vitest-browser-svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { CellId, ImportId, NotebookId } from '../../model/ids.ts';
import type { Notebook } from '../../model/notebook.ts';
import { buildLoadingCell } from '../../model/testing/build-models.ts';
import {
  buildCell,
  buildDatasetCell,
  buildHash,
  buildNotebook,
  buildNotebookWheel,
} from '../../model/testing/builders.ts';
import { createNotebookAddress } from '../../session/notebook-links.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { findBarriers } from '../../ui/testing/find-barriers.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';

afterEach(() => {
  vi.restoreAllMocks();
  history.replaceState(null, '', location.pathname + location.search);
});

async function show(partial: Parameters<typeof buildNotebook>[1] = {}) {
  await fitWindow(1280);
  const notebook = buildNotebook([], {
    title: 'Sales',
    cells: [
      buildCell('Train'),
      { kind: 'note', id: CellId.from('Words'), title: 'Words', source: '# Words' },
      { kind: 'note', id: CellId.from('Note'), title: 'Note', source: '' },
    ],
    ...partial,
  });
  const { workspace, storage } = await openWorkspace(notebook);
  const screen = await render(App, { workspace, packagesUrl: 'packages.json' });
  return { workspace, storage, screen };
}

/** The link of the notebook that is shown, as the dialog gives it. */
async function copyLink({ screen }: Awaited<ReturnType<typeof show>>): Promise<string> {
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  await screen.getByRole('button', { name: 'Share' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Share “Sales”' });
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect.element(dialog.getByText('Copied')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return String(copied.mock.calls[0]?.[0]);
}

test('a notebook goes into a link, and out of it only where its reader adds it, untrusted', async () => {
  const shown = await show();
  const { workspace, storage, screen } = shown;
  const link = await copyLink(shown);
  expect(link).toMatch(/^https:\/\/cahier\.example\/#notebook=1\.[\w-]{100,500}$/);

  location.hash = new URL(link).hash;
  const dialog = screen.getByRole('dialog', { name: 'A notebook from a link' });
  await expect.element(dialog.getByRole('heading', { name: 'Sales' })).toBeVisible();
  const cells = dialog.getByRole('listitem').elements();
  expect(cells.map(({ textContent }) => textContent.trim())).toEqual([
    'Train Data Generator',
    'Words Note',
    'Note',
  ]);
  expect(location.hash).toBe('');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(workspace.notebooks.map(({ title }) => title)).toEqual(['Sales']);
  expect((await storage.loadImports()).values).toEqual([]);

  location.hash = new URL(link).hash;
  await expect
    .element(dialog.getByRole('note'))
    .toHaveTextContent('This link was made of “Sales”, which you have here and which holds the same.');
  await dialog.getByRole('button', { name: 'Add once more' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(screen.getByRole('main', { name: 'Sales 2' })).toBeVisible();
  const [imported] = (await storage.loadImports()).values;
  expect(imported).toMatchObject({ name: 'Sales', isLink: true, isTrusted: false });
  const stored = await storage.loadNotebook(workspace.session?.notebook.id ?? NotebookId.from(''));
  expect(stored).toMatchObject({ title: 'Sales 2', importId: imported?.id });
});

describe('a link that somebody else made', () => {
  const theirs = buildNotebook([], {
    id: NotebookId.from('theirs'),
    title: 'Sums',
    cells: [
      buildLoadingCell('Train', 'iris'),
      { kind: 'note', id: CellId.from('Words'), title: 'Words', source: 'theirs' },
      buildDatasetCell('Prices', buildHash('1')),
    ],
    wheels: [buildNotebookWheel('six', '1')],
  });
  const newer = { ...theirs, cells: [buildCell('Better'), ...theirs.cells.slice(1)] };

  async function follow(notebook: Notebook): Promise<void> {
    const made = await createNotebookAddress(notebook, 'https://cahier.example/', {
      findSchema: () => null,
      readBlob: () => Promise.resolve(null),
    });
    if (!made.isOk) throw new Error(made.problem);
    location.hash = new URL(made.value.address).hash;
  }

  /** A workspace to which this notebook was added from its link. */
  async function add() {
    const shown = await show();
    const dialog = shown.screen.getByRole('dialog', { name: 'A notebook from a link' });
    await follow(theirs);
    await dialog.getByRole('button', { name: 'Add to my workspace' }).click();
    await expect.element(shown.screen.getByRole('main', { name: 'Sums' })).toBeVisible();
    const titles = () => shown.workspace.notebooks.map(({ title }) => title);
    const { session } = shown.workspace;
    if (!session) throw new Error('the notebook is open');
    const trust = () => shown.workspace.trust.trust(session.notebook.importId ?? ImportId.from(''));
    return { ...shown, dialog, session, titles, trust };
  }

  test('says by name what did not come along', async () => {
    const { screen } = await show();
    await follow(theirs);
    const dialog = screen.getByRole('dialog', { name: 'A notebook from a link' });
    const missing = dialog.getByRole('list', { name: 'What did not come along' });
    await expect.element(missing).toBeVisible();
    expect([...missing.element().children].map(({ textContent }) => textContent)).toEqual([
      'the model “iris”, which “Train” loads',
      'the data of “Prices”',
      'the wheel six-1.0-py3-none-any.whl',
    ]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await follow(buildNotebook(['a']));
    await expect.element(dialog).toHaveTextContent('Results do not come with a link.');
    await expect.element(missing).not.toBeInTheDocument();
  });

  test('makes a lesson, which is compared with what came and is had again as that', async () => {
    const { screen, session, trust } = await add();
    await expect.element(screen.getByRole('button', { name: 'Lesson: original' })).toBeVisible();
    await trust();
    const cellId = cellIdOf(session, 'Prices');
    const { content } = buildDatasetCell('Prices', buildHash('2'));
    session.editor.edit({ type: 'set-content', cellId, content });
    session.editor.edit({ type: 'set-source', cellId: cellIdOf(session, 'Words'), source: 'mine' });
    await screen.getByRole('button', { name: 'Lesson: modified' }).click();
    await screen.getByRole('menuitem', { name: 'Compare with the original…' }).click();
    const comparison = screen.getByRole('dialog', { name: 'Compare with the original' });
    await expect.element(comparison.getByRole('region', { name: 'Words, changed' })).toBeVisible();
    await comparison.getByRole('button', { name: 'Reset to the original' }).click();
    await expect.element(screen.getByRole('button', { name: 'Lesson: original' })).toBeVisible();
    // Data that its reader brought in is no change to what a link holds, and stays.
    expect(session.notebook.cells.slice(1)).toMatchObject([{ source: 'theirs' }, { content }]);
  });

  test('is known when it is opened again, and leads to what is here, or is added once more', async () => {
    const { dialog, screen, session, titles, trust, workspace } = await add();
    const told = dialog.getByRole('note');
    await workspace.openNotebook(workspace.notebooks[0]?.id ?? NotebookId.from(''));
    await follow(theirs);
    await expect.element(told).toHaveTextContent('You have this notebook already, as it came: “Sums”.');
    await dialog.getByRole('button', { name: 'Open mine' }).click();
    await expect.element(screen.getByRole('main', { name: 'Sums' })).toBeVisible();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(titles()).toEqual(['Sales', 'Sums']);

    await trust();
    const cellId = cellIdOf(session, 'Words');
    workspace.session?.editor.edit({ type: 'rename-cell', cellId, title: 'Mine' });
    await follow(theirs);
    await expect
      .element(told)
      .toHaveTextContent('You have this notebook already, and have changed it since: “Sums”.');
    await dialog.getByRole('button', { name: 'Add once more' }).click();
    await expect.element(screen.getByRole('main', { name: 'Sums 2' })).toBeVisible();
    expect(titles()).toEqual(['Sales', 'Sums', 'Sums 2']);
  });

  test('brings back what is in the trash', async () => {
    const { dialog, session, screen, titles, workspace } = await add();
    await workspace.deleteNotebook(session.notebook.id);
    await follow(theirs);
    await expect
      .element(dialog.getByRole('note'))
      .toHaveTextContent('You have this notebook already, as it came: “Sums”. It is in the trash.');
    await dialog.getByRole('button', { name: 'Bring it back' }).click();
    await expect.element(screen.getByRole('main', { name: 'Sums' })).toBeVisible();
    expect(titles()).toEqual(['Sales', 'Sums']);
  });

  test('of another version is compared with the one that is here before it takes its place', async () => {
    const { dialog, screen, session, titles, trust } = await add();
    await trust();
    session.editor.edit({ type: 'rename-notebook', title: 'My sums' });
    await follow(newer);
    await expect
      .element(dialog.getByRole('note'))
      .toHaveTextContent('You have another version of this notebook, as it came: “My sums”.');
    expect(await findBarriers()).toEqual([]);
    await dialog.getByRole('button', { name: 'Compare with mine…' }).click();
    const comparison = screen.getByRole('dialog', { name: 'Another version of “My sums”' });
    await expect.element(comparison.getByRole('region', { name: 'Better, added' })).toBeVisible();
    await expect
      .element(comparison)
      .toHaveTextContent('take it if you know who made it, or have read below what it would run.');
    expect(await findBarriers()).toEqual([]);
    await comparison.getByRole('button', { name: 'Take what the link holds' }).click();
    await expect.element(comparison).not.toBeInTheDocument();
    await expect.element(screen.getByRole('button', { name: 'Lesson: original' })).toBeVisible();
    expect(session.notebook.cells.map(({ title }) => title)).toEqual(['Better', 'Words', 'Prices']);
    expect(titles()).toEqual(['Sales', 'My sums']);
    await follow(newer);
    await expect.element(dialog.getByRole('note')).toHaveTextContent(/already, as it came: “My sums”/);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    session.editor.undo();
    expect(session.notebook.cells[0]?.title).toBe('Train');
  });

  test('of the notebook that is here, with other content, is compared with it as well', async () => {
    const { screen, workspace } = await show();
    await follow({ ...newer, id: workspace.session?.notebook.id ?? NotebookId.from('') });
    const dialog = screen.getByRole('dialog', { name: 'A notebook from a link' });
    await expect
      .element(dialog.getByRole('note'))
      .toHaveTextContent('This link was made of “Sales”, which you have here and which has other content.');
    await dialog.getByRole('button', { name: 'Compare with mine…' }).click();
    const comparison = screen.getByRole('dialog', { name: 'Another version of “Sales”' });
    await comparison.getByRole('button', { name: 'Take what the link holds' }).click();
    await expect.element(comparison).not.toBeInTheDocument();
    const { session } = workspace;
    expect(session?.notebook.cells.map(({ title }) => title)).toEqual(['Better', 'Words', 'Prices']);
    session?.editor.undo();
    expect(session?.notebook.cells.map(({ title }) => title)).toEqual(['Train', 'Words', 'Note']);
  });

  test('of another version is added beside one that is not trusted, which stays as it is', async () => {
    const { dialog, screen, session, titles, workspace } = await add();
    await follow(newer);
    await dialog.getByRole('button', { name: 'Compare with mine…' }).click();
    const comparison = screen.getByRole('dialog', { name: 'Another version of “Sums”' });
    await expect
      .element(comparison.getByRole('note'))
      .toHaveTextContent('This notebook is not trusted yet, so it stays as it is.');
    await expect
      .element(comparison.getByRole('button', { name: 'Take what the link holds' }))
      .toHaveAttribute('aria-disabled', 'true');
    vi.spyOn(workspace, 'addLinked').mockRejectedValueOnce(new Error('There is no room.'));
    await comparison.getByRole('button', { name: 'Add it as another notebook' }).click();
    await expect
      .element(comparison.getByRole('alert'))
      .toHaveTextContent('That did not go well (There is no room.). Try again.');
    await comparison.getByRole('button', { name: 'Add it as another notebook' }).click();
    await expect.element(screen.getByRole('main', { name: 'Sums 2' })).toBeVisible();
    expect(titles()).toEqual(['Sales', 'Sums', 'Sums 2']);
    expect(session.notebook.cells[0]?.title).toBe('Train');
  });
});

function cellIdOf({ notebook }: NotebookSession, title: string): CellId {
  const cell = notebook.cells.find((each) => each.title === title);
  if (!cell) throw new Error(`there is no cell ${title}`);
  return cell.id;
}

test('a link that is cut off says so and what to do, and leaves nothing in the address', async () => {
  const { screen } = await show();
  location.hash = '#notebook=1.cut';
  const dialog = screen.getByRole('dialog', { name: 'This link cannot be opened' });
  await expect
    .element(dialog)
    .toHaveTextContent('There is no notebook in the address that can be read: it is damaged, or cut off.');
  expect(location.hash).toBe('');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.element(dialog).not.toBeInTheDocument();
});

test('what does not go along is named, and a notebook that does not fit is sent as a file', async () => {
  const { workspace, screen } = await show({ wheels: [buildNotebookWheel('six', '1')] });
  const open = () => screen.getByRole('button', { name: 'Share' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Share “Sales”' });
  await open();
  await expect
    .element(dialog.getByRole('list', { name: 'What does not go along' }))
    .toHaveTextContent('the wheel six-1.0-py3-none-any.whl');
  await dialog.getByRole('button', { name: 'Close' }).click();
  const cellId = CellId.from('Train');
  const noise = (length: number) =>
    Array.from({ length }, () => Math.random().toString(36).slice(2)).join('');
  workspace.session?.editor.edit({ type: 'set-source', cellId, source: noise(1_500) });
  await open();
  await expect.element(dialog).toHaveTextContent('Some programs cut links of more than 8,000');
  await dialog.getByRole('button', { name: 'Close' }).click();
  workspace.session?.editor.edit({ type: 'set-source', cellId, source: noise(6_000) });
  await open();
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent(
      /^This notebook does not fit into a link, which would have [\d,]+ characters; 32,000 are the most. Save it as a file instead.$/,
    );
});
