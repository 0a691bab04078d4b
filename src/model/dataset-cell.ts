import type { ImportOptions } from './import-options.ts';
import type { BlobHash, CellId } from './ids.ts';
import type { OutputHandle } from './handles.ts';
import type { StoredOutput } from './outputs.ts';
import type { StoredTable, StoredValue } from './preview.ts';

/** A cell that holds a dataset that was brought in as a file. */
export interface DatasetCell {
  readonly kind: 'dataset';
  readonly id: CellId;
  readonly title: string;
  /** Null until a file was brought in. */
  readonly content: DatasetContent | null;
}

/** A file that was brought in, and the table that was made of it. */
export interface DatasetContent {
  readonly table: StoredTable;
  readonly file: ImportedFile;
  /** How the file was read, and is read the next time. */
  readonly options: ImportOptions;
  /** Null where every row was taken. */
  readonly rejected: StoredReport | null;
  /** Null where no value was left empty. */
  readonly emptied: StoredReport | null;
  /** Rows without their last fields, which are missing values. */
  readonly shortRowCount: number;
  /** What else is to be known of the table, in sentences. */
  readonly notes: readonly string[];
  /** Milliseconds since 1970. */
  readonly importedAt: number;
}

/** What is known of a file that was brought in. */
export interface ImportedFile {
  /** Without folders. */
  readonly name: string;
  readonly byteSize: number;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  readonly hash: BlobHash;
  /** Where it was fetched; null where a person handed it over. */
  readonly url: string | null;
  /** Its bytes, under their hash, are kept beside the table. */
  readonly isKept: boolean;
}

/** Rows or values of a file that are not in the table. */
export interface StoredReport {
  readonly count: number;
  /** As they stand in the file, with the place and reason of each, as CSV; the first of them where there are very many. */
  readonly report: StoredValue;
}

const plainOutput = { schema: {}, isNullable: false, isAdditional: false } as const;

/** What every Dataset cell puts out. */
export const datasetOutput: OutputHandle = {
  ...plainOutput,
  name: 'data',
  description: 'The rows of the file',
};

/** What a Dataset cell puts out where the file itself is kept. */
export const fileOutput: OutputHandle = {
  ...plainOutput,
  name: 'file',
  description: 'The file as it was brought in',
};

/** The outputs of a Dataset cell as it stands. */
export function listDatasetOutputs({ content }: DatasetCell): OutputHandle[] {
  return content?.file.isKept ? [datasetOutput, fileOutput] : [datasetOutput];
}

/** What a Dataset cell puts out, without ever being run. */
export function getDatasetOutputs({ content }: DatasetCell): StoredOutput[] {
  if (!content) return [];
  const { table, file } = content;
  const data: StoredOutput = { handle: datasetOutput.name, kind: 'dataset', ...table };
  if (!file.isKept) return [data];
  return [data, { handle: fileOutput.name, kind: 'binary', blob: file.hash, byteSize: file.byteSize }];
}

/** The stored values that a Dataset cell names. */
export function listDatasetValues({ content }: DatasetCell): StoredValue[] {
  if (!content) return [];
  const { table, file, rejected, emptied } = content;
  return [
    { blob: table.blob, byteSize: table.byteSize },
    ...(file.isKept ? [{ blob: file.hash, byteSize: file.byteSize }] : []),
    ...(rejected ? [rejected.report] : []),
    ...(emptied ? [emptied.report] : []),
  ];
}
