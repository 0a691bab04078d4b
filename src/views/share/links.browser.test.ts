import { render } from 'vitest-browser-svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { CellId, NotebookId } from '../../model/ids.ts';
import { buildCell, buildNotebook, buildNotebookWheel } from '../../model/testing/builders.ts';
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
  await dialog.getByRole('button', { name: 'Add to my workspace' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(screen.getByRole('main', { name: 'Sales 2' })).toBeVisible();
  const [imported] = (await storage.loadImports()).values;
  expect(imported).toMatchObject({ name: 'Sales', isLink: true, isTrusted: false });
  const stored = await storage.loadNotebook(workspace.session?.notebook.id ?? NotebookId.from(''));
  expect(stored).toMatchObject({ title: 'Sales 2', importId: imported?.id });
});

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
