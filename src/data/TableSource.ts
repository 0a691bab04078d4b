import type { ColumnStatistics } from './column-statistics.ts';
import type { TableQuery } from './table-query.ts';
import type { ChartQuery, ChartRows } from '../model/chart/chart-data.ts';
import type { DatasetSummary } from '../model/dataset.ts';

/** How a cell is to be drawn: what kind of value its text stands for. */
export const cellKinds = ['null', 'nan', 'number', 'text', 'boolean', 'datetime', 'date', 'nested'] as const;

export type CellKind = (typeof cellKinds)[number];

/** Positions from `start` up to, not including, `end`; counted from 0. */
export interface IndexRange {
  readonly start: number;
  readonly end: number;
}

/** Texts of a cell in a window are cut to this many UTF-16 units: no cell on the screen shows more. */
export const windowTextLimit = 500;

/** A whole text is cut, with a note, after this many UTF-16 units: more would stop the page for seconds. */
export const wholeTextLimit = 1_000_000;

/** The texts of one column in a window, one element a row. */
export interface ColumnTexts {
  readonly texts: readonly string[];
  readonly kinds: readonly CellKind[];
}

/** A rectangle of a table, ready to be drawn. Its ranges lie within the table. */
export interface CellWindow {
  readonly rows: IndexRange;
  readonly columns: IndexRange;
  /** For each row where it stands in the whole table, counted from 0: a query leaves rows out and sorts them. */
  readonly rowNumbers: readonly number[];
  /** One element for each column of `columns`. */
  readonly cells: readonly ColumnTexts[];
}

/** Files that rows can be written to. */
export const exportFormats = ['csv', 'tsv', 'json-lines', 'arrow', 'parquet'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** What of a table is to be written to a file. */
export interface ExportRequest {
  readonly format: ExportFormat;
  /** Of the table, in the order that they are to have. */
  readonly columns: readonly number[];
  /** Null for all rows. */
  readonly rows: IndexRange | null;
  /** Whether the first line of CSV and TSV names the columns. */
  readonly hasHeader: boolean;
}

/** What goes with work that takes long. */
export interface LongWork {
  /** Ends the work, which then rejects with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how much of the whole is done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A table that is read piece by piece; its values stay where they are. */
export interface TableSource {
  readonly summary: DatasetSummary;
  /** The columns that have what was searched for, where these are the rows of a search. */
  readonly hitColumns?: readonly number[];

  /**
   * Reads a rectangle; what lies outside the table is left away.
   * Rejects with an `AbortError` once `signal` is aborted, and with an Error after `close`.
   */
  readWindow(rows: IndexRange, columns: IndexRange, signal?: AbortSignal): Promise<CellWindow>;

  /** The whole text of one cell, cut with a note after `wholeTextLimit`. Rejects outside the table. */
  readCell(row: number, column: number): Promise<string>;

  /**
   * The rows that a query asks for, as a table of its own, which has to be closed like this one, and lives as long as this
   * one at most. Rejects with an Error that says what is wrong with the query.
   */
  query(query: TableQuery, work?: LongWork): Promise<TableSource>;

  /** What the values of a column are like. */
  readStatistics(column: number, work?: LongWork): Promise<ColumnStatistics>;

  /** Rows in a file. Rejects with an Error that names a column that it cannot hold. */
  exportFile(request: ExportRequest, work?: LongWork): Promise<Blob>;

  /** Lets the table's memory go. What is asked afterwards is rejected. */
  close(): void;
}

/** A table that charts are drawn of. */
export interface ChartSource extends Pick<TableSource, 'summary' | 'close'> {
  /**
   * What a chart draws of the table; more rows than it may draw are made fewer.
   * Rejects with an `AbortError` once `signal` is aborted, and with an Error after `close`.
   */
  readChartData(query: ChartQuery, signal?: AbortSignal): Promise<ChartRows>;
}
