import { assertNever } from '../../../shared/assert-never.ts';
import type { ExportFormat } from '../../TableSource.ts';
import type { OpenTable } from '../OpenTable.ts';
import type { Run } from '../query/run.ts';
import { writeArrow } from './write-arrow.ts';
import { writeCsv, writeJsonLines } from './write-texts.ts';

/** The rows of a table in a file. Rejects with an Error that names the column that the format cannot hold. */
export async function exportFile(
  table: OpenTable,
  { format, columns }: { readonly format: ExportFormat; readonly columns: readonly number[] },
  run: Run,
): Promise<Blob> {
  switch (format) {
    case 'csv':
      return await writeCsv(table, columns, run);
    case 'json-lines':
      return await writeJsonLines(table, columns, run);
    case 'arrow':
      return await writeArrow(table, columns, run);
    case 'parquet': {
      const arrow = await writeArrow(table, columns, run);
      // It is megabytes of a program, which most visitors never need.
      const { writeParquet } = await import('./write-parquet.ts');
      return await writeParquet(arrow);
    }
    default:
      return assertNever(format);
  }
}
