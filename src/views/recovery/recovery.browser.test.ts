import { strFromU8, unzipSync } from 'fflate';
import { openDB } from 'idb';
import { render } from 'vitest-browser-svelte';
import { expect, test, vi } from 'vitest';
import { buildNotebook } from '../../model/testing/builders.ts';
import { Recovery, type RecoveryReason } from '../../session/Recovery.svelte.ts';
import { takeMarkedBackup } from '../../session/open-backup.ts';
import { newestVersion } from '../../storage/migrations.ts';
import { BackupFolder } from '../../storage/salvage/BackupFolder.ts';
import { createName } from '../../storage/testing/databases.ts';
import '../../ui/base.css';
import '../../ui/tokens.css';
import { fitWindow } from '../../ui/testing/mouse.ts';
import RecoveryScreen from './RecoveryScreen.svelte';

/** The screen beside a database of a version that is not there yet, with a notebook in it. */
async function show(
  reason: RecoveryReason = { kind: 'newer', message: 'the version is too old' },
  name = createName(),
) {
  await fitWindow(1_000);
  const database = await openDB(name, newestVersion + 1, {
    upgrade: (opened) => {
      opened.createObjectStore('notebooks', { keyPath: 'id' });
    },
  });
  await database.put('notebooks', buildNotebook(['one'], { title: 'Mine' }));
  database.close();
  const reload = vi.fn();
  const goWithout = vi.fn();
  const recovery = new Recovery(reason, { databaseName: name, appVersion: '0.1.0', reload, goWithout });
  const screen = await render(RecoveryScreen, { recovery });
  return { screen, reload, goWithout, name };
}

/** What the page would download. */
function watchDownloads(): Promise<{ readonly name: string; readonly file: Blob }> {
  return new Promise((settle) => {
    const files: Blob[] = [];
    const create = vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      if (file instanceof Blob) files.push(file);
      return 'blob:made';
    });
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function press(
      this: HTMLAnchorElement,
    ) {
      const [file] = files;
      create.mockRestore();
      click.mockRestore();
      if (file) settle({ name: this.download, file });
    });
  });
}

test('the screen says why the app does not begin, and what can be done', async () => {
  const { screen, reload, goWithout } = await show();
  await expect
    .element(screen.getByRole('heading', { level: 1 }))
    .toHaveTextContent('What is stored here is newer than this Cahier');
  await expect.element(screen.getByText('The reason that was given: the version is too old')).toBeVisible();
  await screen.getByRole('button', { name: 'Try again' }).click();
  expect(reload).toHaveBeenCalledOnce();
  await screen.getByRole('button', { name: 'Work without storing' }).click();
  expect(goWithout).toHaveBeenCalledOnce();
});

test('what can be read is saved as a zip, with what was written in cells', async () => {
  vi.stubGlobal('showSaveFilePicker', undefined);
  const { screen } = await show();
  const downloaded = watchDownloads();
  await screen.getByRole('button', { name: 'Save what can be read' }).click();
  const { name, file } = await downloaded;
  expect(name).toMatch(/^cahier-rescue-\d{4}-\d\d-\d\d\.zip$/);
  const entries = unzipSync(new Uint8Array(await file.arrayBuffer()));
  expect(Object.keys(entries)).toEqual([
    'README.txt',
    'records/notebooks.jsonl',
    'notebooks/mine/one.py',
    'about.json',
  ]);
  expect(strFromU8(entries['notebooks/mine/one.py'] ?? new Uint8Array())).toBe('print("one")');
  await expect
    .element(screen.getByRole('status'))
    .toHaveTextContent(/^The file is written, with 1 record and 0 values \(/);
  vi.unstubAllGlobals();
});

test('everything is deleted after its reader has typed so, and was offered to save it', async () => {
  const { screen, reload, name } = await show({ kind: 'broken', message: '' });
  await screen.getByRole('button', { name: 'Delete everything stored here…' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Delete everything stored here' });
  await expect.element(dialog.getByRole('button', { name: 'Save what can be read first' })).toBeVisible();
  const remove = dialog.getByRole('button', { name: 'Delete everything' });
  await expect.element(remove).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox').fill('delete all');
  await expect.element(remove).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox').fill('Delete everything');
  await remove.click();
  await expect.poll(() => reload.mock.calls.length).toBe(1);
  expect((await indexedDB.databases()).some((each) => each.name === name)).toBe(false);
});

/** A copy of a database, as far as the list of them looks at it. */
async function addCopy(name: string): Promise<void> {
  await BackupFolder.open(name);
  const folder = await (
    await (await navigator.storage.getDirectory()).getDirectoryHandle('cahier-backups')
  ).getDirectoryHandle(encodeURIComponent(name));
  const file = await folder.getFileHandle('1700000000000-version-3.zip', { create: true });
  const writable = await file.createWritable();
  await writable.write(new Uint8Array([0x50, 0x4b, 5, 6, ...new Uint8Array(18)]));
  await writable.close();
}

test('copies from before updates are offered', async () => {
  const name = createName();
  await addCopy(name);
  const { screen } = await show({ kind: 'migration', message: 'a step that fails' }, name);
  const copies = screen.getByRole('region', { name: 'Copies from before updates' });
  const downloaded = watchDownloads();
  await copies.getByRole('button', { name: /^Download the copy of .*2023/ }).click();
  expect((await downloaded).name).toBe('cahier-backup-2023-11-14-version-3.zip');
});

test('it is begun anew with a copy, which is opened once the page is loaded again', async () => {
  const name = createName();
  await addCopy(name);
  const { screen, reload } = await show({ kind: 'migration', message: 'a step that fails' }, name);
  await screen.getByRole('button', { name: /^Begin anew with the copy of .*2023/ }).click();
  const dialog = screen.getByRole('dialog', { name: 'Begin anew with a copy' });
  await expect.element(dialog).toHaveTextContent('no tables, files, models and images: those go for good');
  await dialog.getByRole('textbox').fill('delete everything');
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await expect.poll(() => reload.mock.calls.length).toBe(1);
  expect((await indexedDB.databases()).some((each) => each.name === name)).toBe(false);
  expect(await (await BackupFolder.open(name)).list()).toHaveLength(1);
  expect([takeMarkedBackup(), takeMarkedBackup()]).toEqual([{ name: '1700000000000-version-3.zip' }, null]);
});

test('while another tab holds what is stored, there is nothing to save or delete', async () => {
  const { screen } = await show({ kind: 'blocked', message: '' });
  await expect.element(screen.getByText('Close that tab: this page goes on by itself then.')).toBeVisible();
  expect(screen.getByRole('region').elements()).toEqual([]);
});
