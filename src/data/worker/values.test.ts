import { describe, expect, test } from 'vitest';
import type { ColumnBuffers } from '../../model/dataset.ts';
import * as build from '../testing/build-dataset.ts';
import { cellsOf, importAndReopen } from './testing/import-and-reopen.ts';

describe('a table keeps every value as it was', () => {
  test.each<{ title: string; column: ColumnBuffers; type?: string; cells: string[] }>([
    {
      title: 'whole numbers beyond 2^53, to the last digit',
      column: build.int64('n', [9007199254740993n, -9223372036854775808n, 9223372036854775807n, null, 0n]),
      cells: [
        'number 9007199254740993',
        'number -9223372036854775808',
        'number 9223372036854775807',
        'null null',
        'number 0',
      ],
    },
    {
      title: 'whole numbers beyond 2^63',
      column: build.uint64('n', [18446744073709551615n, null]),
      cells: ['number 18446744073709551615', 'null null'],
    },
    {
      title: 'whole numbers beyond 2^64, kept as digits',
      column: build.integer('n', [
        '18446744073709551616',
        null,
        '-340282366920938463463374607431768211456',
        '0',
      ]),
      cells: [
        'number 18446744073709551616',
        'null null',
        'number -340282366920938463463374607431768211456',
        'number 0',
      ],
    },
    {
      title: 'floats as Python writes them, NaN apart from null',
      column: build.float64('x', [
        1,
        -0,
        0.1,
        1e16,
        1e-5,
        123456.789,
        5e-324,
        NaN,
        null,
        Infinity,
        -Infinity,
      ]),
      cells: [
        'number 1.0',
        'number -0.0',
        'number 0.1',
        'number 1e+16',
        'number 1e-05',
        'number 123456.789',
        'number 5e-324',
        'nan NaN',
        'null null',
        'number inf',
        'number -inf',
      ],
    },
    {
      title: 'texts, the text "null" and the empty text apart from null',
      column: build.string('t', ['null', null, '', 'Grüße, 世界 🎉', '\ufeffmark', 'line\nbreak']),
      cells: [
        'text null',
        'null null',
        'text ',
        'text Grüße, 世界 🎉',
        'text \ufeffmark',
        'text line\nbreak',
      ],
    },
    {
      title: 'booleans in Python’s words',
      column: build.bool('b', [true, false, null, ...Array<boolean>(7).fill(true)]),
      cells: ['boolean True', 'boolean False', 'null null', ...Array<string>(7).fill('boolean True')],
    },
    {
      title: 'dates, also before 1970 and outside four-digit years',
      column: build.date('d', [0, -1, 20778, 11016, null, -719528, -735525, 2932897]),
      cells: [
        'date 1970-01-01',
        'date 1969-12-31',
        'date 2026-11-21',
        'date 2000-02-29',
        'null null',
        'date 0000-01-01',
        'date -0044-03-15',
        'date +10000-01-01',
      ],
    },
    {
      title: 'times without a zone, with no more digits than they need',
      column: build.datetime('t', [1795255380000000000n, 1795255380000000001n, -1n, null], 'ns'),
      cells: [
        'datetime 2026-11-21 10:03:00',
        'datetime 2026-11-21 10:03:00.000000001',
        'datetime 1969-12-31 23:59:59.999999999',
        'null null',
      ],
    },
    {
      title: 'times in microseconds',
      column: build.datetime('t', [1795255380500000n, -62135596800000000n], 'us'),
      cells: ['datetime 2026-11-21 10:03:00.5', 'datetime 0001-01-01 00:00:00'],
    },
    {
      title: 'times in seconds, at the ends of 64 bits',
      column: build.datetime('t', [9223372036854775807n, -9223372036854775808n], 's'),
      cells: ['datetime +292277026596-12-04 15:30:07', 'datetime -292277022657-01-27 08:29:52'],
    },
    {
      title: 'times of a zone with the offset of their season',
      column: build.datetime(
        't',
        [1795255380000n, 1784196180000n, 9223372036854775807n],
        'ms',
        'Europe/Berlin',
      ),
      cells: [
        'datetime 2026-11-21 11:03:00+01:00',
        'datetime 2026-07-16 12:03:00+02:00',
        'datetime +292278994-08-17 09:12:55.807+02:00',
      ],
    },
    {
      title: 'times of a fixed offset',
      column: build.datetime('t', [1795255380n], 's', '-03:30'),
      cells: ['datetime 2026-11-21 06:33:00-03:30'],
    },
    {
      title: 'times of a zone that no browser knows, in UTC',
      column: build.datetime('t', [1795255380n], 's', 'Mars/Olympus'),
      cells: ['datetime 2026-11-21 10:03:00+00:00'],
    },
    {
      title: 'a column of nothing but nulls',
      column: build.nothing('z', 2),
      type: 'null',
      cells: ['null null', 'null null'],
    },
    {
      title: 'a mixed column, each value as its own type',
      column: build.mixed(
        'm',
        [
          build.int64('', [1n, 9007199254740993n]),
          build.string('', ['1', 'null']),
          build.nothing('', 1),
          build.float64('', [1, NaN]),
          build.bool('', [true]),
          build.datetime('', [0n], 's', 'UTC'),
          build.integer('', ['99999999999999999999']),
        ],
        [0, 1, 2, 3, 4, 5, 6, 0, 1, 3],
      ),
      cells: [
        'number 1',
        'text 1',
        'null null',
        'number 1.0',
        'boolean True',
        'datetime 1970-01-01 00:00:00+00:00',
        'number 99999999999999999999',
        'number 9007199254740993',
        'text null',
        'nan NaN',
      ],
    },
  ])('$title', async ({ column, cells }) => {
    const { reopened, imported } = await importAndReopen(build.dataset(column));

    expect(cellsOf(await imported.readWindow())).toEqual([cells]);
    expect(cellsOf(await reopened.readWindow())).toEqual([cells]);
    expect(reopened.summary).toEqual({
      rowCount: column.length,
      columns: [{ name: column.name, type: column.type, timeZone: column.timeZone }],
    });
    expect(imported.summary).toEqual(reopened.summary);
  });

  test('a mixed column whose nulls stand in validity bits', async () => {
    const column = build.mixed('m', [build.int64('', [1n]), build.string('', ['a'])], [0, 9, 1]);
    const marked = { ...column, nullCount: 1, validity: Uint8Array.of(0b101) };

    const { imported } = await importAndReopen(build.dataset(marked));

    expect(cellsOf(await imported.readWindow())).toEqual([['number 1', 'null null', 'text a']]);
  });

  test('column names that are empty or the same', async () => {
    const { reopened } = await importAndReopen(
      build.dataset(build.int64('', [1n]), build.string('a', ['x']), build.float64('a', [2])),
    );

    expect(reopened.summary.columns.map(({ name, type }) => [name, type])).toEqual([
      ['', 'int64'],
      ['a', 'string'],
      ['a', 'float64'],
    ]);
    expect(cellsOf(await reopened.readWindow())).toEqual([['number 1'], ['text x'], ['number 2.0']]);
  });

  test.each([
    ['no rows', build.dataset(build.int64('a', []), build.string('b', []), build.mixed('c', [], []))],
    ['neither rows nor columns', build.dataset()],
    ['rows but no columns', { rowCount: 5, columns: [] }],
  ])('a dataset of %s', async (_title, buffers) => {
    const { reopened } = await importAndReopen(buffers);

    expect(reopened.summary).toEqual({
      rowCount: buffers.rowCount,
      columns: buffers.columns.map(({ name, type }) => ({ name, type, timeZone: null })),
    });
    expect(cellsOf(await reopened.readWindow())).toEqual(buffers.columns.map(() => []));
  });

  test('buffers that begin at any byte, as views of one', async () => {
    const { values } = build.float64('x', [1.5, 2.5]);
    const whole = new Uint8Array(19);
    whole.set(values ?? [], 3);
    const column = { ...build.float64('x', [0, 0]), values: whole.subarray(3) };

    const { imported } = await importAndReopen(build.dataset(column));

    expect(cellsOf(await imported.readWindow())).toEqual([['number 1.5', 'number 2.5']]);
  });
});
