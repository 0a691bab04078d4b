import { render } from 'vitest-browser-svelte';
import { expect, test, vi } from 'vitest';
import { NotebookId, SessionId } from '../model/ids.ts';
import type { KindUse } from '../model/storage-use.ts';
import { buildNotebook, buildSession } from '../model/testing/builders.ts';
import { fitWindow } from '../ui/testing/mouse.ts';
import App from './App.svelte';
import { openWorkspace } from './testing/open-workspace.ts';

const datasets: KindUse = { kind: 'data', count: 2, byteSize: 3_000_000 };
const history: KindUse = { kind: 'history', count: 40, byteSize: 1_500_000 };
const trash: KindUse = { kind: 'trash', count: 1, byteSize: 200_000 };

/** The whole app with the dialog open, over a storage that says it holds this. */
async function show(kinds: readonly KindUse[]) {
  await fitWindow(1_280);
  const id = NotebookId.from('notebook');
  const { workspace, storage } = await openWorkspace(buildNotebook(['Sums'], { id }), async (prepared) => {
    await prepared.saveSession(buildSession(1_000, { notebookId: id, id: SessionId.from('earlier') }));
    const deleted = buildNotebook([], {
      id: NotebookId.from('deleted'),
      title: 'Old',
      deletedAt: Date.now(),
    });
    await prepared.saveNotebook(deleted);
  });
  const measured = vi.spyOn(storage, 'measureUse').mockResolvedValue(kinds);
  const screen = await render(App, { workspace, packagesUrl: '' });
  await screen.getByRole('button', { name: 'Storage' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Storage' });
  const list = dialog.getByRole('group', { name: 'What takes room' });
  const listRows = (): string[] =>
    [...list.element().querySelectorAll('li')].map(({ textContent }) =>
      textContent.replaceAll(/\s+/g, ' ').trim(),
    );
  return { workspace, storage, measured, dialog, list, listRows };
}

test('the storage dialog says what takes room, and frees it of the history and the trash', async () => {
  const { workspace, storage, measured, dialog, list, listRows } = await show([datasets, history, trash]);
  await expect
    .poll(listRows)
    .toEqual([
      'Datasets 2 values 3.0 MB',
      'History of earlier runs 40 values 1.5 MB Delete the history',
      'Trash 1 value 200.0 kB Empty the trash',
    ]);

  measured.mockResolvedValue([datasets, trash]);
  await dialog.getByRole('button', { name: 'Delete the history' }).click();
  await expect
    .element(dialog.getByRole('status', { name: 'Freeing' }))
    .toHaveTextContent('1.5 MB were freed.');
  expect((await storage.loadSessions(NotebookId.from('notebook'))).values).toEqual([]);
  // The button that had the focus is gone.
  await expect.element(list).toHaveFocus();

  measured.mockResolvedValue([datasets]);
  await dialog.getByRole('button', { name: 'Empty the trash' }).click();
  await expect
    .element(dialog.getByRole('status', { name: 'Freeing' }))
    .toHaveTextContent('200.0 kB were freed.');
  expect(workspace.trash).toEqual([]);
  await expect.poll(listRows).toEqual(['Datasets 2 values 3.0 MB']);
  await expect.element(dialog).toHaveTextContent('It does not say whether it keeps what is stored here.');
});

test('the storage dialog says what is wrong where the database cannot be read or written', async () => {
  const { storage, measured, dialog } = await show([history]);
  vi.spyOn(storage, 'removeSessions').mockResolvedValue({
    isOk: false,
    problem: { kind: 'failed', message: 'the disk is gone' },
  });
  await dialog.getByRole('button', { name: 'Delete the history' }).click();
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent('The history could not be deleted: the disk is gone. Try again.');
  measured.mockRejectedValue(new Error('the connection is lost'));
  await dialog.getByRole('button', { name: 'Delete the history' }).click();
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent("This browser's storage cannot be read: the connection is lost. Reload the page.");
});

test('the storage dialog frees what can be made again, and says what that costs and what is in use', async () => {
  const { workspace, dialog } = await show([datasets]);
  const kept = vi.spyOn(workspace.room, 'kept', 'get');
  kept.mockReturnValue([{ kind: 'snapshots', count: 2, byteSize: 90_000_000 }]);
  vi.spyOn(workspace.room, 'freeKept').mockResolvedValue({ byteSize: 40_000_000, usedCount: 1 });
  // Drawn anew.
  await workspace.room.refresh();
  workspace.room.hide();
  workspace.room.show();
  const again = dialog.getByRole('region', { name: 'What can be made again' });
  await expect.element(again).toHaveTextContent('the next start of Python takes some seconds longer');
  await again.getByRole('button', { name: 'Free: Snapshots of Python' }).click();
  await expect
    .element(dialog.getByRole('status', { name: 'Freeing' }))
    .toHaveTextContent('40.0 MB were freed. One file is in use, and stays.');
});

test('the storage dialog lists copies from before updates, which can be deleted', async () => {
  const { workspace, dialog } = await show([datasets]);
  const backups = vi.spyOn(workspace.room, 'backups', 'get');
  const backup = {
    name: '1700000000000-version-3.zip',
    madeAt: 1_700_000_000_000,
    databaseVersion: 3,
    byteSize: 12_000,
  };
  backups.mockReturnValue([backup]);
  const removed = vi.spyOn(workspace.room, 'removeBackup').mockResolvedValue();
  await workspace.room.refresh();
  workspace.room.hide();
  workspace.room.show();
  const copies = dialog.getByRole('region', { name: 'Copies from before updates' });
  await expect.element(copies.getByRole('listitem')).toHaveTextContent(/2023.*version 3.*12.0 kB/);
  await expect.element(copies.getByRole('button', { name: /^Download the copy of/ })).toBeVisible();
  await copies.getByRole('button', { name: /^Delete the copy of/ }).click();
  await expect
    .element(dialog.getByRole('status', { name: 'Freeing' }))
    .toHaveTextContent('12.0 kB were freed.');
  expect(removed).toHaveBeenCalledExactlyOnceWith(backup);
});

test('a copy from before an update is brought back by way of what an import shows', async () => {
  const { workspace, dialog } = await show([datasets]);
  const backup = { name: '5-version-3.zip', madeAt: 5, databaseVersion: 3, byteSize: 12_000 };
  vi.spyOn(workspace.room, 'backups', 'get').mockReturnValue([backup]);
  const read = vi.spyOn(workspace.room, 'readBackup').mockResolvedValue(new Blob(['PK']));
  const opened = vi.spyOn(workspace.incoming, 'openFile').mockReturnValue(true);
  await workspace.room.refresh();
  workspace.room.hide();
  workspace.room.show();
  await dialog.getByRole('button', { name: /^Bring back the copy of/ }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect
    .poll(() => opened.mock.calls.map(([file]) => file.name))
    .toEqual(['cahier-backup-1970-01-01-version-3.zip']);
  expect(read).toHaveBeenCalledExactlyOnceWith(backup);
});
