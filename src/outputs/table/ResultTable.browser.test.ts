import { afterAll, describe, expect, test } from 'vitest';
import { startTableWorker } from '../../data/start-table-worker.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import type { CellWindow, TableSource } from '../../data/TableSource.ts';
import * as build from '../../data/testing/build-dataset.ts';
import { buildLargeDataset, largeFloat } from '../../data/testing/build-large-dataset.ts';
import { rowHeight } from './TableScroll.svelte.ts';
import { bottomOf, engine, nextFrame, pythonFloat, showDataset, showSource } from './testing/show-table.ts';

afterAll(() => {
  engine.dispose();
});

describe('when rows cannot be read', () => {
  test('it says why, and reads them when asked again', async () => {
    const { table } = await engine.importDataset(build.dataset(build.string('t', ['here'])));
    let isBroken = true;
    const source = brokenWhile(table, () => isBroken);
    const { screen, rowOf } = await showSource(source);

    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('These rows could not be read: the disk is gone');
    expect(screen.getByRole('gridcell').elements()).toEqual([]);
    for (let frame = 0; frame < 5; frame++) await nextFrame();

    isBroken = false;
    await screen.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => rowOf(1)).toEqual(['1', 'here']);
    await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  });

  test('it says so as well when the engine is gone', async () => {
    const other = new TableEngine(startTableWorker);
    const { grid, screen, rowOf } = await showSource(
      (await other.importDataset(buildLargeDataset(100_000))).table,
    );
    await expect.poll(() => rowOf(1)?.[1]).toBe('0.0');

    other.dispose();
    grid.element().scrollTop = 1_000_000;

    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('These rows could not be read: The table engine was closed.');
  });

  test('a cell that cannot be read says so in its panel', async () => {
    const { table } = await engine.importDataset(build.dataset(build.string('t', ['here'])));
    const source: TableSource = {
      ...brokenWhile(table, () => false),
      readCell: () => Promise.reject(new Error('it is gone')),
    };
    const { screen } = await showSource(source);

    await screen.getByRole('gridcell', { name: 'here' }).dblClick();

    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('This cell could not be read: it is gone');
  });
});

test('another table takes the place of the first one without an empty moment', async () => {
  const first = (await engine.importDataset(build.dataset(build.string('t', ['old'])))).table;
  const second = (await engine.importDataset(build.dataset(build.string('u', ['new', 'newer'])))).table;
  const { screen, rowOf, rerender } = await showSource(first);
  await expect.poll(() => rowOf(1)).toEqual(['1', 'old']);

  const seen = new Set<string>();
  const observer = new MutationObserver(() => seen.add(JSON.stringify(rowOf(1))));
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  await rerender({ source: second });
  await expect.poll(() => rowOf(2)).toEqual(['2', 'newer']);
  observer.disconnect();

  expect([...seen].every((row) => ['["1","old"]', '["1","new"]'].includes(row))).toBe(true);
  await expect.element(screen.getByRole('columnheader', { name: 'u string' })).toBeVisible();
});

test('a shorter table in the place of one scrolled to its end shows its own end', async () => {
  const long = (await engine.importDataset(buildLargeDataset(1_000_000))).table;
  const short = (await engine.importDataset(buildLargeDataset(1000))).table;
  const { grid, rowOf, rerender } = await showSource(long);
  await expect.poll(() => rowOf(1)?.[1]).toBe('0.0');
  grid.element().scrollTop = grid.element().scrollHeight;
  await expect.poll(() => rowOf(1_000_000)?.[1]).toBeTruthy();

  await rerender({ source: short });

  await expect.poll(() => rowOf(1000)?.[1]).toBe(pythonFloat(largeFloat(999, 0)));
});

test('a table run again keeps its place', async () => {
  const first = (await engine.importDataset(buildLargeDataset(900_000))).table;
  const second = (await engine.importDataset(buildLargeDataset(1_000_000))).table;
  const { grid, firstSeenRow, rowOf, rerender } = await showSource(first);
  await expect.poll(() => rowOf(1)?.[1]).toBe('0.0');
  grid.element().scrollTop = 4_000_000;
  await expect.poll(firstSeenRow).toBeGreaterThan(400_000);
  const row = firstSeenRow();

  await rerender({ source: second });

  await expect.poll(() => grid.element().ariaRowCount).toBe('1000001');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(firstSeenRow()).toBe(row);
  await expect.poll(() => rowOf(row)?.[1]).toBe(pythonFloat(largeFloat(row - 1, 0)));
});

describe('its height', () => {
  test('is that of twelve rows where it is left free, and of its rows when they are fewer', async () => {
    const many = await showDataset(buildLargeDataset(1000));
    await expect.poll(() => many.rowOf(1)?.[0]).toBe('1');
    expect(many.grid.element().clientHeight).toBe(64 + 12 * rowHeight);

    const few = await showDataset(build.dataset(build.int64('n', [1n, 2n])));
    await expect.poll(() => few.rowOf(1)?.[0]).toBe('1');
    expect(few.grid.element().clientHeight).toBe(40 + 2 * rowHeight);
  });

  test.each(['height: 600px', 'max-height: 200px'])('fits a container with %s', async (style) => {
    const { table } = await engine.importDataset(buildLargeDataset(1000));
    const { screen, rowOf, container } = await showSource(table, 700, style);
    await expect.poll(() => rowOf(1)?.[0]).toBe('1');

    const footer = screen.getByText('1,000 rows × 10 columns').element();
    expect(bottomOf(footer)).toBeLessThanOrEqual(bottomOf(container));
    expect(bottomOf(footer)).toBeGreaterThan(bottomOf(container) - 20);
  });

  test('does not change as its rows arrive', async () => {
    const { table } = await engine.importDataset(build.dataset(build.int64('n', [1n, 2n, 3n])));
    const heights = new Set<number>();
    const { grid, rowOf } = await showSource(table);
    heights.add(grid.element().clientHeight);
    await expect.poll(() => rowOf(1)?.[1]).toBe('1');
    heights.add(grid.element().clientHeight);

    expect([...heights]).toEqual([40 + 3 * rowHeight]);
  });

  test('counts on the row height of the tokens', () => {
    expect(getComputedStyle(document.documentElement).getPropertyValue('--row-height')).toBe(
      `${String(rowHeight)}px`,
    );
  });
});

function brokenWhile(table: TableSource, isBroken: () => boolean): TableSource {
  return {
    summary: table.summary,
    readWindow: async (rows, columns, signal): Promise<CellWindow> => {
      if (isBroken()) throw new Error('the disk is gone');
      return await table.readWindow(rows, columns, signal);
    },
    readCell: async (row, column) => await table.readCell(row, column),
    query: async (query) => await table.query(query),
    readStatistics: async (column) => await table.readStatistics(column),
    exportFile: async (request) => await table.exportFile(request),
    close: () => {
      table.close();
    },
  };
}
