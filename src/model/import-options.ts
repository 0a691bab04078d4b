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

/**
 * What becomes of a value that does not fit the type that was chosen for its column: the value alone is missing then, or
 * its whole row. Either is told of.
 */
export const misfitWays = ['leave-value-empty', 'leave-row-out'] as const;

export type MisfitWay = (typeof misfitWays)[number];

/** What was said of the values of a file that has no types of its own for them. */
export interface ValueRules {
  readonly columns: readonly ColumnChoice[];
  readonly misfitWay: MisfitWay;
  /**
   * Texts that stand for a missing value in whichever column, "k.A." for one, capital or small, beside those that always do:
   * blanks, NA, NaN, null and the like.
   */
  readonly missingMarks: readonly string[];
}

/** What was said of the rows of a file that are not told apart from what stands above them. */
export interface HeaderRules {
  /** The row that is read first, the first of the file is 1: those above are no part of the table. */
  readonly firstRow: number | null;
  /** The first row that is read names the columns. */
  readonly hasHeader: boolean | null;
}

/** How a file is read. What is null is found out from the file. */
export type ImportOptions =
  | (ValueRules &
      HeaderRules & {
        readonly format: 'csv';
        /** One character. */
        readonly delimiter: string | null;
        /** A label of the Encoding Standard, such as "windows-1252". */
        readonly encoding: string | null;
        readonly decimalMark: DecimalMark | null;
        readonly thousandsMark: ThousandsMark | null;
      })
  | (ValueRules & { readonly format: 'json' | 'json-lines' })
  | (ValueRules &
      HeaderRules & {
        readonly format: 'excel';
        /** The name of a sheet; the first where it is null. */
        readonly sheet: string | null;
      })
  | { readonly format: 'parquet' | 'arrow' };

const noRules: ValueRules = { columns: [], misfitWay: 'leave-value-empty', missingMarks: [] };

/** Nothing said of a file but what it is. */
export function createImportOptions(format: FileFormat): ImportOptions {
  switch (format) {
    case 'csv':
      return {
        format,
        delimiter: null,
        encoding: null,
        firstRow: null,
        hasHeader: null,
        decimalMark: null,
        thousandsMark: null,
        ...noRules,
      };
    case 'json':
    case 'json-lines':
      return { format, ...noRules };
    case 'excel':
      return { format, sheet: null, firstRow: null, hasHeader: null, ...noRules };
    case 'parquet':
    case 'arrow':
      return { format };
  }
}
