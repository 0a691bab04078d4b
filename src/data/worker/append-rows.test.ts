// Longer than most files: each way in which two tables go together, and each in which they do not.
import { describe, expect, it } from 'vitest';
import type { ColumnBuffers, DatasetBuffers } from '../../model/dataset.ts';
import type { Scale } from '../../model/manual-types.ts';
import * as build from '../testing/build-dataset.ts';
import { appendRows, type TablePart } from './append-rows.ts';
import { ArrowFile } from './ArrowFile.ts';
import { joinTables } from './join-tables.ts';
import { OpenTable } from './OpenTable.ts';
import { rowsOf } from './testing/import-and-reopen.ts';
import { writeArrowFile } from './write-arrow-file.ts';

async function readPart(buffers: DatasetBuffers): Promise<TablePart> {
  const bytes = writeArrowFile(buffers);
  return { table: await ArrowFile.open(new Blob([bytes])), byteSize: bytes.byteLength };
}

async function join(before: DatasetBuffers, after: DatasetBuffers): Promise<OpenTable> {
  return new OpenTable((await appendRows([await readPart(before)], writeArrowFile(after))).table);
}

const everything = { start: 0, end: 10 };
const orders = (ids: readonly (bigint | null)[]): DatasetBuffers =>
  build.dataset(
    build.int64('id', ids),
    build.string(
      'name',
      ids.map((id) => `n${String(id)}`),
    ),
    build.datetime(
      'at',
      ids.map(() => 0n),
      'us',
    ),
  );

describe('the rows of two tables', () => {
  it('stand after one another', async () => {
    const table = await join(orders([1n, null]), orders([3n]));
    expect(table.summary.rowCount).toBe(3);
    expect(rowsOf(await table.readWindow(everything, { start: 0, end: 2 }))).toEqual([
      ['number 1', 'text n1'],
      ['null null', 'text nnull'],
      ['number 3', 'text n3'],
    ]);
  });

  it('are those of one where the other has none', async () => {
    expect((await join(orders([]), orders([1n]))).summary.rowCount).toBe(1);
    expect((await join(orders([1n]), orders([]))).summary.rowCount).toBe(1);
    expect((await join(orders([]), orders([]))).summary.rowCount).toBe(0);
  });

  it('are those of one where the other has none, whatever type its empty column is of', async () => {
    const zoned = build.dataset(build.datetime('at', [0n], 'us', 'UTC'));
    const empty = build.dataset(build.datetime('at', [], 'us'));
    expect((await join(zoned, empty)).summary.columns[0]?.timeZone).toBe('UTC');
    expect((await join(empty, zoned)).summary.columns[0]?.timeZone).toBe('UTC');
  });

  it('have the scale of the first, whichever the others were given', async () => {
    const of = (scale?: Scale): DatasetBuffers =>
      build.dataset({ ...build.int64('n', [1n]), ...(scale && { scale }) });
    expect((await join(of('ordinal'), of())).summary.columns[0]?.scale).toBe('ordinal');
    expect((await join(of(), of('nominal'))).summary.columns[0]?.scale).toBeUndefined();
  });

  it('are as many as both have', async () => {
    const many = (start: number, count: number) =>
      build.dataset(
        build.int64(
          'id',
          Array.from({ length: count }, (_, index) => BigInt(start + index)),
        ),
      );
    const table = await join(many(0, 70_000), many(70_000, 65_537));
    expect(table.summary.rowCount).toBe(135_537);
    expect(rowsOf(await table.readWindow({ start: 69_999, end: 70_001 }, everything))).toEqual([
      ['number 69999'],
      ['number 70000'],
    ]);
  });

  const large = 2n ** 64n - 1n;
  const huge = String(2n ** 70n);
  const numbers = (floats: readonly (number | null)[], digits: readonly string[], order: readonly number[]) =>
    build.mixed('n', [build.float64('', floats), build.integer('', digits)], order);
  it.each<[string, ColumnBuffers, ColumnBuffers, string, string[]]>([
    [
      'Int64 where all fit it',
      build.int64('n', [-1n, null]),
      build.uint64('n', [5n]),
      'int64',
      ['number -1', 'null null', 'number 5'],
    ],
    [
      'Uint64 where none is negative',
      build.int64('n', [1n, null]),
      build.uint64('n', [large]),
      'uint64',
      ['number 1', 'null null', `number ${String(large)}`],
    ],
    [
      'digits where neither holds both',
      build.uint64('n', [large, null]),
      build.int64('n', [-1n]),
      'integer',
      [`number ${String(large)}`, 'null null', 'number -1'],
    ],
    [
      'digits where one has them',
      build.int64('n', [1n, null]),
      build.integer('n', [huge, '-7']),
      'integer',
      ['number 1', 'null null', `number ${huge}`, 'number -7'],
    ],
    [
      'floats beside floats, where they are exact as such',
      build.float64('n', [0.5, null]),
      build.int64('n', [2n ** 53n + 2n, null]),
      'float64',
      ['number 0.5', 'null null', 'number 9007199254740994.0', 'null null'],
    ],
    [
      'digits beside floats where one is no float',
      build.float64('n', [0.5, null]),
      build.uint64('n', [large, null]),
      'mixed',
      ['number 0.5', 'null null', `number ${String(large)}`, 'null null'],
    ],
    [
      'those of a mixed column of numbers where floats come before it',
      build.float64('n', [0.5, null]),
      numbers([1.5, null], [huge], [0, 1, 0]),
      'mixed',
      ['number 0.5', 'null null', 'number 1.5', `number ${huge}`, 'null null'],
    ],
    [
      'those of a mixed column of numbers where whole ones come after it',
      numbers([1.5, null], [huge], [0, 1, 0]),
      build.int64('n', [1n, null]),
      'mixed',
      ['number 1.5', `number ${huge}`, 'null null', 'number 1', 'null null'],
    ],
    [
      'those of a mixed column of numbers where none comes after it',
      numbers([], [huge], [1]),
      build.float64('n', [null]),
      'mixed',
      [`number ${huge}`, 'null null'],
    ],
    [
      'Int64 again where digits are not needed',
      build.integer('n', ['12', null]),
      build.int64('n', [1n]),
      'int64',
      ['number 12', 'null null', 'number 1'],
    ],
  ])('have whole numbers as %s', async (_what, before, after, type, cells) => {
    const table = await join(build.dataset(before), build.dataset(after));
    expect(table.summary.columns[0]?.type).toBe(type);
    expect(rowsOf(await table.readWindow(everything, everything))).toEqual(cells.map((cell) => [cell]));
  });

  it.each<[string, ColumnBuffers, ColumnBuffers]>([
    ['before', build.datetime('at', [null, null], 'us'), build.datetime('at', [0n], 'us', 'UTC')],
    ['after', build.datetime('at', [0n], 'us', 'UTC'), build.datetime('at', [null, null], 'us')],
    ['of no type', build.nothing('at', 2), build.datetime('at', [0n], 'us', 'UTC')],
  ])('have the type of the other part where one has no value: %s', async (_where, before, after) => {
    const { summary } = await join(build.dataset(before), build.dataset(after));
    expect([summary.rowCount, summary.columns[0]?.type, summary.columns[0]?.timeZone]).toEqual([
      3,
      'datetime',
      'UTC',
    ]);
  });

  it('have datetimes in nanoseconds where one has them, as far as those reach', async () => {
    const fine = build.dataset(build.datetime('at', [1n], 'ns'));
    const moments = (count: bigint) => build.dataset(build.datetime('at', [count, null], 'us'));
    const cells = rowsOf(await (await join(moments(1_000_000n), fine)).readWindow(everything, everything));
    expect(cells).toEqual([
      ['datetime 1970-01-01 00:00:01'],
      ['null null'],
      ['datetime 1970-01-01 00:00:00.000000001'],
    ]);
    await expect(join(moments(2n ** 60n), fine)).rejects.toThrow(
      'the column “at” held datetimes without a time zone to the microsecond, and holds datetimes without a time zone to the nanosecond, which reach from 1677 to 2262 now.',
    );
  });

  it.each<[string, string, string, readonly string[]]>([
    [
      'the one that both have',
      '+01:00',
      '+01:00',
      ['1970-01-01 01:00:00+01:00', '1970-01-01 01:00:01+01:00'],
    ],
    [
      'UTC where they have two',
      '+01:00',
      '+02:00',
      ['1970-01-01 00:00:00+00:00', '1970-01-01 00:00:01+00:00'],
    ],
  ])('have datetimes in a time zone: %s', async (_what, before, after, texts) => {
    for (const unit of ['us', 'ns'] as const) {
      const fine = unit === 'us' ? 1_000_000n : 1_000_000_000n;
      const first = build.dataset(build.datetime('at', [0n, null], 'us', before));
      const table = await join(first, build.dataset(build.datetime('at', [fine], unit, after)));
      const cells = rowsOf(await table.readWindow(everything, everything));
      expect(cells).toEqual([[`datetime ${texts[0]}`], ['null null'], [`datetime ${texts[1]}`]]);
    }
  });

  it('have datetimes with a time zone beside those without in the finer unit of each', async () => {
    const both = (local: 'us' | 'ns', zoned: 'us' | 'ns', count: bigint) =>
      build.dataset(
        build.mixed(
          'at',
          [build.datetime('', [count], local), build.datetime('', [count, null], zoned, 'UTC')],
          [1, 0, 1],
        ),
      );
    const cells = rowsOf(
      await (
        await join(both('us', 'ns', 1_000_000n), both('ns', 'us', 2_000_000n))
      ).readWindow(everything, everything),
    );
    expect(cells).toEqual([
      ['datetime 1970-01-01 00:00:00.001+00:00'],
      ['datetime 1970-01-01 00:00:01'],
      ['null null'],
      ['datetime 1970-01-01 00:00:02+00:00'],
      ['datetime 1970-01-01 00:00:00.002'],
      ['null null'],
    ]);
    await expect(join(both('us', 'us', 2n ** 60n), both('ns', 'us', 0n))).rejects.toThrow(
      'the column “at” held datetimes without a time zone to the microsecond beside datetimes with a time zone to the microsecond, and holds datetimes without a time zone to the nanosecond, which reach from 1677 to 2262 beside datetimes with a time zone to the microsecond now.',
    );
  });

  it('have datetimes in UTC when many parts of several time zones are made one', async () => {
    const zones = ['+01:00', '+02:00', '+02:00', '+01:00', 'Europe/Berlin'];
    let parts: TablePart[] = [];
    for (const zone of zones) {
      const added = writeArrowFile(build.dataset(build.datetime('at', [0n], 'us', zone)));
      const { last, keptCount, table } = await appendRows(parts, added);
      if (!last) throw new Error('there are new rows');
      parts = [...parts.slice(0, keptCount), { table: last.table, byteSize: last.file.byteSize }];
      expect(new OpenTable(table).summary.columns[0]?.timeZone).toBe(
        parts.length === 1 && table.rowCount === 1 ? zone : 'UTC',
      );
    }
    const cells = rowsOf(
      await new OpenTable(await joinTables(parts.map(({ table }) => table))).readWindow(
        everything,
        everything,
      ),
    );
    expect(cells).toEqual(zones.map(() => ['datetime 1970-01-01 00:00:00+00:00']));
  });

  const columns = 'Choose an output schema with the columns that it had';

  it.each<[string, DatasetBuffers, string, string]>([
    ['a column is gone', build.dataset(build.int64('id', [1n])), 'the column “name” is gone', columns],
    [
      'a column is new',
      build.dataset(...orders([1n]).columns, build.bool('is new', [true])),
      'the column “is new” is new',
      columns,
    ],
    [
      'columns changed places',
      build.dataset(...[...orders([1n]).columns].reverse()),
      'the column “id” stands in another place',
      columns,
    ],
    [
      'a column changed its type',
      build.dataset(build.string('id', ['1']), ...orders([1n]).columns.slice(1)),
      'the column “id” held whole numbers, and holds texts now',
      'Put out whole numbers again',
    ],
    [
      'datetimes have a time zone, and had none',
      build.dataset(...orders([1n]).columns.slice(0, 2), build.datetime('at', [0n], 'us', 'UTC')),
      'the column “at” held datetimes without a time zone, and holds datetimes with a time zone now',
      'Put out datetimes without a time zone again',
    ],
    [
      'some datetimes have a time zone, and none had one',
      build.dataset(
        ...orders([1n, 2n]).columns.slice(0, 2),
        build.mixed(
          'at',
          [build.datetime('', [0n], 'us'), build.datetime('', [0n], 'us', 'UTC'), build.nothing('', 0)],
          [0, 1],
        ),
      ),
      'the column “at” held datetimes without a time zone, and holds datetimes without a time zone beside datetimes with a time zone now',
      'Put out datetimes without a time zone again',
    ],
  ])('are not joined where %s', async (_what, after, problem, remedy) => {
    await expect(join(orders([1n]), after)).rejects.toThrow(
      `Its rows cannot be added to those before: ${problem}. ${remedy}, or begin anew: turn off “Append to previous output” for one run, which replaces the rows before.`,
    );
  });

  it('name the column that does not fit, whatever stands between the two', async () => {
    const columns = [
      build.datetime('at', [0n], 'us'),
      build.datetime('at', [null], 'us'),
      build.datetime('at', [0n], 'us', 'UTC'),
    ];
    const parts = await Promise.all(
      columns.map(async (column) => (await readPart(build.dataset(column))).table),
    );
    await expect(joinTables(parts)).rejects.toThrow(
      'the column “at” held datetimes without a time zone, and holds datetimes with a time zone now.',
    );
  });

  it('are not joined where texts stand for digits in a mixed column', async () => {
    const floats = build.float64('', [1.5]);
    const digits = build.mixed('n', [floats, build.integer('', ['1'])], [0, 1]);
    const texts = build.mixed('n', [floats, build.string('', ['a'])], [0, 1]);
    await expect(join(build.dataset(digits), build.dataset(texts))).rejects.toThrow(
      'the column “n” held numbers beside whole numbers, and holds numbers beside texts now.',
    );
  });
});

describe('a table that rows are added to again and again', () => {
  /** Adds so many times so many rows; gives the parts that it is in and the bytes that were written in all. */
  async function grow(
    times: number,
    rowCount: number,
  ): Promise<{ parts: TablePart[]; writtenBytes: number }> {
    let parts: TablePart[] = [];
    let writtenBytes = 0;
    for (let time = 0; time < times; time += 1) {
      const ids = Array.from({ length: rowCount }, (_, row) => BigInt(time * rowCount + row));
      const { last, keptCount, table } = await appendRows(parts, writeArrowFile(orders(ids)));
      if (!last) throw new Error('there are new rows');
      writtenBytes += last.file.byteSize;
      parts = [...parts.slice(0, keptCount), { table: last.table, byteSize: last.file.byteSize }];
      expect(table.rowCount).toBe((time + 1) * rowCount);
    }
    return { parts, writtenBytes };
  }

  it('is in few files, and each row is written a few times only', async () => {
    const { parts, writtenBytes } = await grow(400, 20);
    const size = parts.reduce((sum, { byteSize }) => sum + byteSize, 0);
    expect(parts.length).toBeLessThanOrEqual(10);
    expect(parts.reduce((sum, { table }) => sum + table.batches.length, 0)).toBeLessThanOrEqual(10);
    expect(writtenBytes / size).toBeLessThan(16);
  });

  it('has its rows in order', async () => {
    const { parts } = await grow(37, 3);
    const table = new OpenTable(await joinTables(parts.map((part) => part.table)));
    const window = await table.readWindow({ start: 0, end: 200 }, { start: 0, end: 1 });
    expect(window.cells[0]?.texts).toEqual(Array.from({ length: 111 }, (_, row) => String(row)));
  });

  it('keeps its files where no row comes', async () => {
    const { parts } = await grow(5, 3);
    const { last, keptCount, table } = await appendRows(parts, writeArrowFile(orders([])));
    expect([last, keptCount, table.rowCount]).toEqual([null, parts.length - 1, 15]);
  });
});
