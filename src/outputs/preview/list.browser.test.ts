import { expect, test } from 'vitest';
import { PreviewStore } from './testing/PreviewStore.ts';
import { previewOf, showPreviews, wait, watchLongTasks } from './testing/show-preview.ts';

test('no previews say how to make one', async () => {
  const { screen } = await showPreviews([]);
  await expect.element(screen.getByText('context.preview(…)')).toBeVisible();
});

test('a preview that is replaced keeps its place, what is open and what is scrolled', async () => {
  const store = new PreviewStore();
  const json = (value: number) =>
    previewOf(
      { type: 'json', text: store.keep(JSON.stringify({ a: { b: value }, c: Array(60).fill(0) })) },
      'state',
    );
  const text = previewOf({ type: 'text', language: null, text: store.keep('below') });
  const { screen, replace } = await showPreviews([json(1), text], store);
  await screen.getByRole('treeitem', { name: 'c: [ ] 60 elements' }).click();
  const tree = screen.getByRole('tree').element();
  tree.scrollTop = 200;
  await wait(50);

  await replace([json(2), text]);
  await wait(200);
  expect(screen.getByRole('tree').element()).toBe(tree);
  expect(tree.scrollTop).toBe(200);
  tree.scrollTop = 0;
  await screen.getByRole('treeitem', { name: 'a: { } 1 member' }).click();
  await expect.element(screen.getByRole('treeitem', { name: 'b: 2' })).toBeVisible();
  expect(
    screen
      .getByRole('article')
      .elements()
      .map((article) => article.ariaLabel),
  ).toEqual(['Preview: JSON · state', 'Preview: Text']);
});

test('1,000 previews are drawn as they come near, without a long task', async () => {
  const store = new PreviewStore();
  const value = store.keep('{"a": [1, 2, 3]}');
  const previews = Array.from({ length: 1000 }, (_, index) =>
    previewOf(
      index % 2 === 0 ? { type: 'json', text: value } : { type: 'text', language: null, text: value },
    ),
  );
  const stopWatching = watchLongTasks();
  const { screen, container } = await showPreviews(previews, store);
  await expect.element(screen.getByRole('article').first()).toBeVisible();
  await wait(300);
  const articles = () => [...container.querySelectorAll('article')];
  const countBefore = articles().length;
  window.scrollTo(0, 60_000);
  const isInView = (article: Element) => Math.abs(article.getBoundingClientRect().top) < innerHeight;
  await expect.poll(() => articles().some(isInView)).toBe(true);
  await wait(300);
  const longest = stopWatching();
  expect(longest).toBeLessThan(100);
  expect(container.querySelectorAll('li').length).toBe(1000);
  expect(articles().length).toBeGreaterThan(countBefore);
  expect(articles().length).toBeLessThan(150);
});
