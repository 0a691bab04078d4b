import { describe, expect, test } from 'vitest';
import {
  anchorAt,
  columnAt,
  columnEdges,
  columnsInView,
  contentTopOf,
  elementHeight,
  elementTopOf,
  heightLimit,
  lastContentTop,
  rowsInView,
  scrollIntoView,
  scrollTo,
  settle,
  type ScrollAnchor,
  type ScrollGeometry,
} from './virtual-window.ts';

const rowHeight = 28;
const tableOf = (rowCount: number, viewHeight = 336): ScrollGeometry => ({
  contentHeight: rowCount * rowHeight,
  viewHeight,
});
const start: ScrollAnchor = { elementTop: 0, contentTop: 0 };
const sizes = [1, 11, 12, 13, 1000, 285_714, 285_715, 300_000, 1_000_000, 20_000_000, 1_000_000_000];

describe.each(sizes)('a table of %i rows', (rowCount) => {
  const geometry = tableOf(rowCount);
  const lastElementTop = Math.max(0, elementHeight(geometry) - geometry.viewHeight);

  test('is no higher than browsers bear', () => {
    expect(elementHeight(geometry)).toBeLessThanOrEqual(heightLimit);
  });

  test('shows its first row at the top and its last row at the bottom', () => {
    const top = scrollTo(geometry, { elementTop: 5000, contentTop: 5000 }, 0);
    const bottom = scrollTo(geometry, start, lastElementTop);

    expect(rowsInView(geometry, contentTopOf(geometry, 0), rowHeight, 0, 180).start).toBe(0);
    expect(top.contentTop).toBe(0);
    expect(contentTopOf(geometry, lastElementTop)).toBe(lastContentTop(geometry));
    expect(rowsInView(geometry, lastContentTop(geometry), rowHeight, 0, 180).end).toBe(rowCount);
    expect(bottom.elementTop).toBe(lastElementTop);
    expect(bottom.contentTop).toBe(lastContentTop(geometry));
  });

  test('goes down as its element goes down, and back to the same place', () => {
    let previous = -1;
    for (let step = 0; step <= 1000; step++) {
      const elementTop = (lastElementTop * step) / 1000;
      const contentTop = contentTopOf(geometry, elementTop);
      expect(contentTop).toBeGreaterThanOrEqual(previous);
      expect(elementTopOf(geometry, contentTop)).toBeCloseTo(elementTop, 4);
      previous = contentTop;
    }
  });

  test('moves by as much as the wheel turns, wherever it is and however often', () => {
    const random = createRandom(rowCount);
    for (let place = 0; place < 200; place++) {
      let anchor = anchorAt(geometry, Math.floor(random() * (lastContentTop(geometry) + 1)));
      let expected = anchor.contentTop;
      for (let turn = 0; turn < 30; turn++) {
        const distance = Math.round((random() - 0.5) * 800);
        const before = anchor.elementTop;
        const elementTop = Math.max(0, Math.min(lastElementTop, before + distance));
        const moved = elementTop - before;
        expected = Math.max(0, Math.min(lastContentTop(geometry), expected + moved));
        anchor = scrollTo(geometry, anchor, elementTop);
        expect(Math.abs(anchor.contentTop - expected)).toBeLessThan(0.01);
        // Now and then the wheel rests.
        if (turn % 7 === 0) anchor = settle(geometry, anchor);
        expect(Math.abs(anchor.contentTop - expected)).toBeLessThan(0.01);
      }
    }
  });

  test('leaves room to turn the wheel until the end is reached', () => {
    let anchor = anchorAt(geometry, lastContentTop(geometry) - 10_000);
    for (let turn = 0; turn < 200; turn++) {
      anchor = scrollTo(geometry, anchor, Math.min(lastElementTop, anchor.elementTop + 100));
    }
    expect(anchor.contentTop).toBe(lastContentTop(geometry));
    for (let turn = 0; turn < 10; turn++) {
      anchor = settle(geometry, scrollTo(geometry, anchor, Math.max(0, anchor.elementTop - 100)));
    }
    expect(anchor.contentTop).toBeCloseTo(Math.max(0, lastContentTop(geometry) - 1000), 4);
  });

  test('jumps by proportion when the scroll bar is dragged', () => {
    const middle = scrollTo(geometry, start, lastElementTop / 2);

    expect(Math.abs(middle.contentTop - lastContentTop(geometry) / 2)).toBeLessThan(0.5 + rowCount / 1e6);
  });
});

test('a wheel turned for very long in one table is never led astray', () => {
  const geometry = tableOf(1_000_000_000);
  let anchor = anchorAt(geometry, 14_000_000_000);
  for (let turn = 0; turn < 100_000; turn++) {
    anchor = scrollTo(geometry, anchor, anchor.elementTop + 300);
  }
  expect(anchor.contentTop).toBeCloseTo(14_030_000_000, 0);
});

describe('the rows drawn', () => {
  test('are those seen and some more at either side', () => {
    expect(rowsInView(tableOf(1000), 2800, rowHeight, 10, 180)).toEqual({ start: 90, end: 122 });
    expect(rowsInView(tableOf(1000), 2810, rowHeight, 10, 180)).toEqual({ start: 90, end: 123 });
  });

  test('lie within the table', () => {
    expect(rowsInView(tableOf(3), 0, rowHeight, 10, 180)).toEqual({ start: 0, end: 3 });
    expect(rowsInView(tableOf(0), 0, rowHeight, 10, 180)).toEqual({ start: 0, end: 0 });
    expect(rowsInView(tableOf(1000), 27_664, rowHeight, 10, 180)).toEqual({ start: 978, end: 1000 });
  });

  test('are never more than the limit, however high the view', () => {
    expect(rowsInView(tableOf(10_000, 20_000), 2800, rowHeight, 10, 180)).toEqual({ start: 100, end: 280 });
  });
});

describe('columns', () => {
  const widths = Array.from({ length: 10_000 }, (_, index) => 72 + ((index * 37) % 249));
  const edges = columnEdges(widths);

  test('are found by position as by counting', () => {
    const random = createRandom(7);
    for (let round = 0; round < 500; round++) {
      const position = random() * (edges[10_000] ?? 0);
      let counted = 0;
      let width = widths[0] ?? 0;
      while (width <= position) {
        counted += 1;
        width += widths[counted] ?? Infinity;
      }
      expect(columnAt(edges, position)).toBe(counted);
    }
  });

  test('that are seen are drawn, and some more at either side', () => {
    const even = columnEdges(Array<number>(100).fill(100));
    expect(columnsInView(even, 1000, 500, 0)).toEqual({ start: 10, end: 15 });
    expect(columnsInView(even, 1050, 500, 2)).toEqual({ start: 8, end: 18 });
    expect(columnsInView(even, 9500, 500, 2)).toEqual({ start: 93, end: 100 });
    expect(columnsInView(columnEdges([]), 0, 500, 2)).toEqual({ start: 0, end: 0 });
  });
});

test('a cell is brought into view by the shortest way', () => {
  expect(scrollIntoView(100, 300, 150, 178)).toBe(100);
  expect(scrollIntoView(100, 300, 90, 118)).toBe(90);
  expect(scrollIntoView(100, 300, 390, 418)).toBe(118);
  expect(scrollIntoView(100, 20, 390, 418)).toBe(390);
});

/** Numbers from 0 to 1, the same in every run. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
