import type { Data, Field } from 'apache-arrow';
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
import type { Cell, CellReader } from './cell-reader.ts';
import { PageCache } from './PageCache.ts';
import { createCellReader } from './read-cells.ts';
import { summarise } from './summarise.ts';
import { batchOf, type TableColumns } from './table-columns.ts';

/** Rows of a column that are read for a window at a time. A multiple of 8. */
const rowsPerPage = 8192;
/** Where a window has rows of more pages of a batch than this, the batch is read whole. */
const pagesAtOnce = 2;
/** So few rows, scattered over the table, are read with no more than what is around each: small reads cost a quarter. */
const fewRows = 40;
const rowsPerSmallPage = 64;
/** Bytes of values that a table keeps at hand: some ten columns of a million numbers, so that sorted rows can be scrolled. */
const cachedBytes = 128 * 2 ** 20;

/** Rows that are read together. */
interface Page {
  readonly batch: number;
  readonly rows: IndexRange;
}

/** A table in the worker: finds the pages of rows, and reads their cells. */
export class OpenTable {
  readonly columns: TableColumns;
  readonly summary: DatasetSummary;
  /** The rows of `columns` that it has, in its order; null where those are all, as they stand. */
  readonly rows: Uint32Array | null;
  readonly #pages: PageCache;
  readonly #readers: WeakMap<Data, CellReader>;

  constructor(columns: TableColumns, rows: Uint32Array | null = null, whole: OpenTable | null = null) {
    this.columns = columns;
    this.rows = rows;
    this.summary = { ...summarise(columns), rowCount: rows?.length ?? columns.rowCount };
    this.#pages = whole ? whole.#pages : new PageCache(cachedBytes);
    this.#readers = whole ? whole.#readers : new WeakMap();
  }

  /** Some rows of the whole table, in an order of their own; what was read is shared with this one. */
  withRows(rows: Uint32Array): OpenTable {
    return new OpenTable(this.columns, rows, this);
  }

  /** Some of its rows alone. */
  between({ start, end }: IndexRange): OpenTable {
    const range = clampRange({ start, end }, this.summary.rowCount);
    const length = range.end - range.start;
    return this.withRows(
      this.rows?.slice(range.start, range.end) ?? Uint32Array.from({ length }, (_, row) => range.start + row),
    );
  }

  /** The texts of a rectangle, cut to `windowTextLimit`; what lies outside the table is left away. */
  async readWindow(askedRows: IndexRange, askedColumns: IndexRange): Promise<CellWindow> {
    const rows = clampRange(askedRows, this.summary.rowCount);
    const columns = clampRange(askedColumns, this.summary.columns.length);
    const rowNumbers = Array.from({ length: rows.end - rows.start }, (_, index) =>
      this.#rowAt(rows.start + index),
    );
    const pages = this.#pagesOf(rowNumbers);
    const cells = await Promise.all(
      Array.from({ length: columns.end - columns.start }, async (_, index) =>
        this.#readColumn(columns.start + index, rowNumbers, pages),
      ),
    );
    return { rows, columns, cells, rowNumbers };
  }

  /** Cells of a column with their whole texts. */
  async readCells(rows: IndexRange, column: number): Promise<Cell[]> {
    const numbers = Array.from({ length: rows.end - rows.start }, (_, index) =>
      this.#rowAt(rows.start + index),
    );
    return await this.#readCells(column, numbers, this.#pagesOf(numbers), Number.MAX_SAFE_INTEGER);
  }

  /** The whole text of a cell, cut with a note after `wholeTextLimit`. Rejects outside the table. */
  async readCell(row: number, column: number): Promise<string> {
    const { rowCount, columns } = this.summary;
    if (row >= rowCount || column >= columns.length) {
      throw new Error(`There is no cell in row ${String(row + 1)}, column ${String(column + 1)}.`);
    }
    const rowNumbers = [this.#rowAt(row)];
    // Two more than are shown: one to see that there is more, one for a pair that is not parted.
    const [cell] = await this.#readCells(column, rowNumbers, this.#pagesOf(rowNumbers), wholeTextLimit + 2);
    const text = cell?.text ?? '';
    if (text.length <= wholeTextLimit) return text;
    return `${cutText(text, wholeTextLimit)}\n… cut after ${wholeTextLimit.toLocaleString('en')} characters`;
  }

  #rowAt(index: number): number {
    return this.rows === null ? index : (this.rows[index] ?? 0);
  }

  async #readColumn(
    column: number,
    rowNumbers: readonly number[],
    pages: readonly Page[],
  ): Promise<ColumnTexts> {
    const cells = await this.#readCells(column, rowNumbers, pages, windowTextLimit);
    const texts: string[] = [];
    const kinds: CellKind[] = [];
    for (const { text, kind } of cells) {
      texts.push(text);
      kinds.push(kind);
    }
    return { texts, kinds };
  }

  async #readCells(
    column: number,
    rowNumbers: readonly number[],
    pages: readonly Page[],
    limit: number,
  ): Promise<Cell[]> {
    const distinct = [...new Set(pages)];
    const readers = new Map<Page, CellReader>();
    await Promise.all(
      distinct.map(async (page) => {
        readers.set(page, await this.#reader(column, page));
      }),
    );
    return rowNumbers.map((row, index) => {
      const page = pages[index];
      const read = page && readers.get(page);
      if (!read) throw new Error('a row lies in one of the pages');
      return read(row - page.rows.start, limit);
    });
  }

  async #reader(column: number, { batch, rows }: Page): Promise<CellReader> {
    const name = `${String(column)} ${String(rows.start)} ${String(rows.end)}`;
    const data = await this.#pages.get(name, () => this.columns.readRows(column, batch, rows));
    let reader = this.#readers.get(data);
    if (!reader) {
      reader = createCellReader(this.#fieldAt(column), data);
      this.#readers.set(data, reader);
    }
    return reader;
  }

  #fieldAt(column: number): Field {
    const field = this.columns.schema.fields[column];
    if (!field) throw new Error('The table file is damaged: a column is missing from it.');
    return field;
  }

  /** For each row the page that it is read with. */
  #pagesOf(rowNumbers: readonly number[]): Page[] {
    const { batches } = this.columns;
    const isScattered = this.rows !== null && rowNumbers.length <= fewRows;
    const size = isScattered ? rowsPerSmallPage : rowsPerPage;
    const pages = new Map<number, Page>();
    const pagesOfBatch = new Map<number, number>();
    const found = rowNumbers.map((row) => {
      const batch = batchOf(batches, row);
      const { start: first, end: last } = batches[batch] ?? { start: 0, end: 0 };
      const start = first + Math.floor((row - first) / size) * size;
      let page = pages.get(start);
      if (!page) {
        page = { batch, rows: { start, end: Math.min(last, start + size) } };
        pages.set(start, page);
        pagesOfBatch.set(batch, (pagesOfBatch.get(batch) ?? 0) + 1);
      }
      return page;
    });
    if (isScattered) return found;
    const whole = new Map<number, Page>();
    return found.map((page) => {
      if ((pagesOfBatch.get(page.batch) ?? 0) <= pagesAtOnce) return page;
      const known = whole.get(page.batch);
      const batch = known ?? { batch: page.batch, rows: batches[page.batch] ?? page.rows };
      whole.set(page.batch, batch);
      return batch;
    });
  }
}

function clampRange({ start, end }: IndexRange, length: number): IndexRange {
  const from = Math.min(start, length);
  return { start: from, end: Math.min(Math.max(from, end), length) };
}
