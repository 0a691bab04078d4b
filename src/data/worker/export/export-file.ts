import { assertNever } from '../../../shared/assert-never.ts';
import type { ExportRequest } from '../../TableSource.ts';
import type { OpenTable } from '../OpenTable.ts';
import type { Run } from '../query/run.ts';
import { writeArrow } from './write-arrow.ts';
import { writeCsv, writeJsonLines, writeTsv } from './write-texts.ts';

/** The rows of a table in a file. Rejects with an Error that names the column that the format cannot hold. */
export async function exportFile(
  whole: OpenTable,
  { format, columns, rows, hasHeader }: ExportRequest,
  run: Run,
): Promise<Blob> {
  const table = rows === null ? whole : whole.between(rows);
  switch (format) {
    case 'csv':
      return await writeCsv(table, columns, hasHeader, run);
    case 'tsv':
      return await writeTsv(table, columns, hasHeader, run);
    case 'json-lines':
      return await writeJsonLines(table, columns, run);
    case 'arrow':
      return await writeArrow(table, columns, run);
    case 'parquet': {
      // It is megabytes of a program, which most visitors never need.
      const { writeParquet } = await import('./write-parquet.ts');
      return await writeParquet(table, columns, run);
    }
    default:
      return assertNever(format);
  }
}
