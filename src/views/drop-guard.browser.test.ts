import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { buildNotebook } from '../model/testing/builders.ts';
import App from './App.svelte';
import { openWorkspace } from './testing/open-workspace.ts';

test('a file that is dropped where nothing takes it does not make the browser leave the page', async () => {
  const { workspace } = await openWorkspace(buildNotebook([], { title: 'Lesson' }));
  const screen = await render(App, { workspace, packagesUrl: 'packages.json' });
  const files = new DataTransfer();
  files.items.add(new File(['a\n1\n'], 'a.csv'));
  const text = new DataTransfer();
  text.setData('text/plain', 'a');
  const bar = screen.getByRole('banner').element();
  const isPrevented = (type: string, dataTransfer: DataTransfer): boolean =>
    !bar.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  const found = ['dragover', 'drop'].map((type) => [isPrevented(type, files), isPrevented(type, text)]);
  expect(found).toEqual([
    [true, false],
    [true, false],
  ]);
  expect(workspace.session?.notebook.cells).toEqual([]);
});

test('while files are dragged over a notebook it says what a drop does, and while text is it does not', async () => {
  const { workspace } = await openWorkspace(buildNotebook([], { title: 'Lesson' }));
  const screen = await render(App, { workspace, packagesUrl: 'packages.json' });
  const text = new DataTransfer();
  text.setData('text/plain', 'a');
  const files = new DataTransfer();
  files.items.add(new File(['a\n1\n'], 'a.csv'));
  await expect.element(screen.getByText('Or drop a file with a table or a workspace here')).toBeVisible();
  const place = screen.getByRole('heading', { name: 'An empty notebook' }).element();
  const send = (type: string, dataTransfer: DataTransfer): boolean =>
    place.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  const words = screen.getByText('Drop to make a Dataset, or to import a workspace');
  send('dragover', text);
  await expect.element(words).not.toBeInTheDocument();
  send('dragover', files);
  await expect.element(words).toBeVisible();
  send('dragleave', files);
  await expect.element(words).not.toBeInTheDocument();
});
