import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { BlobHash } from '../../model/ids.ts';
import { buildCell, buildNotebook } from '../../model/testing/builders.ts';
import { hashBytes } from '../../shared/hash-bytes.ts';
import { readWorkspaceFile } from '../../storage/workspace-file/read-workspace-file.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The dialog over a notebook with a file of this many bytes. */
async function showDialog(byteSize = 5_000) {
  await fitWindow(1280);
  const content = new Blob(['x'.repeat(byteSize)]);
  const hash = BlobHash.from(await hashBytes(await content.arrayBuffer()));
  const files = [{ path: 'data.txt', blob: hash, byteSize }];
  const notebook = buildNotebook([], { cells: [buildCell('Train')], files });
  const { workspace, storage } = await openWorkspace(notebook, async (each) =>
    each.saveNotebook({ ...notebook, workspaceId: await each.openWorkspace() }, [{ hash, content }]),
  );
  const addresses: Blob[] = [];
  const create = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof Blob) addresses.push(blob);
    return create(blob);
  });
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const screen = await render(App, { workspace, packagesUrl: 'packages.json' });
  const opener = screen.getByRole('button', { name: 'Export', exact: true });
  await opener.click();
  const dialog = screen.getByRole('dialog', { name: 'Export the workspace' });
  await expect.element(dialog.getByText(/^About/)).toBeVisible();
  const press = () => dialog.getByRole('button', { name: 'Export' }).click();
  return { dialog, opener, press, hash, storage, saved: { names, addresses } };
}

test('what goes along is picked, with its size, and becomes a file that is saved', async () => {
  const { dialog, opener, press, hash, saved } = await showDialog();
  await expect
    .element(dialog.getByRole('group', { name: 'What goes along' }))
    .toHaveTextContent('Data 5.5 kB');
  await expect.element(dialog).toHaveTextContent('Keys, tokens and values of secret inputs never go along');
  await dialog.getByRole('checkbox', { name: 'Results' }).click();
  await expect.element(dialog.getByRole('checkbox', { name: 'History' })).toBeDisabled();
  await expect.element(dialog.getByRole('checkbox', { name: 'History' })).not.toBeChecked();
  await press();
  await expect.element(dialog.getByText(/^The file is written/)).toBeVisible();
  expect(saved.names).toEqual(['Workspace.cahier']);
  const read = await readWorkspaceFile(saved.addresses.at(-1) ?? new Blob());
  if (!read.isOk) throw new Error(JSON.stringify(read.problem));
  expect(read.value.manifest.picked).toEqual({ data: true, models: true, results: false, history: false });
  expect(await (await read.value.readValue(hash))?.text()).toBe('x'.repeat(5_000));
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
});

test('what could not go along is named', async () => {
  const { dialog, press, storage } = await showDialog();
  vi.spyOn(storage, 'readBlob').mockResolvedValue(null);
  await press();
  await expect
    .element(dialog.getByRole('list', { name: 'What could not go along' }))
    .toHaveTextContent('The file data.txt of “Notebook” is not in this browser’s storage any more.');
});

test('a large file is written to where its reader wants it, who may think better of it', async () => {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle('chosen', { create: true });
  const pick = vi
    .fn<(options: object) => Promise<FileSystemFileHandle>>()
    .mockRejectedValueOnce(new DOMException('not now', 'AbortError'))
    .mockRejectedValueOnce(new Error('the disk is locked'))
    .mockResolvedValue(handle);
  vi.stubGlobal('showSaveFilePicker', pick);
  const { dialog, press, saved } = await showDialog(70_000_000);
  await press();
  await expect.element(dialog.getByRole('button', { name: 'Export' })).toBeVisible();
  await press();
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent('The file cannot be saved there: the disk is locked');
  await press();
  await expect.element(dialog.getByRole('progressbar', { name: 'Written so far' })).toBeVisible();
  await expect.element(dialog.getByText(/^The file is written/)).toBeVisible();
  expect((await readWorkspaceFile(await handle.getFile())).isOk).toBe(true);
  expect([pick.mock.calls.at(-1), saved.names]).toEqual([[{ suggestedName: 'Workspace.cahier' }], []]);
  vi.unstubAllGlobals();
});

test('an export is given up by Cancel, and by closing the dialog', async () => {
  const { dialog, press, saved } = await showDialog(60_000_000);
  await press();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(dialog.getByRole('button', { name: 'Export' })).toBeEnabled();
  await press();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  expect(saved.names).toEqual([]);
});
