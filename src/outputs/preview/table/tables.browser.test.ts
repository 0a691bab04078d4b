import { describe, expect, test } from 'vitest';
import * as build from '../../../data/testing/build-dataset.ts';
import { PreviewStore } from '../testing/PreviewStore.ts';
import { showPreview } from '../testing/show-preview.ts';

function readTable(container: Element): string[][] {
  return [...container.querySelectorAll('[role=row]')].map((row) =>
    [...row.children].slice(1).map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()),
  );
}

describe('a table', () => {
  test('is shown in the viewer of tables', async () => {
    const store = new PreviewStore();
    const table = await store.keepTable(
      build.dataset(build.int64('n', [1n, 2n]), build.string('t', ['a', 'b'])),
    );
    const { container, screen } = await showPreview(
      { type: 'table', table, rowCount: 2, isShortened: false },
      store,
    );
    await expect
      .poll(() => readTable(container))
      .toEqual([
        ['n int64', 't string'],
        ['1', 'a'],
        ['2', 'b'],
      ]);
    await expect.element(screen.getByRole('grid', { name: 'Table' })).toBeVisible();
  });

  test('of which only parts are there says how long it is', async () => {
    const store = new PreviewStore();
    const table = await store.keepTable(build.dataset(build.string('n', ['1', '…', '9'])));
    const { screen } = await showPreview(
      { type: 'table', table, rowCount: 12_345, isShortened: true },
      store,
    );
    await expect.element(screen.getByText('First and last rows of 12,345.')).toBeVisible();
  });

  test('that is lost says so', async () => {
    const store = new PreviewStore();
    const table = await store.keepTable(build.dataset(build.string('n', ['1'])));
    store.isBroken = true;
    const { screen } = await showPreview({ type: 'table', table, rowCount: 1, isShortened: false }, store);
    await expect.element(screen.getByRole('alert')).toHaveTextContent('The browser has lost this value.');
  });
});

describe('CSV', () => {
  test('is a table', async () => {
    const store = new PreviewStore();
    const { container } = await showPreview({ type: 'csv', text: store.keep('a;b\n1;"x;y"\n') }, store);
    await expect
      .poll(() => readTable(container))
      .toEqual([
        ['a int64', 'b string'],
        ['1', 'x;y'],
      ]);
  });

  test('says how many of its rows do not fit', async () => {
    const store = new PreviewStore();
    const { container, screen } = await showPreview(
      { type: 'csv', text: store.keep('a,b\n1,x\n2,y,z\n') },
      store,
    );
    await expect
      .poll(() => readTable(container))
      .toEqual([
        ['a int64', 'b string'],
        ['1', 'x'],
      ]);
    await expect.element(screen.getByText('1 row is not shown: it does not fit the columns.')).toBeVisible();
  });

  test('that is empty says so', async () => {
    const store = new PreviewStore();
    const { screen } = await showPreview({ type: 'csv', text: store.keep('') }, store);
    await expect.element(screen.getByText('An empty dataset: no columns, no rows')).toBeVisible();
  });
});
