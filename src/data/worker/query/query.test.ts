// Longer than most files: each kind of filter and order, compared with what is plain to write.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnBuffers, DatasetBuffers } from '../../../model/dataset.ts';
import type { Condition, SortKey, TableQuery } from '../../table-query.ts';
import { wholeTable } from '../../table-query.ts';
import { findHits } from '../../search-hits.ts';
import * as build from '../../testing/build-dataset.ts';
import { fileOfBatches } from '../testing/table-of-batches.ts';
import { openTable } from '../testing/table-columns.ts';
import { OpenTable } from '../OpenTable.ts';
import { writeArrowFile } from '../write-arrow-file.ts';
import { queryRows } from './query-rows.ts';
import { readStatistics } from './read-statistics.ts';

const run = { signal: new AbortController().signal, report: () => undefined };

async function ask(buffers: readonly DatasetBuffers[], query: Partial<TableQuery>): Promise<number[]> {
  const { columns } = await openTable(await fileOfBatches(...buffers));
  return [...(await queryRows(columns, null, { ...wholeTable, ...query }, run)).rows];
}

const sorted = async (buffers: DatasetBuffers, ...sort: SortKey[]) => await ask([buffers], { sort });
const filtered = async (buffers: DatasetBuffers, condition: Condition) =>
  await ask([buffers], { filters: [{ column: 0, condition }] });

const up = { column: 0, direction: 'up' } as const;
const down = { column: 0, direction: 'down' } as const;

describe('rows are sorted', () => {
  test('by floats, NaN and null last either way, and 0 and -0 alike', async () => {
    const floats = build.dataset(build.float64('x', [1.5, null, -Infinity, NaN, 0, -2, -0, Infinity]));
    expect(await sorted(floats, up)).toEqual([2, 5, 4, 6, 0, 7, 3, 1]);
    expect(await sorted(floats, down)).toEqual([7, 0, 4, 6, 5, 2, 3, 1]);
  });

  test('by whole numbers of 64 bits, with a sign and without, and by digits of any number', async () => {
    const large = 2n ** 63n - 1n;
    expect(
      await sorted(build.dataset(build.int64('n', [large, -1n, -(2n ** 63n), 0n, large - 1n])), up),
    ).toEqual([2, 1, 3, 4, 0]);
    expect(await sorted(build.dataset(build.uint64('n', [2n ** 64n - 1n, 0n, 2n ** 63n])), up)).toEqual([
      1, 2, 0,
    ]);
    const digits = build.integer('n', ['-5', '99999999999999999999', null, '7', '-99999999999999999999']);
    expect(await sorted(build.dataset(digits), up)).toEqual([4, 0, 3, 1, 2]);
  });

  test('by texts as their code points are, the shorter first, and texts with a NUL behind those without', async () => {
    const texts = build.dataset(build.string('t', ['b', '\u{1f600}', 'ﬀ', 'a\0', 'a', '', null, 'ab', 'a']));
    expect(await sorted(texts, up)).toEqual([5, 4, 8, 3, 7, 0, 2, 1, 6]);
    expect(await sorted(texts, down)).toEqual([1, 2, 0, 7, 3, 4, 8, 5, 6]);
  });

  test('by truth values, dates, and values of several kinds', async () => {
    expect(await sorted(build.dataset(build.bool('b', [true, false, null, true])), up)).toEqual([1, 0, 3, 2]);
    expect(await sorted(build.dataset(build.date('d', [5, -5, null])), down)).toEqual([0, 1, 2]);
    const mixed = build.mixed(
      'm',
      [build.int64('', [10n, 9n]), build.string('', ['b', 'a']), build.nothing('', 1)],
      [1, 0, 2, 1, 0],
    );
    expect(await sorted(build.dataset(mixed), up)).toEqual([4, 1, 3, 0, 2]);
  });

  test('by several columns, each in its own way, and otherwise as they stood', async () => {
    const table = build.dataset(
      build.string('t', ['b', 'a', 'b', 'a', 'a']),
      build.int64('n', [1n, 1n, 2n, 2n, 1n]),
    );
    expect(await sorted(table, up, { column: 1, direction: 'down' })).toEqual([3, 1, 4, 2, 0]);
  });

  test('as a plain sort would have them', async () => {
    const number = fc.option(fc.double());
    const text = fc.option(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constantFrom('aaaaaaaa', 'aaaaaaaab')),
    );
    const row = fc.record({ number, text });
    const direction = fc.constantFrom('up', 'down') as fc.Arbitrary<'up' | 'down'>;
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 200, size: 'max' }),
        direction,
        direction,
        async (rows, first, second) => {
          const table = build.dataset(
            build.string(
              't',
              rows.map((each) => each.text),
            ),
            build.float64(
              'x',
              rows.map((each) => each.number),
            ),
          );
          const found = await sorted(
            table,
            { column: 0, direction: first },
            { column: 1, direction: second },
          );
          const naive = rows
            .map((_, index) => index)
            .sort((one, other) => {
              const [a, b] = [rows[one], rows[other]];
              if (!a || !b) return 0;
              return (
                compareNaively(a.text, b.text, first, (x, y) =>
                  Buffer.compare(Buffer.from(x), Buffer.from(y)),
                ) || compareNaively(a.number, b.number, second, (x, y) => (x < y ? -1 : x > y ? 1 : 0))
              );
            });
          expect(found).toEqual(naive);
        },
      ),
      { numRuns: 100 },
    );
  });
});

function compareNaively<Value>(
  one: Value | null,
  other: Value | null,
  direction: 'up' | 'down',
  compare: (one: Value, other: Value) => number,
): number {
  const rank = (value: Value | null) => (value === null ? 2 : Number.isNaN(value) ? 1 : 0);
  if (rank(one) !== rank(other) || one === null || other === null) return rank(one) - rank(other);
  return rank(one) > 0 ? 0 : (direction === 'up' ? 1 : -1) * compare(one, other);
}

describe('rows are filtered', () => {
  const floats = build.dataset(build.float64('x', [1.5, null, NaN, -2, 3]));
  const compare = (operator: '=' | '≠' | '<' | '≤' | '>' | '≥', value: string): Condition => ({
    type: 'compare',
    operator,
    value,
  });

  test.each<[Condition, number[]]>([
    [compare('=', '1.5'), [0]],
    [compare('≠', '1.5'), [2, 3, 4]],
    [compare('<', '1.5'), [3]],
    [compare('≤', '1.5'), [0, 3]],
    [compare('>', '-2'), [0, 4]],
    [compare('≥', ' 3 '), [4]],
    [{ type: 'between', low: '-2', high: '1.5' }, [0, 3]],
    [{ type: 'is-null' }, [1]],
    [{ type: 'is-not-null' }, [0, 2, 3, 4]],
    [{ type: 'one-of', texts: [null, '3.0'] }, [1, 4]],
  ])('by numbers: %j', async (condition, rows) => {
    expect(await filtered(floats, condition)).toEqual(rows);
  });

  const whole = build.dataset(build.int64('n', [9007199254740993n, 9007199254740992n, -3n, null, 2n]));
  test.each<[Condition, number[]]>([
    [compare('=', '9007199254740993'), [0]],
    [compare('≥', '2.5'), [0, 1]],
    [compare('<', '2.5'), [2, 4]],
    [compare('=', '2.5'), []],
    [compare('≠', '2.5'), [0, 1, 2, 4]],
    [compare('=', '9007199254740993.0'), [0]],
    [compare('>', '9007199254740992.5'), [0]],
    [compare('<', '-2.5'), [2]],
    [compare('>', '99999999999999999999'), []],
    [compare('<', '99999999999999999999'), [0, 1, 2, 4]],
    [{ type: 'between', low: '-3.5', high: '2' }, [2, 4]],
  ])('by whole numbers, exactly: %j', async (condition, rows) => {
    expect(await filtered(whole, condition)).toEqual(rows);
  });

  test('by numbers among other values, NaN unlike every one of them', async () => {
    const mixed = build.mixed(
      'm',
      [build.float64('', [NaN, 7, Infinity]), build.nothing('', 1)],
      [0, 0, 0, 1],
    );
    expect(await filtered(build.dataset(mixed), compare('>', '5'))).toEqual([1, 2]);
    expect(await filtered(build.dataset(mixed), compare('≠', '7'))).toEqual([0, 2]);
    expect(await filtered(build.dataset(mixed), compare('=', 'inf'))).toEqual([2]);
  });

  test('by long texts: picked ones as they were counted, others as far as they go', async () => {
    const long = 'x'.repeat(12_000);
    const texts = build.dataset(build.string('t', [`${long}end`, 'x', null]));
    const { columns } = await openTable(writeArrowFile(texts));
    const { top } = await readStatistics(new OpenTable(columns), 0, run);
    expect(await filtered(texts, { type: 'one-of', texts: [top[0]?.text ?? ''] })).toEqual([0]);
    const mixed = build.dataset(build.mixed('m', [build.string('', [`${long}end`, 'end'])], [0, 0]));
    expect(
      await filtered(mixed, { type: 'text', match: 'ends', text: 'xend', isCaseSensitive: true }),
    ).toEqual([0]);
    expect(await ask([mixed], { search: 'xend' })).toEqual([0]);
  });

  const day = 86_400n;
  const moments = build.dataset(
    build.datetime('at', [20_778n * day, 20_778n * day - 3600n, 20_779n * day, null], 's', 'Europe/Berlin'),
  );
  test.each<[Condition, number[]]>([
    // 2026-11-21 01:00, 2026-11-21 00:00 and 2026-11-22 01:00 by the clock in Berlin.
    [compare('=', '2026-11-21'), [0, 1]],
    [compare('<', '2026-11-21'), []],
    [compare('>', '2026-11-21'), [2]],
    [compare('≤', '2026-11-21 00:00:00'), [1]],
    [compare('≥', '2026-11-21T00:00:00Z'), [0, 2]],
    [{ type: 'between', low: '2026-11-21 01:00', high: '2026-11-22' }, [0, 2]],
  ])('by moments, in the time zone of their column: %j', async (condition, rows) => {
    expect(await filtered(moments, condition)).toEqual(rows);
  });

  test('by dates', async () => {
    const dates = build.dataset(build.date('d', [20_777, 20_778, null, 20_779]));
    expect(await filtered(dates, compare('>', '2026-11-21'))).toEqual([3]);
    expect(await filtered(dates, compare('≤', '2026-11-21'))).toEqual([0, 1]);
  });

  const texts = build.dataset(build.string('t', ['Alpha', 'beta', null, '', 'ALPHABET', 'K']));
  const like = (match: 'contains' | 'is' | 'starts' | 'ends' | 'pattern', text: string, exact = false) =>
    ({ type: 'text', match, text, isCaseSensitive: exact }) as const;
  test.each<[Condition, number[]]>([
    [like('contains', 'alpha'), [0, 4]],
    [like('contains', 'Alpha', true), [0]],
    [like('contains', 'k'), [5]],
    [like('is', 'BETA'), [1]],
    [like('starts', 'al'), [0, 4]],
    [like('ends', 'bet'), [4]],
    [like('pattern', '^.{4,5}$'), [0, 1]],
    [like('contains', ''), [0, 1, 3, 4, 5]],
    [{ type: 'one-of', texts: ['', null] }, [2, 3]],
  ])('by texts: %j', async (condition, rows) => {
    expect(await filtered(texts, condition)).toEqual(rows);
  });

  test.each<[DatasetBuffers, Condition, string]>([
    [floats, compare('=', 'many'), 'The filter of the column “x” cannot be used: “many” is not a number.'],
    [
      moments,
      compare('=', '2026-02-30'),
      'The filter of the column “at” cannot be used: “2026-02-30” is not a date such as 2026-11-21.',
    ],
    [
      texts,
      like('pattern', '(', true),
      'The filter of the column “t” cannot be used: The pattern cannot be used: /(/u: Unterminated group',
    ],
  ])('and what cannot be a condition is said: %#', async (table, condition, message) => {
    await expect(filtered(table, condition)).rejects.toThrow(message);
  });

  test('as a plain filter would keep them', async () => {
    const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 6 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 2 }),
        fc.boolean(),
        async (values, wanted, isCaseSensitive) => {
          const fold = (value: string) => (isCaseSensitive ? value : value.toLowerCase());
          const found = await filtered(
            build.dataset(build.string('t', values)),
            like('contains', wanted, isCaseSensitive),
          );
          expect(found).toEqual(
            values.flatMap((value, row) =>
              value !== null && fold(value).includes(fold(wanted)) ? [row] : [],
            ),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

test('a search finds numbers by their beginning, with a sign or without', async () => {
  const search = async (text: string, ...columns: ColumnBuffers[]) =>
    await ask([build.dataset(...columns)], { search: text });
  const whole = build.int64('n', [777n, 7770n, -777n, 1777n, 0n, null, 7779007199254740993n]);
  expect(await search('777', whole)).toEqual([0, 1, 2, 6]);
  expect(await search('-777', whole)).toEqual([2]);
  expect(await search('0', whole)).toEqual([4]);
  const floats = build.float64('x', [777.5, 0.777, 7.77e-5, 7.77e20, -7.77, NaN, null]);
  expect(await search('777', floats)).toEqual([0]);
  expect(await search('7.7', floats)).toEqual([2, 3, 4]);
  expect(await search('0.77', floats)).toEqual([1]);
  expect(await search('nan', floats)).toEqual([5]);
  expect(await search('e-05', build.string('t', ['1e-05']), build.float64('x', [1e-5]))).toEqual([0]);
});

test('a search for three digits and more finds years of dates, and other parts by fewer', async () => {
  const search = async (text: string, ...columns: ColumnBuffers[]) =>
    await ask([build.dataset(...columns)], { search: text });
  const day = 86_400n;
  // 1969-12-31 23:30 of UTC is 1970 in Berlin.
  const moments = build.datetime(
    'at',
    [-1800n, 365n * day, 1777n, null, 20_778n * day],
    's',
    'Europe/Berlin',
  );
  expect(await search('1970', moments)).toEqual([0, 2]);
  expect(await search('197', moments)).toEqual([0, 1, 2]);
  expect(await search('777', moments)).toEqual([]);
  expect(await search('11-21', build.date('d', [20_778, null, -1]))).toEqual([0]);
  expect(await search('1969', build.date('d', [20_778, null, -1]))).toEqual([2]);
});

test('a search finds what the cells show, whatever it is', async () => {
  const texts = fc.oneof(
    fc.string({
      unit: fc.constantFrom('a', 'K', 'k', 'i', '\u0130', '\u212a', 'é', 'É', 'ß', '😀', '7'),
      maxLength: 6,
    }),
    fc.constant(null),
  );
  const numbers = fc.oneof(
    fc.double(),
    fc.integer().map((value) => value / 100),
    fc.constant(null),
  );
  const wholes = fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -999n, max: 999n }),
  );
  const row = fc.record({ text: texts, number: numbers, whole: wholes });
  const wanted = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'K', 'i', 'İ', 'é', 'É', '😀', '7'), minLength: 1, maxLength: 3 }),
    fc.string({ unit: fc.constantFrom('1', '7', '0', '9', '-', '.', 'e'), minLength: 1, maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), wanted, async (rows, text) => {
      const dataset = build.dataset(
        build.string(
          't',
          rows.map((each) => each.text),
        ),
        build.float64(
          'x',
          rows.map((each) => each.number),
        ),
        build.int64(
          'n',
          rows.map((each) => each.whole),
        ),
      );
      const table = await openTable(await fileOfBatches(dataset));
      const all = { start: 0, end: rows.length };
      const { cells } = await table.readWindow(all, { start: 0, end: 3 });
      const isFound = (index: number) =>
        cells.some(
          ({ texts, kinds }) => findHits(kinds[index] ?? 'null', texts[index] ?? '', text).length > 0,
        );
      expect(await ask([dataset], { search: text })).toEqual([...rows.keys()].filter(isFound));
    }),
  );
});

test('a search looks through all columns as they are shown, over all batches', async () => {
  const batch = (number: bigint, text: string, isTrue: boolean) =>
    build.dataset(build.int64('n', [number]), build.string('t', [text]), build.bool('b', [isTrue]));
  const batches = [batch(12n, 'a', true), batch(3n, 'True', false), batch(4n, 'b12', false)];

  expect(await ask(batches, { search: '12' })).toEqual([0, 2]);
  expect(await ask(batches, { search: 'TRUE' })).toEqual([0, 1]);
  expect(await ask(batches, { search: 'nowhere' })).toEqual([]);
  expect(await ask(batches, { search: '12', sort: [{ column: 0, direction: 'up' }] })).toEqual([2, 0]);
});

test('a search names the columns that have what it looks for, in rows that meet the filters', async () => {
  const { columns } = await openTable(
    await fileOfBatches(
      build.dataset(
        build.string('t', ['ab', 'x']),
        build.string('u', ['ab', 'x']),
        build.int64('n', [1n, 2n]),
      ),
      build.dataset(
        build.string('t', ['ab', 'ab']),
        build.string('u', ['x', 'x']),
        build.int64('n', [3n, 4n]),
      ),
    ),
  );
  const hitsOf = async (query: Partial<TableQuery>, given: Uint32Array | null = null) =>
    await queryRows(columns, given, { ...wholeTable, ...query }, run);
  const later = { column: 2, condition: { type: 'compare', operator: '>', value: '1' } } as const;

  expect(await hitsOf({ search: 'AB' })).toEqual({ rows: Uint32Array.of(0, 2, 3), hitColumns: [0, 1] });
  expect(await hitsOf({ search: 'ab', filters: [later] })).toEqual({
    rows: Uint32Array.of(2, 3),
    hitColumns: [0],
  });
  expect(await hitsOf({ search: 'ab' }, Uint32Array.of(3, 1))).toEqual({
    rows: Uint32Array.of(3),
    hitColumns: [0],
  });
  expect(await hitsOf({ filters: [later] })).toEqual({ rows: Uint32Array.of(1, 2, 3), hitColumns: [] });
});

test('a query that is no longer wanted is given up', async () => {
  const stop = new AbortController();
  const { columns } = await openTable(await fileOfBatches(build.dataset(build.int64('n', [1n, 2n]))));
  stop.abort();

  await expect(
    queryRows(columns, null, { ...wholeTable, sort: [up] }, { ...run, signal: stop.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});
