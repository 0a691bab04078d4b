import { expect, test } from 'vitest';
import {
  createLayout,
  moveColumn,
  placeColumn,
  setHidden,
  setPinned,
  setWidth,
  shownColumns,
} from './column-layout.ts';

const four = createLayout(4);

test('columns are shown in their order, those that are pinned first, and none that is hidden', () => {
  expect(shownColumns(four)).toEqual([0, 1, 2, 3]);
  expect(shownColumns(setHidden(setPinned(four, 2, true), [1], true))).toEqual([2, 0, 3]);
});

test('a column moves by one place among those that are shown, and not among those that are pinned', () => {
  const hidden = setHidden(four, [1], true);
  expect(shownColumns(moveColumn(hidden, 0, 1))).toEqual([2, 0, 3]);
  expect(moveColumn(four, 3, 1)).toBe(four);
  const pinned = setPinned(four, 0, true);
  expect(moveColumn(pinned, 1, -1)).toBe(pinned);
});

test('a column that is put beside another one is pinned as that is', () => {
  const pinned = setPinned(four, 3, true);
  expect(shownColumns(placeColumn(pinned, 1, 3, true))).toEqual([3, 1, 0, 2]);
  expect(shownColumns(placeColumn(pinned, 3, 0, true))).toEqual([0, 3, 1, 2]);
});

test('the last column cannot be hidden', () => {
  const one = setHidden(four, [0, 1, 2], true);
  expect(setHidden(one, [3], true)).toBe(one);
});

test('widths stay within bounds, and can be given back', () => {
  const wide = setWidth(setWidth(four, 0, 1), 1, 1e9);
  expect([...wide.widths]).toEqual([
    [0, 48],
    [1, 1200],
  ]);
  expect([...setWidth(wide, 1, null).widths.keys()]).toEqual([0]);
});
