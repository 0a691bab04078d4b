import { userEvent } from 'vitest/browser';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { carriedFileMark, pageLinkMark, pageMark } from '../../model/saved-page.ts';
import type { IncomingTools } from '../../session/IncomingFiles.svelte.ts';
import { createDeferred } from '../../shared/deferred.ts';
import { file, showIncoming } from '../testing/show-incoming.ts';

test('who follows a link to another host sees which, and how much has come, and can give it up', async () => {
  const coming = createDeferred<Blob>();
  let tell: Parameters<IncomingTools['fetchFile']>[2]['onProgress'] = () => undefined;
  const { dialog, workspace, reader } = await showIncoming({
    fetchFile: (_, __, { onProgress }) => {
      tell = onProgress;
      return coming.promise;
    },
  });
  workspace.incoming.openAddress('https://files.example/a/Lesson.cahier?b=1');
  await expect.element(dialog).toHaveTextContent('files.example');
  await expect.element(dialog).toHaveTextContent('https://files.example/a/Lesson.cahier?b=1');
  await dialog.getByRole('button', { name: 'Fetch the file' }).click();
  await expect.element(dialog).toHaveTextContent('Asking files.example…');
  tell({ doneBytes: 3_000_000, allBytes: null });
  await expect.element(dialog).toHaveTextContent('3.0 MB so far');
  tell({ doneBytes: 4_000_000, allBytes: 8_000_000 });
  await expect.element(dialog).toHaveTextContent('4.0 MB of 8.0 MB');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(reader.names).toEqual([]);
});

test('where a file cannot be fetched it is said how else to get it', async () => {
  const problem =
    'files.example could not be reached, or does not let pages of other sites read its answers (CORS).';
  const { dialog, workspace } = await showIncoming({ fetchFile: () => Promise.reject(new Error(problem)) });
  workspace.incoming.openAddress('https://files.example/lesson.cahier');
  await dialog.getByRole('button', { name: 'Fetch the file' }).click();
  await expect.element(dialog.getByRole('alert')).toHaveTextContent(problem);
  const link = dialog.getByRole('link', { name: 'download the file' });
  await expect.element(link).toHaveAttribute('href', 'https://files.example/lesson.cahier');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect.element(dialog.getByRole('button', { name: 'Fetch the file' })).toBeVisible();
});

test('an address that is none is refused with what to do, and is not tried again', async () => {
  const { dialog, workspace } = await showIncoming();
  workspace.incoming.openAddress('https://ada:secret@files.example/lesson.cahier');
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent('The address has a user name or a password in it');
  expect(dialog.element().textContent).not.toContain('secret');
  expect(dialog.getByRole('button', { name: 'Try again' }).query()).toBeNull();
});

function drop(target: Element, files: readonly File[]): void {
  const dataTransfer = new DataTransfer();
  for (const each of files) dataTransfer.items.add(each);
  for (const type of ['dragover', 'drop']) {
    target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }
}

/** A zip with these files, all empty, as far as its directory tells. */
function zip(name: string, ...paths: readonly string[]): File {
  const files = Object.fromEntries(paths.map((path) => [path, new Uint8Array()]));
  return new File([new Uint8Array(zipSync(files))], name);
}

test('a workspace is dropped anywhere, on cells and beside them', async () => {
  const { screen, reader, dialog, workspace, session } = await showIncoming();
  const places = [
    screen.getByRole('banner').element(),
    screen.getByRole('region', { name: 'Train' }).element(),
  ];
  for (const place of places) {
    drop(place, [file]);
    await expect.element(dialog.getByRole('heading', { name: 'Import “Statistics”' })).toBeVisible();
    await workspace.incoming.close();
    await expect.element(dialog).not.toBeInTheDocument();
  }
  drop(places[1] ?? document.body, [zip('renamed.zip', 'manifest.json', 'workspace.json')]);
  await expect.element(dialog.getByRole('heading', { name: 'Import “Statistics”' })).toBeVisible();
  await workspace.incoming.close();
  await expect.element(dialog).not.toBeInTheDocument();
  drop(places[1] ?? document.body, [zip('rescue.zip', 'about.json', 'records/notebooks.jsonl')]);
  await expect.element(dialog.getByRole('heading', { name: 'Import “Statistics”' })).toBeVisible();
  expect(reader.names).toEqual(['Lesson 3.cahier', 'Lesson 3.cahier', 'renamed.zip', 'rescue.zip']);
  expect(session.notebook.cells).toHaveLength(1);
});

test('a workspace that is dropped with other files is not imported, nor are they', async () => {
  const { screen, workspace, session, notices } = await showIncoming();
  const cell = screen.getByRole('region', { name: 'Train' }).element();
  drop(cell, [file, new File(['a\n1\n'], 'a.csv')]);
  await expect
    .poll(() => notices.list.map(({ text }) => text))
    .toEqual([
      '“Lesson 3.cahier” is a whole workspace, and other files were dropped with it. Nothing was imported: drop the workspace by itself, then the others.',
    ]);
  drop(cell, [file, zip('two.zip', 'manifest.json', 'workspace.json')]);
  await expect
    .poll(() => notices.list.map(({ text }) => text))
    .toEqual([
      '2 workspaces were dropped at once, “Lesson 3.cahier” among them. Nothing was imported: drop them one after the other.',
    ]);
  expect([workspace.incoming.shown, session.imports.others, session.imports.asked]).toEqual([null, [], null]);
});

test('what is dropped beside the cells and is no workspace is refused, and over a dialog nothing is taken', async () => {
  const { screen, workspace, notices } = await showIncoming();
  const bar = screen.getByRole('banner').element();
  drop(bar, [new File(['a\n1\n'], 'a.csv')]);
  await expect
    .poll(() => notices.list[0]?.text)
    .toMatch(/^That is no workspace\. Drop files with tables on the cells/);
  await screen.getByRole('button', { name: 'Import', exact: true }).click();
  const other = screen.getByRole('dialog', { name: 'Import' });
  await expect.element(other).toBeVisible();
  drop(other.element(), [file]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(workspace.incoming.shown).toBeNull();
});

test('a workspace that is chosen under “Import” is known for one by whichever button', async () => {
  const { screen, reader, dialog, workspace } = await showIncoming();
  for (const [label, chosen] of [
    ['Workspace to import', file],
    ['Zip to import', zip('flow.zip', 'manifest.json', 'workspace.json')],
    ['Choose a file…', zip('table.csv', 'manifest.json', 'workspace.json')],
  ] as const) {
    await screen.getByRole('button', { name: 'Import', exact: true }).click();
    await expect.element(screen.getByRole('dialog', { name: 'Import', exact: true })).toBeVisible();
    const input = document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`);
    if (!input) throw new Error(`there is no “${label}”`);
    await userEvent.upload(input, chosen);
    await expect.element(dialog.getByRole('heading', { name: 'Import “Statistics”' })).toBeVisible();
    await workspace.incoming.close();
  }
  expect(reader.names).toEqual(['Lesson 3.cahier', 'flow.zip', 'table.csv']);
});

test('a saved page is dropped like a file, and where it carries none, it is said what to press in it', async () => {
  const { screen, reader, dialog, workspace } = await showIncoming();
  const page = (body: string): File => new File([`<!doctype html>${pageMark}1">${body}`], 'Sales.html');
  const cell = screen.getByRole('region', { name: 'Train' }).element();
  drop(cell, [page(`${carriedFileMark}Sales.cahier">UEs=</script>`)]);
  await expect.element(dialog.getByRole('heading', { name: 'Import “Statistics”' })).toBeVisible();
  expect(reader.names).toEqual(['Sales.html']);
  await workspace.incoming.close();
  drop(cell, [page(`<img src=x onerror="document.title = 'shown'">${pageLinkMark}https://a.example">`)]);
  await expect.element(dialog.getByRole('alert')).toHaveTextContent('the file of the notebook is not in it.');
  await expect.element(dialog).toHaveTextContent('press “Open in Cahier” in it');
  expect([reader.names, document.title === 'shown']).toEqual([['Sales.html'], false]);
});

test('the dialog is as wide in all of its steps, however little they say', async () => {
  const { screen, dialog, reader, workspace } = await showIncoming();
  const widths = new Set<number>();
  const measure = async (text: string): Promise<void> => {
    await expect.element(dialog.getByText(text).first()).toBeVisible();
    widths.add(dialog.element().getBoundingClientRect().width);
  };
  await screen.getByRole('button', { name: 'Import', exact: true }).click();
  await measure('An OOMOL flow');
  await userEvent.keyboard('{Escape}');
  workspace.incoming.openAddress('https://files.example/lesson.cahier');
  await measure('Fetch the file');
  reader.reading = createDeferred();
  workspace.incoming.openFile(file);
  await measure('Every part of the file is checked');
  reader.reading.resolve(null);
  await measure('What becomes of it');
  workspace.incoming.openFile(new File(['<!doctype html>'], 'a.cahier'));
  await measure('It is a web page, and no workspace.');
  expect(widths.size).toBe(1);
});
