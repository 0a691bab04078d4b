import { expect, test } from 'vitest';
import type { RemoteKind } from '../../../model/preview.ts';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { showPreview } from '../testing/show-preview.ts';

const url = 'https://a.example/b?c';

async function showRemote(shownAs: RemoteKind, answer: string | null) {
  const store = new PreviewStore();
  if (answer !== null) store.remote.set(url, new Blob([answer]));
  return await showPreview({ type: 'remote', shownAs, language: null, url }, store);
}

test('a text on another host is shown by the renderer of its type, below its address', async () => {
  const markdown = await showRemote('markdown', '# Title <script>alert(1)</script>');
  await expect.element(markdown.screen.getByRole('heading', { name: 'Title' })).toBeVisible();
  const link = markdown.screen.getByRole('link', { name: url }).element();
  expect(['href', 'target', 'rel'].map((name) => link.getAttribute(name))).toEqual([
    url,
    '_blank',
    'noopener noreferrer',
  ]);
  expect(markdown.store.asked).toEqual([url]);
  expect(markdown.container.querySelector('script')).toBe(null);

  const text = await showRemote('text', 'one\ntwo');
  await expect.element(text.screen.getByRole('region', { name: 'Text' })).toHaveTextContent('one');

  const json = await showRemote('json', '{"a": 1}');
  await expect.element(json.screen.getByRole('treeitem', { name: 'a: 1' })).toBeVisible();

  const html = await showRemote('html', '<p>a</p>');
  const apart = () => html.container.querySelector('iframe')?.contentDocument?.querySelector('iframe');
  await expect.poll(() => apart()?.getAttribute('sandbox')).toBe('allow-scripts');
});

test('what is not let through says why beside its address, and can be asked for again', async () => {
  const { screen, store } = await showRemote('csv', null);
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent('The workspace does not allow a.example.');
  await expect.element(screen.getByRole('link', { name: url })).toBeVisible();
  store.remote.set(url, new Blob(['a,b\n1,2\n']));
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('gridcell', { name: '2' })).toBeVisible();
});

test('why something is not shown stands in its place', async () => {
  const problem = 'A preview of type csv is not shown: there is no file "rows.csv".';
  const { screen } = await showPreview({ type: 'problem', problem });
  await expect
    .element(screen.getByRole('article', { name: 'Preview: Not shown' }))
    .toHaveTextContent(problem);
});
