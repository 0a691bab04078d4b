// Longer than most files: all that can be asked of a table.
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { TableSource } from '../../data/TableSource.ts';
import * as build from '../../data/testing/build-dataset.ts';
import { buildLargeDataset, largeFloat } from '../../data/testing/build-large-dataset.ts';
import { engine, focusGrid, pythonFloat, showDataset, showSource } from './testing/show-table.ts';

afterAll(() => {
  engine.dispose();
});

const exportedTypes: Record<string, string> = {
  CSV: 'text/csv',
  'JSON Lines': 'application/jsonl',
  Parquet: 'application/vnd.apache.parquet',
  Arrow: 'application/vnd.apache.arrow.file',
};

const { clipboard } = navigator;
afterEach(() => {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
});

function catchCopies(): string[] {
  const copied: string[] = [];
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: (text: string) => Promise.resolve(copied.push(text)) },
  });
  return copied;
}

const people = () =>
  build.dataset(
    build.string('name', ['Ada', 'Grace', null, 'Alan']),
    build.int64('born', [1815n, 1906n, 1900n, 1912n]),
    build.bool('is here', [true, false, true, null]),
  );

async function showPeople() {
  const shown = await showDataset(people(), 800);
  await expect.poll(() => shown.rowOf(1)?.[1]).toBe('Ada');
  const rows = () => [1, 2, 3, 4].flatMap((row) => shown.rowOf(row)?.slice(0, 2).join(' ') ?? []);
  const header = (name: string) => shown.screen.getByRole('columnheader', { name });
  const openMenu = async (name: string) => {
    await header(name)
      .getByRole('button', { name: /^Column/ })
      .click();
  };
  const choose = async (name: string, entry: string) => {
    await openMenu(name);
    await shown.screen.getByRole('menuitem', { name: entry }).click();
  };
  return { ...shown, rows, header, choose };
}

/** A table of which parts can be replaced. */
function stub(table: TableSource): TableSource {
  return {
    summary: table.summary,
    readWindow: (...given) => table.readWindow(...given),
    readCell: (...given) => table.readCell(...given),
    readStatistics: (...given) => table.readStatistics(...given),
    exportFile: (...given) => table.exportFile(...given),
    query: (...given) => table.query(...given),
    close: () => undefined,
  };
}

describe('sorting', () => {
  test('goes up, down, and away by pressing a header, and row numbers stay those of the table', async () => {
    const { rows, header } = await showPeople();
    const press = async () => {
      await header('name string').getByRole('button', { name: /^name/ }).click();
    };
    await press();
    await expect.poll(rows).toEqual(['1 Ada', '4 Alan', '2 Grace', '3 null']);
    await expect.element(header('name string')).toHaveAttribute('aria-sort', 'ascending');
    await press();
    await expect.poll(rows).toEqual(['2 Grace', '4 Alan', '1 Ada', '3 null']);
    await expect.element(header('name string')).toHaveAttribute('aria-sort', 'descending');
    await press();
    await expect.poll(rows).toEqual(['1 Ada', '2 Grace', '3 null', '4 Alan']);
    await expect.element(header('name string')).not.toHaveAttribute('aria-sort');
  });

  test('by several columns is told below the table, and cleared there', async () => {
    const { screen, rows, header } = await showPeople();
    await header('is here bool')
      .getByRole('button', { name: /^is here/ })
      .click();
    await userEvent.keyboard('{Shift>}');
    await header('born int64').getByRole('button', { name: /^born/ }).click();
    await userEvent.keyboard('{/Shift}');
    await expect.poll(rows).toEqual(['2 Grace', '1 Ada', '3 null', '4 Alan']);

    await screen.getByRole('button', { name: 'Remove is here ↑' }).click();
    await expect.poll(rows).toEqual(['1 Ada', '3 null', '2 Grace', '4 Alan']);
  });

  test('by two columns of one name tells both, each to be cleared by itself', async () => {
    const { screen, rowOf } = await showDataset(
      build.dataset(build.int64('a', [2n, 1n, 2n]), build.int64('a', [1n, 2n, 0n])),
    );
    await expect.poll(() => rowOf(1)).toEqual(['1', '2', '1']);
    const press = async (index: number) => {
      await screen
        .getByRole('columnheader', { name: 'a int64' })
        .nth(index)
        .getByRole('button')
        .first()
        .click();
    };
    await press(0);
    await userEvent.keyboard('{Shift>}');
    await press(1);
    await userEvent.keyboard('{/Shift}');
    await expect
      .poll(() => [1, 2, 3].map(rowOf))
      .toEqual([
        ['2', '1', '2'],
        ['3', '2', '0'],
        ['1', '2', '1'],
      ]);
    const chips = screen.getByRole('button', { name: 'Remove a ↑' });
    await expect.poll(() => chips.elements().length).toBe(2);
    await chips.first().click();
    await expect.poll(() => rowOf(1)).toEqual(['3', '2', '0']);
  });

  test('is told of a column once the rows are sorted, and not before', async () => {
    const { table } = await engine.importDataset(people());
    const waiting: (() => void)[] = [];
    const slow: TableSource = {
      ...stub(table),
      query: async (query) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return await table.query(query);
      },
    };
    const { screen, grid, rowOf, container } = await showSource(slow, 520);
    await expect.poll(() => rowOf(1)?.[1]).toBe('Ada');
    const height = container.offsetHeight;
    const header = screen.getByRole('columnheader', { name: 'born int64' });
    await header.getByRole('button', { name: /^born/ }).click();
    await header.getByRole('button', { name: /^born/ }).click();
    await expect.element(screen.getByText('Sorting the rows').first()).toBeVisible();
    await expect.element(grid).toHaveAttribute('aria-busy', 'true');
    expect(container.offsetHeight).toBe(height);
    await expect.element(header).not.toHaveAttribute('aria-sort');
    for (const go of waiting) go();
    await expect.element(header).toHaveAttribute('aria-sort', 'descending');
    await expect.element(grid).toHaveAttribute('aria-busy', 'false');
    expect(rowOf(1)?.[1]).toBe('Alan');
    table.close();
  });

  test('of a million rows ends at the smallest', async () => {
    const { table } = await engine.importDataset(buildLargeDataset(1_000_000));
    const { screen, rowOf } = await showSource(table);
    await expect.poll(() => rowOf(1)?.[1]).toBe('0.0');
    const head = screen.getByRole('columnheader', { name: 'float 1 float64' });
    await head.getByRole('button', { name: /^float 1/ }).click();
    let least = Infinity;
    for (let row = 0; row < 1_000_000; row++) least = Math.min(least, largeFloat(row, 1));
    await expect.poll(() => rowOf(1)?.[2], { timeout: 10_000 }).toBe(pythonFloat(least));
    table.close();
  });
});

describe('filtering', () => {
  test('keeps what meets the condition, says so, and gives the rest back', async () => {
    const { screen, grid, rows, choose } = await showPeople();
    await choose('born int64', 'Filter…');
    const form = screen.getByRole('dialog', { name: 'Filter born' });
    await form.getByRole('combobox').selectOptions('is more than');
    await form.getByRole('textbox', { name: 'Value' }).fill('1900');
    await form.getByRole('button', { name: 'Filter' }).click();

    await expect.poll(rows).toEqual(['2 Grace', '4 Alan']);
    await expect.element(screen.getByText('2 of 4 rows × 3 columns')).toBeVisible();
    await expect.element(grid).toHaveAttribute('aria-rowcount', '3');
    await screen.getByRole('button', { name: 'Remove born > 1900' }).click();
    await expect.poll(rows).toHaveLength(4);
  });

  test('by picked values, of which those that are there are offered', async () => {
    const { screen, rows, choose } = await showPeople();
    await choose('is here bool', 'Filter…');
    const form = screen.getByRole('dialog', { name: 'Filter is here' });
    await form.getByRole('checkbox', { name: /^False/ }).click();
    await form.getByRole('checkbox', { name: /^null/ }).click();
    await form.getByRole('button', { name: 'Filter' }).click();
    await expect.poll(rows).toEqual(['2 Grace', '4 Alan']);
  });

  test('that leaves nothing says so, and offers all rows again', async () => {
    const { screen, rows } = await showPeople();
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('nobody');
    await expect.element(screen.getByText('No row is like that.')).toBeVisible();
    await screen.getByRole('button', { name: 'Show all rows' }).click();
    await expect.poll(rows).toHaveLength(4);
  });

  test('with what is no number is told how to be written, as it is typed', async () => {
    const { screen, rows, choose } = await showPeople();
    await choose('born int64', 'Filter…');
    const form = screen.getByRole('dialog', { name: 'Filter born' });
    const value = form.getByRole('textbox', { name: 'Value' });
    await value.fill('1900,5');
    await expect
      .element(value)
      .toHaveAccessibleDescription('“1900,5” is not a number. Write it with a point: 1900.5.');
    await form.getByRole('button', { name: 'Filter' }).click();
    await expect.element(screen.getByRole('alert')).toBeVisible();
    expect(rows()).toHaveLength(4);

    await form.getByRole('combobox').selectOptions('is more than');
    await value.fill('1900.5');
    await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
    await form.getByRole('button', { name: 'Filter' }).click();
    await expect.poll(rows).toEqual(['2 Grace', '4 Alan']);
  });

  test('that cannot be used can be taken back, which leaves the focus in the table', async () => {
    const { screen, grid, rows, choose } = await showPeople();
    await choose('name string', 'Filter…');
    const form = screen.getByRole('dialog', { name: 'Filter name' });
    await form.getByRole('combobox').selectOptions('matches the pattern');
    await form.getByRole('textbox', { name: 'Value' }).fill('(');
    await form.getByRole('button', { name: 'Filter' }).click();
    await expect.element(screen.getByRole('alert')).toHaveTextContent('The pattern cannot be used');
    await screen.getByRole('button', { name: 'Go back' }).click();
    await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
    await expect.element(grid).toHaveFocus();
    expect(rows()).toHaveLength(4);
  });

  test('and a search are taken away one by one, and the focus goes on with what is left', async () => {
    const { screen, grid, rows, choose } = await showPeople();
    await choose('born int64', 'Sort up');
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('a');
    await expect.poll(rows).toEqual(['1 Ada', '2 Grace', '4 Alan']);
    await screen.getByRole('button', { name: 'Remove Search: a' }).click();
    await expect.element(screen.getByRole('button', { name: 'Remove born ↑' })).toHaveFocus();
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('a');
    await screen.getByRole('button', { name: 'Clear all' }).click();
    await expect.element(grid).toHaveFocus();
    await expect.poll(rows).toEqual(['1 Ada', '2 Grace', '3 null', '4 Alan']);
  });

  test('by a search says in which columns it was found, hidden ones too', async () => {
    const { screen, choose } = await showPeople();
    await choose('born int64', 'Hide');
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('19');
    await expect.element(screen.getByText('found in born (hidden)')).toBeVisible();
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('a');
    await expect.element(screen.getByText('found in name, is here')).toBeVisible();
  });

  test('given up for a table that has come meanwhile shows that table whole', async () => {
    const { screen, rerender, rows } = await showPeople();
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('alan');
    await expect.poll(rows).toEqual(['4 Alan']);
    const { table } = await engine.importDataset(people());
    const slow = { ...stub(table), query: () => new Promise<TableSource>(() => undefined) };
    await rerender({ source: slow });
    await screen.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(rows).toEqual(['1 Ada', '2 Grace', '3 null', '4 Alan']);
    await expect.element(screen.getByRole('searchbox', { name: 'Search rows' })).toHaveValue('');
  });

  test('marks in the cells what was searched for', async () => {
    const { screen, container, rows } = await showPeople();
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('A');
    await expect.poll(rows).toEqual(['1 Ada', '2 Grace', '4 Alan']);
    const marked = () => [...container.querySelectorAll('mark')].map(({ textContent }) => textContent);
    expect(marked()).toEqual(['A', 'a', 'a', 'a', 'A', 'a']);
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('19');
    await expect.poll(rows).toEqual(['2 Grace', '3 null', '4 Alan']);
    expect(marked()).toEqual(['19', '19', '19']);
  });

  test('stays while the table is run again with the same columns, and goes with others', async () => {
    const { screen, rerender, rows, rowOf } = await showPeople();
    await screen.getByRole('searchbox', { name: 'Search rows' }).fill('a');
    await expect.poll(rows).toEqual(['1 Ada', '2 Grace', '4 Alan']);

    const { table } = await engine.importDataset(
      build.dataset(
        build.string('name', ['Alonzo', 'Kurt']),
        build.int64('born', [1903n, 1906n]),
        build.bool('is here', [null, null]),
      ),
    );
    await rerender({ source: table });
    await expect.poll(rows).toEqual(['1 Alonzo']);

    const other = (await engine.importDataset(build.dataset(build.string('t', ['x'])))).table;
    await rerender({ source: other });
    await expect.poll(() => rowOf(1)).toEqual(['1', 'x']);
  });
});

describe('columns', () => {
  const names = (shown: Awaited<ReturnType<typeof showPeople>>) => () =>
    shown.screen
      .getByRole('columnheader')
      .elements()
      .slice(1)
      .map((header) => header.getAttribute('aria-label'));

  test('are hidden, and shown again by name', async () => {
    const shown = await showPeople();
    await shown.choose('born int64', 'Hide');
    await expect.poll(names(shown)).toEqual(['name string', 'is here bool']);
    await expect.poll(() => shown.rowOf(1)).toEqual(['1', 'Ada', 'True']);
    await expect.element(shown.screen.getByText('(1 hidden)')).toBeVisible();

    await shown.screen.getByRole('button', { name: 'Columns' }).click();
    await shown.screen.getByRole('searchbox', { name: 'Search columns' }).fill('bor');
    await shown.screen.getByRole('checkbox', { name: /^born/ }).click();
    await expect.poll(names(shown)).toEqual(['name string', 'born int64', 'is here bool']);
  });

  test('move, are pinned and resized by keyboard', async () => {
    const shown = await showPeople();
    focusGrid(shown.grid);
    await shown.press('{Alt>}{ArrowRight}{/Alt}');
    await expect.poll(names(shown)).toEqual(['born int64', 'name string', 'is here bool']);
    expect(shown.activeCell()).toBe('1/2 Ada');

    const width = () => shown.screen.getByRole('columnheader', { name: 'name string' }).element().clientWidth;
    const before = width();
    await shown.press('{Alt>}{Shift>}{ArrowRight}{/Shift}{/Alt}');
    await expect.poll(width).toBe(before + 16);

    await shown.press('{Alt>}{ArrowDown}{/Alt}');
    await expect.element(shown.screen.getByRole('menuitem', { name: 'Sort up' })).toHaveFocus();
    await shown.screen.getByRole('menuitem', { name: 'Pin left' }).click();
    await expect.poll(names(shown)).toEqual(['name string', 'born int64', 'is here bool']);
    await expect.poll(() => shown.rowOf(2)).toEqual(['2', 'Grace', '1906', 'False']);
  });

  test('keep the active cell in its column as they are moved, and in the table as they are hidden', async () => {
    const shown = await showPeople();
    focusGrid(shown.grid);
    await shown.press('{End}');
    await expect.poll(shown.activeCell).toBe('1/3 True');
    await shown.choose('is here bool', 'Pin left');
    await expect.poll(shown.activeCell).toBe('1/1 True');
    await shown.choose('is here bool', 'Unpin');
    await expect.poll(shown.activeCell).toBe('1/3 True');
    await shown.choose('is here bool', 'Hide');
    await expect.poll(shown.activeCell).toBe('1/2 1815');
  });

  test('get wider for longer texts that come, unless they were given a width', async () => {
    const names = (count: number) =>
      build.dataset(
        build.string(
          'a',
          Array.from(
            { length: count },
            (_, row) => `customer ${'of the shop '.repeat(count > 1 ? 1 : 0)}${String(row)}`,
          ),
        ),
        build.string(
          'b',
          Array.from({ length: count }, (_, row) => `product ${String(row)}`),
        ),
      );
    const { screen, rerender, rowOf, grid, container, press } = await showDataset(names(1));
    await expect.poll(() => rowOf(1)?.[1]).toBe('customer 0');
    const width = (name: string) => screen.getByRole('columnheader', { name }).element().clientWidth;
    const before = width('a string');
    focusGrid(grid);
    await press('{End}{Alt>}{Shift>}{ArrowLeft}{/Shift}{/Alt}');
    const given = width('b string');
    const { table } = await engine.importDataset(names(1000));
    await rerender({ source: table });
    await expect.poll(() => grid.element().ariaRowCount).toBe('1001');
    expect(width('a string')).toBeGreaterThan(before);
    expect(width('b string')).toBe(given);
    grid.element().scrollTop = 1_000_000;
    await expect.poll(() => rowOf(1000)?.[1]).toBe('customer of the shop 999');
    const cut = [...container.querySelectorAll('[role=gridcell][aria-colindex="2"]')].filter(
      (cell) => cell.scrollWidth > cell.clientWidth,
    );
    expect(cut).toEqual([]);
  });

  test('have statistics', async () => {
    const { screen, choose } = await showPeople();
    await choose('born int64', 'Statistics');
    const box = screen.getByRole('dialog', { name: 'Statistics of born' });
    await expect.element(box.getByRole('img', { name: 'Histogram from 1815 to 1912' })).toBeVisible();
    const facts = box
      .getByRole('term')
      .elements()
      .map((term, index) => [
        term.textContent,
        box.getByRole('definition').elements()[index]?.textContent.trim(),
      ]);
    expect(facts.slice(0, 5)).toEqual([
      ['rows', '4'],
      ['nulls', '0 (0.0 %)'],
      ['distinct', '4'],
      ['minimum', '1815'],
      ['lower quartile', '1878.75'],
    ]);
  });
});

describe('a rectangle', () => {
  test('is selected by keyboard and copied as a spreadsheet takes it, with names when asked', async () => {
    const copied = catchCopies();
    const { grid, press, screen } = await showPeople();
    focusGrid(grid);

    await press('{Shift>}{ArrowDown}{ArrowRight}{/Shift}');
    const selected = () =>
      screen
        .getByRole('gridcell', { selected: true })
        .elements()
        .map((cell) => cell.textContent.trim());
    await expect.poll(selected).toEqual(['Ada', '1815', 'Grace', '1906']);
    await press('{Control>}c{/Control}');
    await press('{Control>}{Shift>}c{/Shift}{/Control}');

    await expect.poll(() => copied).toEqual(['Ada\t1815\nGrace\t1906', 'name\tborn\nAda\t1815\nGrace\t1906']);
    await press('{Escape}');
    await expect.poll(selected).toEqual([]);
  });

  test('is all of the table with Control and A', async () => {
    const copied = catchCopies();
    const { grid, press } = await showPeople();
    focusGrid(grid);
    await press('{Control>}a{/Control}{Control>}c{/Control}');
    await expect
      .poll(() => copied)
      .toEqual(['Ada\t1815\tTrue\nGrace\t1906\tFalse\n\t1900\tTrue\nAlan\t1912\t']);
  });
});

test('a row is shown whole beside its cell', async () => {
  const { screen, grid, press } = await showPeople();
  focusGrid(grid);
  await press('{ArrowDown}{Enter}');
  const row = screen.getByRole('region', { name: 'Row 2', exact: true });
  await expect.element(row).toHaveTextContent('name Graceborn 1906is here False');
});

test('a table sorted anew keeps its header sketches to its own rows', async () => {
  const { table } = await engine.importDataset(buildLargeDataset(100));
  const { container, rowOf } = await showSource(table);
  await expect.poll(() => rowOf(2)?.[1]).toBe(pythonFloat(largeFloat(1, 0)));
  await expect.poll(() => container.querySelectorAll('.sketch i').length).toBeGreaterThan(40);
});

test('rows are exported as they are shown: those of the query, and the columns that are not hidden', async () => {
  const { screen, rows, choose } = await showPeople();
  const saved: Blob[] = [];
  const { createObjectURL } = URL;
  URL.createObjectURL = (content: Blob) => {
    saved.push(content);
    return 'data:,';
  };
  await choose('is here bool', 'Hide');
  await screen.getByRole('searchbox', { name: 'Search rows' }).fill('alan');
  await expect.poll(rows).toEqual(['4 Alan']);

  for (const format of ['CSV', 'JSON Lines', 'Parquet', 'Arrow']) {
    await screen.getByRole('button', { name: 'Export rows' }).click();
    await screen.getByRole('menuitem', { name: format }).click();
    await expect.poll(() => saved.at(-1)?.type).toBe(exportedTypes[format]);
  }

  URL.createObjectURL = createObjectURL;
  expect(await saved[0]?.text()).toBe('name,born\r\nAlan,1912\r\n');
  expect(await saved[1]?.text()).toBe('{"name":"Alan","born":1912}\n');
  expect((await saved[2]?.text())?.slice(0, 4)).toBe('PAR1');
  const opened = await engine.openTable(saved[3] ?? new Blob());
  expect(opened.summary.columns.map(({ name }) => name)).toEqual(['name', 'born']);
});
