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

/** What a person said of a column; what is not said is found out. */
export interface ColumnChoice {
  /** As the file names it; of columns of one name the first is meant. */
  readonly name: string;
  readonly type: ReadType;
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
      return { format, delimiter: null, encoding: null, hasHeader: null, columns: [] };
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
