import type { Data, Schema } from 'apache-arrow';
import type { IndexRange } from '../TableSource.ts';

/** A table whose columns are read batch by batch, each by itself. */
export interface TableColumns {
  readonly schema: Schema;
  readonly rowCount: number;
  /** The rows of each batch, ascending, `rowsPerBatch` at most and at least one. */
  readonly batches: readonly IndexRange[];

  /** The values of a column in a batch. Rejects with an Error that says what is wrong with the file. */
  readColumn(column: number, batch: number): Promise<Data>;

  /** As `readColumn`, of several columns beside one another: faster than one by one. */
  readColumns(columns: IndexRange, batch: number): Promise<Data[]>;

  /** As `readColumn`, of these rows alone, which lie in the batch and begin at a multiple of 8 within it. */
  readRows(column: number, batch: number, rows: IndexRange): Promise<Data>;
}

/** The last batch that begins at a row or before it; 0 where there is none. */
export function batchOf(batches: readonly IndexRange[], row: number): number {
  let low = 0;
  let high = batches.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((batches[middle]?.start ?? 0) <= row) low = middle;
    else high = middle;
  }
  return low;
}

/** Columns one by one, for tables that have no better way. */
export async function readEach(
  columns: IndexRange,
  read: (column: number) => Promise<Data>,
): Promise<Data[]> {
  const { start, end } = columns;
  return await Promise.all(Array.from({ length: end - start }, (_, index) => read(start + index)));
}

/** A column whole, a piece for each batch. */
export async function readPieces(table: TableColumns, column: number): Promise<Data[]> {
  return await Promise.all(table.batches.map((_, batch) => table.readColumn(column, batch)));
}
