import { afterAll, describe, expect, test } from 'vitest';
import * as build from '../../data/testing/build-dataset.ts';
import { engine, focusGrid, showDataset, showSource } from './testing/show-table.ts';
import { withScales } from './with-scales.ts';

afterAll(() => {
  engine.dispose();
});

test('every kind of value is shown truly', async () => {
  const long = 'z'.repeat(300);
  const { rowOf, kindsOf, screen } = await showDataset(
    build.dataset(
      build.int64('big', [9007199254740993n, null]),
      build.float64('x', [NaN, null]),
      build.string('t', ['null', '']),
      build.datetime('when', [1795255380000000000n, 1784196180000000001n], 'ns', 'Europe/Berlin'),
      build.date('day', [-1, null]),
      build.bool('ok', [true, false]),
      build.mixed('m', [build.int64('', [1n]), build.string('', ['1'])], [0, 1]),
      build.integer('huge', ['123456789012345678901234567890', null]),
      build.string('', [long, 'two\nlines']),
      build.string('t', ['again', 'same name']),
    ),
    1600,
  );

  await expect
    .poll(() => rowOf(1))
    .toEqual([
      '1',
      '9007199254740993',
      'NaN',
      'null',
      '2026-11-21 11:03:00+01:00',
      '1969-12-31',
      'True',
      '1',
      '123456789012345678901234567890',
      long,
      'again',
    ]);
  expect(rowOf(2)).toEqual([
    '2',
    'null',
    'null',
    '',
    '2026-07-16 12:03:00.000000001+02:00',
    'null',
    'False',
    '1',
    'null',
    'two⏎lines',
    'same name',
  ]);
  expect([kindsOf(1), kindsOf(2)]).toEqual([
    ['number', 'nan', 'text', 'datetime', 'date', 'boolean', 'number', 'number', 'text', 'text'],
    ['null', 'null', 'text', 'datetime', 'null', 'boolean', 'text', 'null', 'text', 'text'],
  ]);
  expect(
    screen
      .getByRole('columnheader')
      .elements()
      .map((header) => spaced(header.textContent)),
  ).toEqual([
    'Row',
    'big int64',
    'x float64',
    't string',
    'when datetime · Europe/Berlin',
    'day date',
    'ok bool',
    'm mixed',
    'huge integer',
    '(no name) string',
    't string',
  ]);
});

test('a null looks unlike the text "null"', async () => {
  const { screen } = await showDataset(build.dataset(build.string('t', ['null', null])));

  await expect.poll(() => screen.getByRole('gridcell', { name: 'null' }).elements().length).toBe(2);
  const [text, nothing] = screen
    .getByRole('gridcell', { name: 'null' })
    .elements()
    .map((cell) => getComputedStyle(cell));

  expect([text?.fontStyle, nothing?.fontStyle]).toEqual(['normal', 'italic']);
  expect(text?.color).not.toBe(nothing?.color);
});

test('ten thousand columns are drawn as they come into view', async () => {
  const columns = Array.from({ length: 10_000 }, (_, index) =>
    build.int64(`c${String(index)}`, [BigInt(index), 7n]),
  );
  const { grid, rowOf, screen, press, activeCell } = await showDataset(build.dataset(...columns));
  await expect.poll(() => rowOf(1)?.slice(0, 4)).toEqual(['1', '0', '1', '2']);

  expect(screen.getByRole('columnheader').elements().length).toBeLessThan(40);
  focusGrid(grid);
  await press('{End}');

  await expect.poll(activeCell).toBe('1/10000 9999');
  await expect.element(screen.getByRole('columnheader', { name: 'c9999 int64' })).toBeVisible();
  expect(screen.getByRole('columnheader').elements().length).toBeLessThan(40);
});

describe('a table of nothing', () => {
  test('says that it has no rows', async () => {
    const { screen } = await showDataset(build.dataset(build.int64('n', []), build.string('t', [])));

    await expect.element(screen.getByText('No rows', { exact: true })).toBeVisible();
    await expect.element(screen.getByRole('columnheader', { name: 'n int64' })).toBeVisible();
    await expect.element(screen.getByText('0 rows × 2 columns')).toBeVisible();
  });

  test('says that it has neither columns nor rows', async () => {
    const { screen } = await showDataset(build.dataset());

    await expect.element(screen.getByText('An empty dataset: no columns, no rows')).toBeVisible();
  });

  test('says that it has rows without columns', async () => {
    const { screen } = await showDataset({ rowCount: 5, columns: [] });

    await expect.element(screen.getByText('5 rows, but no columns')).toBeVisible();
  });
});

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

test('a scale stands beside the type where one was given', async () => {
  const { screen } = await showDataset(
    build.dataset({ ...build.int64('month', [1n]), scale: 'ordinal' }, build.string('name', ['a'])),
  );

  await expect.element(screen.getByRole('columnheader', { name: 'month int64 · ordinal' })).toBeVisible();
  await expect.element(screen.getByRole('columnheader', { name: /^name string$/ })).toBeVisible();
});

test('a table of which every column has a scale infers those that were not given', async () => {
  const { table } = await engine.importDataset(
    build.dataset(
      { ...build.int64('month', [1n]), scale: 'ordinal' },
      build.float64('x', [0.5]),
      build.datetime('at', [0n], 'us', 'UTC'),
    ),
  );
  const { screen, rowOf } = await showSource(withScales(table));

  await expect.poll(() => rowOf(1)).toEqual(['1', '1', '0.5', '1970-01-01 00:00:00+00:00']);
  const headers = screen.getByRole('columnheader').elements();
  expect(headers.slice(1).map((header) => spaced(header.textContent))).toEqual([
    'month int64 · ordinal',
    'x float64 · ratio',
    'at datetime · UTC · interval',
  ]);
});
