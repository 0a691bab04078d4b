import type { ColumnType } from './dataset.ts';

/** The kinds of files that a dataset can be made of. */
export const fileFormats = ['csv', 'json', 'json-lines', 'parquet', 'arrow', 'excel'] as const;

export type FileFormat = (typeof fileFormats)[number];

/** What a column of text can be read as. */
export const readTypes = [
  'string',
  'int64',
  'float64',
  'bool',
  'date',
  'datetime',
] as const satisfies readonly ColumnType[];

export type ReadType = (typeof readTypes)[number];

/** What comes first in dates such as 24.12.2025 and 12/24/2025. */
export const dayOrders = ['day-first', 'month-first'] as const;

export type DayOrder = (typeof dayOrders)[number];

/** What a person said of a column; what is not said is found out. */
export interface ColumnChoice {
  /** As the preview names it: of columns that a file names alike, each has a name of its own there. */
  readonly name: string;
  readonly type: ReadType;
  /** Of a date, or date and time; where it is null, it is found out. */
  readonly dayOrder: DayOrder | null;
}

export const decimalMarks = ['.', ','] as const;

export type DecimalMark = (typeof decimalMarks)[number];

/** What may stand between groups of three digits. A space is any that is not broken, too; an apostrophe a curly one. */
export const thousandsMarks = ['', '.', ',', "'", ' '] as const;

export type ThousandsMark = (typeof thousandsMarks)[number];

/** How the numbers of a file are written: "1.234,50", for one. */
export interface NumberStyle {
  readonly decimalMark: DecimalMark;
  /** Empty where there is none; another one than before decimals. */
  readonly thousandsMark: ThousandsMark;
}

/** How a file is read. What is null is found out from the file. */
export type ImportOptions =
  | {
      readonly format: 'csv';
      /** One character. */
      readonly delimiter: string | null;
      /** A label of the Encoding Standard, such as "windows-1252". */
      readonly encoding: string | null;
      /** The first row names the columns. */
      readonly hasHeader: boolean | null;
      readonly decimalMark: DecimalMark | null;
      readonly thousandsMark: ThousandsMark | null;
      readonly columns: readonly ColumnChoice[];
    }
  | { readonly format: 'json' | 'json-lines'; readonly columns: readonly ColumnChoice[] }
  | {
      readonly format: 'excel';
      /** The name of a sheet; the first where it is null. */
      readonly sheet: string | null;
      readonly hasHeader: boolean | null;
      readonly columns: readonly ColumnChoice[];
    }
  | { readonly format: 'parquet' | 'arrow' };

/** Nothing said of a file but what it is. */
export function createImportOptions(format: FileFormat): ImportOptions {
  switch (format) {
    case 'csv':
      return {
        format,
        delimiter: null,
        encoding: null,
        hasHeader: null,
        decimalMark: null,
        thousandsMark: null,
        columns: [],
      };
    case 'json':
    case 'json-lines':
      return { format, columns: [] };
    case 'excel':
      return { format, sheet: null, hasHeader: null, columns: [] };
    case 'parquet':
    case 'arrow':
      return { format };
  }
}
