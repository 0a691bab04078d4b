import type { BlobHash } from '../../../model/ids.ts';
import type { ImportOptions } from '../../../model/import-options.ts';
import type { ImportPreview } from '../../../model/import-preview.ts';
import type { WrittenTable } from './ArrowFileWriter.ts';
import type { PieceReaders } from './csv/PieceReaders.ts';
import { detectFormat } from './detect-format.ts';
import type { WindowSizes } from './read-file.ts';

/** What came of a file. */
export interface LoadedFile {
  readonly table: WrittenTable;
  readonly fileHash: BlobHash;
  /** The rows that were not taken, as CSV; null where all were. */
  readonly rejected: Blob | null;
  readonly rejectedCount: number;
  /** The values that are missing as they did not fit their column, as CSV; null where there are none. */
  readonly emptied: Blob | null;
  readonly emptiedCount: number;
  /** Rows without their last fields, which are missing values. */
  readonly shortRowCount: number;
  /** What else is to be known of the table, in sentences. */
  readonly notes: readonly string[];
}

/** What a file is read with. */
export interface LoadOptions {
  /** Told of the bytes of the file that were read; `isSecond` where it is read once more. */
  readonly onProgress: (readBytes: number, isSecond: boolean) => void;
  readonly startReaders: () => PieceReaders;
  readonly windows?: WindowSizes;
}

/** Looks at a file; without options, at what it is. Rejects with what is wrong with it, for a sentence that names it. */
export async function previewFile(file: File, asked: ImportOptions | null): Promise<ImportPreview> {
  const options = asked ?? (await detectFormat(file));
  // Whoever brings CSV is spared what reads Parquet.
  switch (options.format) {
    case 'csv':
      return await (await import('./csv/preview-csv.ts')).previewCsv(file, options);
    case 'json':
    case 'json-lines':
      return await (await import('./json/read-json.ts')).previewJson(file, options);
    case 'excel':
      return await (await import('./formats/read-excel.ts')).previewExcel(file, options);
    case 'parquet':
      return await (await import('./formats/read-parquet.ts')).previewParquet(file, options);
    case 'arrow':
      return await (await import('./formats/read-arrow.ts')).previewArrow(file, options);
  }
}

/** Reads a whole file. Rejects with what is wrong with it, for a sentence that names it. */
export async function loadFile(file: File, options: ImportOptions, given: LoadOptions): Promise<LoadedFile> {
  switch (options.format) {
    case 'csv':
      return await (await import('./csv/load-csv.ts')).loadCsv(file, options, given);
    case 'json':
    case 'json-lines':
      return await (await import('./json/read-json.ts')).loadJson(file, options, given);
    case 'excel':
      return await (await import('./formats/read-excel.ts')).loadExcel(file, options, given);
    case 'parquet':
      return await (await import('./formats/read-parquet.ts')).loadParquet(file, given);
    case 'arrow':
      return await (await import('./formats/read-arrow.ts')).loadArrow(file, given);
  }
}
