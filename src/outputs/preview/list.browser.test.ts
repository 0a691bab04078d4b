import { expect, test } from 'vitest';
import { PreviewStore } from './testing/PreviewStore.ts';
import { previewOf, settle, showPreviews } from './testing/show-preview.ts';

test('no previews say how to make one', async () => {
  const { screen } = await showPreviews([]);
  await expect.element(screen.getByText('context.preview(…)')).toBeVisible();
});

test('a preview that is replaced keeps its place, what is open and what is scrolled', async () => {
  const store = new PreviewStore();
  const json = (value: number, length: number) =>
    previewOf(
      { type: 'json', text: store.keep(JSON.stringify({ a: { b: value }, c: Array(length).fill(0) })) },
      'state',
    );
  const text = previewOf({ type: 'text', language: null, text: store.keep('below') });
  const { screen, replace } = await showPreviews([json(1, 60), text], store);
  await screen.getByRole('treeitem', { name: 'c: [ ] 60 elements' }).click();
  const tree = screen.getByRole('tree').element();
  tree.scrollTop = 800;
  // It has followed when what is far above is no longer drawn.
  await expect.element(screen.getByRole('treeitem', { name: 'a: { } 1 member' })).not.toBeInTheDocument();

  await replace([json(2, 61), text]);
  await expect.element(screen.getByText('65 values')).toBeVisible();
  expect(screen.getByRole('tree').element()).toBe(tree);
  expect(tree.scrollTop).toBe(800);
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

test('1,000 previews are drawn as they come near', async () => {
  const store = new PreviewStore();
  const value = store.keep('{"a": [1, 2, 3]}');
  const previews = Array.from({ length: 1000 }, (_, index) =>
    previewOf(
      index % 2 === 0 ? { type: 'json', text: value } : { type: 'text', language: null, text: value },
    ),
  );
  const { container } = await showPreviews(previews, store);
  const places = () => [...container.querySelectorAll('li')];
  const articles = () => [...container.querySelectorAll('article')];
  const isInView = (place: Element) => {
    const { top, bottom } = place.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const isViewDrawn = () => {
    const seen = places().filter(isInView);
    return seen.length > 0 && seen.every((place) => place.querySelector('article'));
  };
  await expect.poll(() => places().length).toBe(1000);
  await expect.poll(isViewDrawn).toBe(true);
  const before = articles();
  window.scrollTo(0, 60_000);
  await expect.poll(() => isViewDrawn() && !before.some(isInView)).toBe(true);
  const count = await settle(() => articles().length);
  expect(count).toBeGreaterThan(before.length);
  expect(count).toBeLessThan(150);
});
