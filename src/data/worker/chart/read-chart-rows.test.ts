import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { ChartQuery, ChartReduction } from '../../../model/chart/chart-data.ts';
import type { DatasetBuffers } from '../../../model/dataset.ts';
import * as build from '../../testing/build-dataset.ts';
import { ArrowFile } from '../ArrowFile.ts';
import { Pauses } from '../query/run.ts';
import { writeArrowFile } from '../write-arrow-file.ts';
import { readChartRows } from './read-chart-rows.ts';

async function read(dataset: DatasetBuffers, query: Partial<ChartQuery> = {}) {
  const table = await ArrowFile.open(new Blob([writeArrowFile(dataset)]));
  const columns = dataset.columns.map((_, index) => index);
  return await readChartRows(table, { columns, mostRows: 1_000, reduction: { type: 'sample' }, ...query });
}

const numbers = (length: number, valueOf = (index: number): number => index) =>
  Array.from({ length }, (_, index) => valueOf(index));

describe('a chart reads of a dataset', () => {
  test('numbers and times as doubles, all else as words, and nulls as nulls', async () => {
    const { columns } = await read(
      build.dataset(
        build.float64('float', [1.5, null, NaN]),
        build.int64('whole', [2n ** 60n, -1n, null]),
        build.integer('long', ['100000000000000000000000', '7', null]),
        build.bool('truth', [true, null, false]),
        build.string('text', ['a', 'ä', null]),
        build.datetime('at', [1_700_000_000_123_456n, null, 0n], 'us', 'Europe/Berlin'),
        build.nothing('nothing', 3),
      ),
    );
    expect(columns).toEqual([
      { kind: 'numbers', name: 'float', values: Float64Array.of(1.5, 0, NaN), nulls: Uint8Array.of(0, 1, 0) },
      {
        kind: 'numbers',
        name: 'whole',
        values: Float64Array.of(2 ** 60, -1, 0),
        nulls: Uint8Array.of(0, 0, 1),
      },
      { kind: 'numbers', name: 'long', values: Float64Array.of(1e23, 7, 0), nulls: Uint8Array.of(0, 0, 1) },
      { kind: 'words', name: 'truth', words: [false, true], codes: Int32Array.of(1, -1, 0) },
      { kind: 'words', name: 'text', words: ['a', 'ä'], codes: Int32Array.of(0, 1, -1) },
      {
        kind: 'numbers',
        name: 'at',
        values: Float64Array.of(1_700_000_000_123.456, 0, 0),
        nulls: Uint8Array.of(0, 1, 0),
      },
      { kind: 'words', name: 'nothing', words: [], codes: Int32Array.of(-1, -1, -1) },
    ]);
  });

  test('dates and times of no zone as the clocks of the reader show them', async () => {
    const { columns } = await read(
      build.dataset(build.date('day', [20_000]), build.datetime('at', [1_750_000_000n], 's')),
    );
    expect(columns.map((column) => column.kind === 'numbers' && column.values[0])).toEqual([
      new Date(2024, 9, 4).getTime(),
      new Date(2025, 5, 15, 15, 6, 40).getTime(),
    ]);
  });

  test('the start of a text that is longer than any label', async () => {
    const { columns } = await read(build.dataset(build.string('text', ['x'.repeat(600)])));
    expect(columns[0]?.kind === 'words' && columns[0].words).toEqual([`${'x'.repeat(500)}…`]);
  });

  test('an aggregate, with a pause between one stretch of rows and the next', async () => {
    const take = vi.spyOn(Pauses.prototype, 'take');
    const table = build.dataset(
      build.float64(
        'a',
        numbers(70_000, (index) => index % 2),
      ),
      build.float64(
        'b',
        numbers(70_000, (index) => index % 3),
      ),
      build.float64('c', numbers(70_000)),
    );
    const group = { name: 'group', by: 'value' } as const;
    const measure = { name: 'measure', column: 2 } as const;
    const { rowCount } = await read(table, {
      reduction: {
        type: 'aggregate',
        groups: [
          { ...group, column: 0 },
          { ...group, column: 1 },
        ],
        measures: [
          { ...measure, operation: 'sum' },
          { ...measure, operation: 'median' },
        ],
        orders: [{ group: 0, operation: 'sum', column: 2, isDescending: false }],
      },
    });
    // Two stretches in each of: three columns, two groups, two combinations, three steps for the measures, one for the order;
    // and each of the six medians.
    expect([rowCount, take.mock.calls.length]).toEqual([6, 2 * (3 + 2 + 2 + 3 + 1) + 6]);
    take.mockRestore();
  });

  test('only the columns that it asked for', async () => {
    const table = build.dataset(build.float64('a', [1]), build.float64('b', [2]), build.float64('c', [3]));
    const { columns, rowCount } = await read(table, { columns: [2, 0] });
    expect([rowCount, columns.map(({ name }) => name)]).toEqual([1, ['c', 'a']]);
  });
});

describe('of more rows than are drawn', () => {
  test('a sample has one of each stretch, the same each time', async () => {
    const table = build.dataset(build.float64('at', numbers(100_000)));
    const [first, second] = [await read(table), await read(table)];
    const values = first.columns[0]?.kind === 'numbers' ? [...first.columns[0].values] : [];
    expect({ ...first, columns: [] }).toEqual({
      columns: [],
      rowCount: 1_000,
      drawn: 'sample',
      totalCount: 100_000,
      stretchCount: 0,
      outliers: { count: 0, drawnCount: 0 },
      extents: [],
      orders: [],
    });
    expect(values.map((value) => Math.floor(value / 100))).toEqual(numbers(1_000));
    expect(new Set(values.map((value) => value % 100)).size).toBeGreaterThan(90);
    expect(second).toEqual(first);
  });

  test('a line keeps its peaks, in each of its colours', async () => {
    const reduction: ChartReduction = { type: 'extremes', x: 0, y: 1, by: [2] };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.constantFrom('a', 'b')), {
          minLength: 101,
          maxLength: 400,
        }),
        async (rows) => {
          const table = build.dataset(
            build.float64('x', numbers(rows.length)),
            build.float64(
              'y',
              rows.map(([y]) => y),
            ),
            build.string(
              'of',
              rows.map(([, of]) => of),
            ),
          );
          const { columns, drawn, rowCount } = await read(table, { reduction, mostRows: 100 });
          const [, y, of] = columns;
          if (y?.kind !== 'numbers' || of?.kind !== 'words') return expect.unreachable();
          expect([drawn, rowCount <= 100]).toEqual(['extremes', true]);
          for (const name of new Set(rows.map(([, each]) => each))) {
            const all = rows.flatMap(([value, each]) => (each === name ? [value] : []));
            const left = [...y.values].filter((_, index) => of.words[of.codes[index] ?? -1] === name);
            expect([left.at(0), left.at(-1), Math.min(...left), Math.max(...left)]).toEqual([
              all.at(0),
              all.at(-1),
              Math.min(...all),
              Math.max(...all),
            ]);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('rows are drawn where there are as many groups', async () => {
    const reduction: ChartReduction = {
      type: 'aggregate',
      groups: [{ column: 0, name: 'group', by: 'value' }],
      measures: [{ name: 'count', operation: 'count', column: null }],
      orders: [],
    };
    const table = build.dataset(build.float64('at', numbers(100)));
    const { drawn, rowCount } = await read(table, { reduction, mostRows: 10 });
    expect([drawn, rowCount]).toEqual(['sample', 10]);
  });
});
