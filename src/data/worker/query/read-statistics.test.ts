import { expect, test } from 'vitest';
import type { ColumnBuffers } from '../../../model/dataset.ts';
import * as build from '../../testing/build-dataset.ts';
import { openTable } from '../testing/table-columns.ts';
import { writeArrowFile } from '../write-arrow-file.ts';
import { readStatistics } from './read-statistics.ts';

const run = { signal: new AbortController().signal, report: () => undefined };

async function statisticsOf(column: ColumnBuffers, rows: readonly number[] | null = null) {
  const table = await openTable(writeArrowFile(build.dataset(column)));
  return await readStatistics(rows ? table.withRows(Uint32Array.from(rows)) : table, 0, run);
}

test('of floats: NaN and nulls apart, quartiles as pandas has them, and a histogram of what is finite', async () => {
  expect(await statisticsOf(build.float64('x', [1, 2, 4, 2, null, NaN, Infinity]))).toEqual({
    rowCount: 7,
    nullCount: 1,
    nanCount: 1,
    distinctCount: 4,
    isDistinctExact: true,
    figures: [
      { name: 'minimum', text: '1.0' },
      { name: 'lower quartile', text: '2.0' },
      { name: 'median', text: '2.0' },
      { name: 'upper quartile', text: '4.0' },
      { name: 'maximum', text: 'inf' },
      { name: 'mean', text: 'inf' },
      { name: 'standard deviation', text: 'NaN' },
    ],
    histogram: {
      counts: [1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      edges: Array.from({ length: 21 }, (_, index) => {
        const edge = Number((1 + (3 * index) / 20).toPrecision(15));
        return Number.isInteger(edge) ? `${String(edge)}.0` : String(edge);
      }),
    },
    top: [],
  });
});

test('of whole numbers: exact, and few of them have a place of their own', async () => {
  const large = 9007199254740993n;
  const { figures, distinctCount } = await statisticsOf(build.int64('n', [large, large - 1n, large]));
  expect([distinctCount, figures[0], figures[4]]).toEqual([
    2,
    { name: 'minimum', text: '9007199254740992' },
    { name: 'maximum', text: '9007199254740993' },
  ]);
  expect((await statisticsOf(build.int64('n', [3n, 5n, 3n, null]))).histogram).toEqual({
    counts: [2, 0, 1],
    edges: ['3', '4', '5', '6'],
  });
});

test('of whole numbers: each stretch holds as many of them, so that what is even looks even', async () => {
  const even = Array.from({ length: 500 }, (_, index) => BigInt(index % 50));
  const { histogram } = await statisticsOf(build.int64('n', even));
  expect(histogram).toEqual({
    counts: Array<number>(25).fill(20),
    edges: Array.from({ length: 26 }, (_, index) => String(Math.min(49, 2 * index))),
  });
});

test('of dates and moments, as they are shown', async () => {
  const dates = await statisticsOf(build.date('d', [20_778, 20_780]));
  expect(dates.figures.map(({ text }) => text)).toEqual([
    '2026-11-21',
    '2026-11-21',
    '2026-11-22',
    '2026-11-22',
    '2026-11-23',
  ]);
  expect(dates.histogram).toEqual({
    counts: [1, 0, 1],
    edges: ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'],
  });
  const moments = await statisticsOf(build.datetime('at', [0n, 10n], 's', 'UTC'));
  expect(moments.figures[4]).toEqual({ name: 'maximum', text: '1970-01-01 00:00:10+00:00' });
});

test('of texts: how many there are of each, the most first', async () => {
  expect(await statisticsOf(build.string('t', ['b', 'a', 'b', null, '']))).toEqual({
    rowCount: 5,
    nullCount: 1,
    nanCount: 0,
    distinctCount: 3,
    isDistinctExact: true,
    figures: [{ name: 'longest text', text: '1' }],
    histogram: null,
    top: [
      { text: 'b', count: 2 },
      { text: 'a', count: 1 },
      { text: '', count: 1 },
    ],
  });
});

test('of more texts than are counted, it says so', async () => {
  const texts = Array.from({ length: 50_002 }, (_, index) => `t${String(index)}`);
  const { distinctCount, isDistinctExact } = await statisticsOf(build.string('t', texts));
  expect([distinctCount, isDistinctExact]).toEqual([50_000, false]);
});

test('of the rows of a query alone, and of none', async () => {
  const some = await statisticsOf(build.float64('x', [1, 2, 3, null]), [2, 1]);
  expect([some.rowCount, some.nullCount, some.figures[0]?.text, some.figures[4]?.text]).toEqual([
    2,
    0,
    '2.0',
    '3.0',
  ]);
  expect(await statisticsOf(build.float64('x', [1]), [])).toMatchObject({
    rowCount: 0,
    figures: [],
    histogram: null,
  });
});
