import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { ColumnBuffers, DatasetBuffers } from '../../model/dataset.ts';
import * as build from '../testing/build-dataset.ts';
import type { CellWindow, IndexRange } from '../TableSource.ts';
import { TableStore } from './TableStore.ts';

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

describe('a table of several batches', () => {
  const rowCount = 150_000;
  const order = Array.from({ length: rowCount }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const buffers = build.dataset(
    build.int64(
      'n',
      Array.from({ length: rowCount }, (_, row) => (row % 5 === 4 ? null : BigInt(row))),
    ),
    build.string(
      't',
      Array.from({ length: rowCount }, (_, row) => (row % 7 === 6 ? null : `t${String(row)}`)),
    ),
    build.bool(
      'b',
      Array.from({ length: rowCount }, (_, row) => row % 2 === 0),
    ),
    build.mixed(
      'm',
      [
        build.bool(
          '',
          order.flatMap((child, row) => (child === 0 ? [row % 2 === 0] : [])),
        ),
        build.string(
          '',
          order.flatMap((child, row) => (child === 1 ? [row % 2 === 0 ? null : String(row)] : [])),
        ),
      ],
      order,
    ),
  );

  test('reads across the border of two batches', async () => {
    const { reopened } = await importAndReopen(structuredClone(buffers));

    const window = await reopened.readWindow({ start: 65_533, end: 65_539 }, { start: 0, end: 4 });

    expect(rowsOf(window)).toEqual([
      ['number 65533', 'null null', 'boolean False', 'boolean False'],
      ['null null', 'text t65534', 'boolean True', 'boolean True'],
      ['number 65535', 'text t65535', 'boolean False', 'text 65535'],
      ['number 65536', 'text t65536', 'boolean True', 'boolean True'],
      ['number 65537', 'text t65537', 'boolean False', 'boolean False'],
      ['number 65538', 'text t65538', 'boolean True', 'null null'],
    ]);
  });

  test('reads its last rows, and leaves away what lies behind them', async () => {
    const { reopened } = await importAndReopen(structuredClone(buffers));

    const window = await reopened.readWindow({ start: 149_999, end: 150_060 }, { start: 1, end: 9 });

    expect(window.rows).toEqual({ start: 149_999, end: 150_000 });
    expect(window.columns).toEqual({ start: 1, end: 4 });
    expect(rowsOf(window)).toEqual([['text t149999', 'boolean False', 'boolean False']]);
  });

  test('takes no more bytes than its values', async () => {
    const { byteSize } = await importAndReopen(structuredClone(buffers));

    expect(byteSize).toBeLessThan(1.02 * byteLengthOf(buffers.columns));
  });
});

describe('long texts', () => {
  const long = `${'x'.repeat(299)}🎉`;
  const giant = '🎉'.repeat(600_000);

  test('are cut in a window and whole in a cell', async () => {
    const { reopened } = await importAndReopen(
      build.dataset(build.string('t', [long, `x${'é'.repeat(800)}`])),
    );

    const [column] = (await reopened.readWindow()).cells;

    expect(column?.texts).toEqual([long, `x${'é'.repeat(499)}`]);
    expect(await reopened.readCell(1, 0)).toBe(`x${'é'.repeat(800)}`);
  });

  test('are cut with a note after a million characters, between characters', async () => {
    const { reopened } = await importAndReopen(build.dataset(build.string('t', [giant, `x${giant}`])));

    const even = await reopened.readCell(0, 0);
    const odd = await reopened.readCell(1, 0);

    expect(even === `${'🎉'.repeat(500_000)}\n… cut after 1,000,000 characters`).toBe(true);
    expect(odd === `x${'🎉'.repeat(499_999)}\n… cut after 1,000,000 characters`).toBe(true);
  });
});

describe('a table file', () => {
  test('carries its own SHA-256 and size', async () => {
    const { file, sha256, byteSize } = await importAndReopen(build.dataset(build.int64('n', [1n])));

    const bytes = new Uint8Array(await file.arrayBuffer());
    expect({ sha256, byteSize }).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      byteSize: bytes.byteLength,
    });
  });

  test('is not written where the browser has no SHA-256', async () => {
    vi.stubGlobal('crypto', {});
    try {
      await expect(importAndReopen(build.dataset(build.int64('n', [1n])))).rejects.toThrow(
        'This page has no SHA-256, as it was not opened over https or from localhost.',
      );
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('is gone once closed', async () => {
    const { reopened } = await importAndReopen(build.dataset(build.int64('n', [1n])));

    await reopened.close();

    await expect(reopened.readWindow()).rejects.toThrow('The table was closed.');
  });

  test('has no cell outside its rows and columns', async () => {
    const { reopened } = await importAndReopen(build.dataset(build.int64('n', [1n])));

    await expect(reopened.readCell(1, 0)).rejects.toThrow('There is no cell in row 2, column 1.');
  });
});

const everything: IndexRange = { start: 0, end: 1000 };

/** Imports, opens what was stored in another store, and hands out both. */
async function importAndReopen(buffers: DatasetBuffers) {
  const store = new TableStore();
  const imported = await store.handle({ type: 'import-dataset', requestId: 1, buffers });
  if (imported.type !== 'dataset-imported') throw new Error(JSON.stringify(imported));
  const { file, sha256, byteSize } = imported;
  const other = new TableStore();
  const opened = await other.handle({ type: 'open-table', requestId: 2, file });
  if (opened.type !== 'table-opened') throw new Error(JSON.stringify(opened));
  return { imported: access(store, imported), reopened: access(other, opened), file, sha256, byteSize };
}

function access(store: TableStore, { tableId, summary }: { tableId: number; summary: unknown }) {
  return {
    summary: summary as { columns: { name: string; type: string }[] },
    readWindow: async (rows = everything, columns = everything) => {
      const answer = await store.handle({ type: 'read-window', requestId: 3, tableId, rows, columns });
      if (answer.type !== 'window-read') throw new Error(JSON.stringify(answer));
      return answer.window;
    },
    readCell: async (row: number, column: number) => {
      const answer = await store.handle({ type: 'read-cell', requestId: 4, tableId, row, column });
      if (answer.type !== 'cell-read') throw new Error(JSON.stringify(answer));
      return answer.text;
    },
    close: async () => store.handle({ type: 'close-table', requestId: 5, tableId }),
  };
}

/** By column, each cell as "kind text". */
function cellsOf({ cells }: CellWindow): string[][] {
  return cells.map(({ texts, kinds }) => texts.map((text, row) => `${kinds[row] ?? ''} ${text}`));
}

function rowsOf(window: CellWindow): string[][] {
  const columns = cellsOf(window);
  const rowCount = window.rows.end - window.rows.start;
  return Array.from({ length: rowCount }, (_, row) => columns.map((column) => column[row] ?? ''));
}

function byteLengthOf(columns: readonly ColumnBuffers[]): number {
  return columns.reduce(
    (sum, { validity, values, offsets, children }) =>
      sum +
      (validity?.byteLength ?? 0) +
      (values?.byteLength ?? 0) +
      (offsets?.byteLength ?? 0) +
      byteLengthOf(children),
    0,
  );
}
