import { describe, expect, it } from 'vitest';
import type { DatasetBuffers } from '../../model/dataset.ts';
import * as build from '../testing/build-dataset.ts';
import { joinTables } from './join-tables.ts';
import { OpenTable } from './OpenTable.ts';
import { readArrowFile } from './read-arrow-file.ts';
import { rowsOf } from './testing/import-and-reopen.ts';
import { writeArrowFile } from './write-arrow-file.ts';

function join(before: DatasetBuffers, after: DatasetBuffers): OpenTable {
  const [one, other] = [before, after].map((buffers) => readArrowFile(writeArrowFile(buffers)));
  if (!one || !other) throw new Error('there are two tables');
  return new OpenTable(readArrowFile(joinTables(one, other)));
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
