import type { Table } from 'apache-arrow';
import type { DatasetSummary } from '../../model/dataset.ts';
import {
  wholeTextLimit,
  windowTextLimit,
  type CellKind,
  type CellWindow,
  type ColumnTexts,
  type IndexRange,
} from '../TableSource.ts';
import { cutText } from './decode-text.ts';
import type { CellReader } from './cell-reader.ts';
import { createCellReader } from './read-cells.ts';
import { summarise } from './summarise.ts';

/** A table in the worker: finds the batch of a row and reads its cells. */
export class OpenTable {
  readonly summary: DatasetSummary;
  readonly #table: Table;
  /** The first row of each batch, ascending. */
  readonly #batchStarts: readonly number[];
  /** By batch and column, made when first read. */
  readonly #readers = new Map<string, CellReader>();

  constructor(table: Table) {
    this.#table = table;
    this.summary = summarise(table);
    let start = 0;
    this.#batchStarts = table.batches.map(({ numRows }) => {
      start += numRows;
      return start - numRows;
    });
  }

  /** The texts of a rectangle, cut to `windowTextLimit`; what lies outside the table is left away. */
  readWindow(askedRows: IndexRange, askedColumns: IndexRange): CellWindow {
    const rows = clampRange(askedRows, this.summary.rowCount);
    const columns = clampRange(askedColumns, this.summary.columns.length);
    const cells: ColumnTexts[] = [];
    for (let column = columns.start; column < columns.end; column++) {
      cells.push(this.#readColumn(column, rows));
    }
    return { rows, columns, cells };
  }

  /** The whole text of a cell, cut with a note after `wholeTextLimit`. Throws outside the table. */
  readCell(row: number, column: number): string {
    const { rowCount, columns } = this.summary;
    if (row >= rowCount || column >= columns.length) {
      throw new Error(`There is no cell in row ${String(row + 1)}, column ${String(column + 1)}.`);
    }
    const batch = this.#batchOf(row);
    const start = this.#batchStarts[batch] ?? 0;
    // Two more than are shown: one to see that there is more, one for a pair that is not parted.
    const { text } = this.#reader(batch, column)(row - start, wholeTextLimit + 2);
    if (text.length <= wholeTextLimit) return text;
    return `${cutText(text, wholeTextLimit)}\n… cut after ${wholeTextLimit.toLocaleString('en')} characters`;
  }

  #readColumn(column: number, rows: IndexRange): ColumnTexts {
    const texts: string[] = [];
    const kinds: CellKind[] = [];
    let row = rows.start;
    for (let batch = this.#batchOf(row); row < rows.end; batch++) {
      const start = this.#batchStarts[batch] ?? 0;
      const end = Math.min(rows.end, this.#batchStarts[batch + 1] ?? rows.end);
      if (row === end) continue; // an empty batch
      const read = this.#reader(batch, column);
      for (; row < end; row++) {
        const { kind, text } = read(row - start, windowTextLimit);
        texts.push(text);
        kinds.push(kind);
      }
    }
    return { texts, kinds };
  }

  /** The last batch that begins at the row or before it. */
  #batchOf(row: number): number {
    let low = 0;
    let high = this.#batchStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#batchStarts[middle] ?? 0) <= row) low = middle;
      else high = middle;
    }
    return low;
  }

  #reader(batch: number, column: number): CellReader {
    const key = `${String(batch)} ${String(column)}`;
    let reader = this.#readers.get(key);
    if (reader === undefined) {
      const field = this.#table.schema.fields[column];
      const data = this.#table.batches[batch]?.data.children[column];
      if (field === undefined || data === undefined) {
        throw new Error('The table file is damaged: a column is missing from it.');
      }
      reader = createCellReader(field, data);
      this.#readers.set(key, reader);
    }
    return reader;
  }
}

function clampRange({ start, end }: IndexRange, length: number): IndexRange {
  const from = Math.min(start, length);
  return { start: from, end: Math.min(Math.max(from, end), length) };
}
