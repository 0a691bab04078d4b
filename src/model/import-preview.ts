import type { ColumnSummary } from './dataset.ts';
import type { BlobHash } from './ids.ts';
import type { ImportOptions, NumberStyle } from './import-options.ts';
import type { StoredTable } from './preview.ts';

/** What a file would be read as, by its first rows and samples of the others. */
export interface ImportPreview {
  /** As asked for, or all to be found out. */
  readonly options: ImportOptions;
  readonly found: FoundSetting;
  readonly columns: readonly PreviewColumn[];
  /** The first rows as texts, cut where they are long; null for a missing value. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly rowCount: number;
  /** The rows were counted, and not estimated. */
  readonly isCounted: boolean;
  /** About what the table takes. */
  readonly tableBytes: number;
  /** Of the rows that were looked at, those that would be left out. */
  readonly rejectedCount: number;
  /** Of the values that were looked at, those that would be left empty. */
  readonly emptiedCount: number;
  /** What is wrong with what was looked at, and what names and types come of, in sentences. */
  readonly problems: readonly string[];
}

/** What was found of what the options leave open; null for what such a file does not have. */
export interface FoundSetting {
  readonly delimiter: string | null;
  readonly encoding: string | null;
  /** The row that is read first; the first of the file is 1. */
  readonly firstRow: number | null;
  readonly hasHeader: boolean | null;
  readonly numbers: NumberStyle | null;
  /** Texts that may stand for a missing value: but for them, a column would hold numbers, dates or truth values. */
  readonly missingMarks: readonly string[];
  /** The names of the sheets of a workbook, and the one that is read. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
}

export interface PreviewColumn {
  readonly name: string;
  readonly type: ColumnSummary['type'];
  readonly timeZone: string | null;
}

/** Nothing found. */
export const noSetting: FoundSetting = {
  delimiter: null,
  encoding: null,
  firstRow: null,
  hasHeader: null,
  numbers: null,
  missingMarks: [],
  sheets: [],
  sheet: null,
};

/** How far a file is read. */
export interface ImportProgress {
  readonly doneBytes: number;
  readonly allBytes: number;
  /** It is read once more, as a column holds what its samples did not tell. */
  readonly isSecond: boolean;
}

/** What of a file is not in its table. */
export interface ImportReport {
  readonly count: number;
  /** As CSV. */
  readonly report: Blob;
  readonly reportHash: BlobHash;
}

/** A table that was made of a file. */
export interface ImportedTable {
  readonly table: StoredTable;
  readonly content: Blob;
  /** The SHA-256 of the file. */
  readonly fileHash: BlobHash;
  readonly rejected: ImportReport | null;
  /** Values that are missing as they do not fit the type of their column; null where there are none. */
  readonly emptied: ImportReport | null;
  /** Rows without their last fields, which are missing values. */
  readonly shortRowCount: number;
  /** What else is to be known of the table, in sentences. */
  readonly notes: readonly string[];
}
