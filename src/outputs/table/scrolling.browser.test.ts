import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TableSource } from '../../data/TableSource.ts';
import { buildLargeDataset, largeFloat } from '../../data/testing/build-large-dataset.ts';
import { createDeferred } from '../../shared/deferred.ts';
import { bottomOf, engine, nextFrame, pythonFloat, showSource } from './testing/show-table.ts';

afterAll(() => {
  engine.dispose();
});

/** A table that asks another one. */
function passOn(source: TableSource): TableSource {
  return {
    summary: source.summary,
    readWindow: async (rows, columns, signal) => await source.readWindow(rows, columns, signal),
    readCell: async (row, column) => await source.readCell(row, column),
    query: async (query) => await source.query(query),
    readStatistics: async (column) => await source.readStatistics(column),
    exportFile: async (request) => await source.exportFile(request),
    close: () => undefined,
  };
}

describe('a table of a million rows', () => {
  let million: TableSource;

  beforeAll(async () => {
    million = (await engine.importDataset(buildLargeDataset(1_000_000))).table;
  });

  const show = async (source = million) => {
    const shown = await showSource(source);
    await expect.poll(() => shown.rowOf(1)?.[1]).toBe('0.0');
    return shown;
  };

  test('shows its first rows and says its size', async () => {
    const { screen, rowOf } = await show();

    await expect
      .element(screen.getByRole('grid', { name: 'people' }))
      .toHaveAttribute('aria-rowcount', '1000001');
    await expect.element(screen.getByText('1,000,000 rows × 10 columns')).toBeVisible();
    expect(rowOf(1)).toEqual(['1', ...[0, 1, 2, 3, 4].map((index) => pythonFloat(largeFloat(0, index)))]);
    expect(rowOf(2)).toEqual(['2', ...[0, 1, 2, 3, 4].map((index) => pythonFloat(largeFloat(1, index)))]);
    await expect.element(screen.getByRole('columnheader', { name: 'float 0 float64' })).toBeVisible();
  });

  test('scrolls through with never more than 200 rows in the document', async () => {
    const { grid, countRows } = await show();
    const scroller = grid.element();
    const most = { count: 0 };
    for (let step = 0; step <= 50; step++) {
      scroller.scrollTop = (scroller.scrollHeight * step) / 50;
      await nextFrame();
      most.count = Math.max(most.count, countRows());
    }

    expect(most.count).toBeGreaterThan(10);
    expect(most.count).toBeLessThanOrEqual(200);
  });

  test('shows the rows in its middle', async () => {
    const { grid, rowOf, firstSeenRow } = await show();
    const scroller = grid.element();

    scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) / 2;

    await expect.poll(firstSeenRow).toBeGreaterThan(499_000);
    const row = firstSeenRow();
    expect(row).toBeLessThan(501_000);
    await expect.poll(() => rowOf(row)?.[0]).toBe(row.toLocaleString());
    await expect.poll(() => rowOf(row)?.[1]).toBe(pythonFloat(largeFloat(row - 1, 0)));
  });

  test('shows its very last row at its bottom', async () => {
    const { grid, rowOf } = await show();
    const scroller = grid.element();

    scroller.scrollTop = scroller.scrollHeight;

    await expect.poll(() => rowOf(1_000_000)?.[1]).toBe(pythonFloat(largeFloat(999_999, 0)));
    const last = scroller.querySelector('[aria-rowindex="1000001"]');
    const distance = (last?.getBoundingClientRect().bottom ?? 0) - bottomOf(scroller);
    expect(Math.abs(distance)).toBeLessThanOrEqual(1);
  });

  test('moves by as much as the wheel turns, in its middle as at its top', async () => {
    const { grid, topOfRow, firstSeenRow } = await show();
    const scroller = grid.element();
    scroller.scrollTop = scroller.scrollHeight / 2;
    await expect.poll(firstSeenRow).toBeGreaterThan(400_000);
    const row = firstSeenRow() + 8;
    const before = topOfRow(row);

    for (let turn = 1; turn <= 5; turn++) {
      scroller.scrollTop += 30;
      await nextFrame();
      await nextFrame();
    }

    expect(topOfRow(row) - before).toBeCloseTo(-150, 0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(topOfRow(row) - before).toBeCloseTo(-150, 0);
  });

  test('keeps showing what it knows while it scrolls by a little', async () => {
    const { grid, rowOf } = await show();
    await expect.poll(() => rowOf(12)?.[1]).toBeTruthy();

    grid.element().scrollTop = 112;
    await nextFrame();

    expect(grid.element().querySelectorAll('[aria-busy="true"]').length).toBe(0);
  });

  test('computes what columns are like once it has come to rest', async () => {
    const asked: number[] = [];
    const { grid } = await show({
      ...passOn(million),
      readStatistics: async (column) => {
        asked.push(column);
        return await million.readStatistics(column);
      },
    });
    await expect.poll(() => asked).toEqual([0, 1, 2, 3, 4]);
    const scroller = grid.element();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      for (let step = 0; step < 20; step++) {
        scroller.scrollLeft += 40;
        await nextFrame();
      }
      expect(asked).toEqual([0, 1, 2, 3, 4]);

      vi.advanceTimersByTime(150);
      await expect.poll(() => asked.length).toBeGreaterThan(5);
    } finally {
      vi.useRealTimers();
    }
  });

  test('asks for the last place only when it is scrolled in a burst', async () => {
    const asked: number[] = [];
    let gate: Promise<unknown> = Promise.resolve();
    const gated: TableSource = {
      ...passOn(million),
      readWindow: async (rows, columns, signal) => {
        asked.push(rows.start);
        await gate;
        return await million.readWindow(rows, columns, signal);
      },
    };
    const { grid, firstSeenRow } = await show(gated);
    const { promise, resolve } = createDeferred<null>();
    gate = promise;
    asked.length = 0;

    const scroller = grid.element();
    for (let step = 1; step <= 10; step++) {
      scroller.scrollTop = 500_000 * step;
      await nextFrame();
      await nextFrame();
    }
    expect(asked).toHaveLength(1);
    expect(scroller.querySelectorAll('[aria-busy="true"]').length).toBeGreaterThan(10);
    resolve(null);

    await expect.poll(() => scroller.querySelectorAll('[aria-busy="true"]').length).toBe(0);
    expect(asked).toHaveLength(2);
    expect(Math.abs((asked[1] ?? 0) - firstSeenRow())).toBeLessThan(100);
  });
});
