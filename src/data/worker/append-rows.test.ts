import { describe, expect, it } from 'vitest';
import type { DatasetBuffers } from '../../model/dataset.ts';
import * as build from '../testing/build-dataset.ts';
import { appendRows, type TablePart } from './append-rows.ts';
import { joinTables } from './join-tables.ts';
import { OpenTable } from './OpenTable.ts';
import { readArrowFile } from './read-arrow-file.ts';
import { rowsOf } from './testing/import-and-reopen.ts';
import { writeArrowFile } from './write-arrow-file.ts';

function readPart(buffers: DatasetBuffers): TablePart {
  const bytes = writeArrowFile(buffers);
  return { table: readArrowFile(bytes), byteSize: bytes.byteLength };
}

function join(before: DatasetBuffers, after: DatasetBuffers): OpenTable {
  return new OpenTable(appendRows([readPart(before)], writeArrowFile(after)).table);
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
  it('stand after one another', () => {
    const table = join(orders([1n, null]), orders([3n]));
    expect(table.summary.rowCount).toBe(3);
    expect(rowsOf(table.readWindow(everything, { start: 0, end: 2 }))).toEqual([
      ['number 1', 'text n1'],
      ['null null', 'text nnull'],
      ['number 3', 'text n3'],
    ]);
  });

  it('are those of one where the other has none', () => {
    expect(join(orders([]), orders([1n])).summary.rowCount).toBe(1);
    expect(join(orders([1n]), orders([])).summary.rowCount).toBe(1);
    expect(join(orders([]), orders([])).summary.rowCount).toBe(0);
  });

  it('are those of one where the other has none, whatever type its empty column is of', () => {
    const zoned = build.dataset(build.datetime('at', [0n], 'us', 'UTC'));
    const empty = build.dataset(build.datetime('at', [], 'us'));
    expect(join(zoned, empty).summary.columns[0]?.timeZone).toBe('UTC');
    expect(join(empty, zoned).summary.columns[0]?.timeZone).toBe('UTC');
  });

  it.each<[string, DatasetBuffers, string]>([
    ['a column is gone', build.dataset(build.int64('id', [1n])), 'the column “name” is gone'],
    [
      'a column is new',
      build.dataset(...orders([1n]).columns, build.bool('is new', [true])),
      'the column “is new” is new',
    ],
    [
      'columns changed places',
      build.dataset(...[...orders([1n]).columns].reverse()),
      'the column “id” stands in another place',
    ],
    [
      'a column changed its type',
      build.dataset(build.float64('id', [1]), ...orders([1n]).columns.slice(1)),
      'the column “id” held Int64, and holds Float64 now',
    ],
  ])('are not joined where %s', (_what, after, problem) => {
    expect(() => join(orders([1n]), after)).toThrow(
      `Its rows cannot be added to those before: ${problem}. Replace the output instead, or put out the columns that it had.`,
    );
  });
});

describe('a table that rows are added to again and again', () => {
  /** Adds so many times so many rows; gives the parts that it is in and the bytes that were written in all. */
  function grow(times: number, rowCount: number): { parts: TablePart[]; writtenBytes: number } {
    let parts: TablePart[] = [];
    let writtenBytes = 0;
    for (let time = 0; time < times; time += 1) {
      const ids = Array.from({ length: rowCount }, (_, row) => BigInt(time * rowCount + row));
      const { last, keptCount, table } = appendRows(parts, writeArrowFile(orders(ids)));
      if (!last) throw new Error('there are new rows');
      writtenBytes += last.bytes.byteLength;
      parts = [...parts.slice(0, keptCount), { table: last.table, byteSize: last.bytes.byteLength }];
      expect(table.numRows).toBe((time + 1) * rowCount);
    }
    return { parts, writtenBytes };
  }

  it('is in few files, and each row is written a few times only', () => {
    const { parts, writtenBytes } = grow(400, 20);
    const size = parts.reduce((sum, { byteSize }) => sum + byteSize, 0);
    expect(parts.length).toBeLessThanOrEqual(10);
    expect(parts.reduce((sum, { table }) => sum + table.batches.length, 0)).toBeLessThanOrEqual(10);
    expect(writtenBytes / size).toBeLessThan(16);
  });

  it('has its rows in order', () => {
    const { parts } = grow(37, 3);
    const table = new OpenTable(joinTables(parts.map((part) => part.table)));
    const window = table.readWindow({ start: 0, end: 200 }, { start: 0, end: 1 });
    expect(window.cells[0]?.texts).toEqual(Array.from({ length: 111 }, (_, row) => String(row)));
  });

  it('keeps its files where no row comes', () => {
    const { parts } = grow(5, 3);
    const { last, keptCount, table } = appendRows(parts, writeArrowFile(orders([])));
    expect([last, keptCount, table.numRows]).toEqual([null, parts.length - 1, 15]);
  });
});
