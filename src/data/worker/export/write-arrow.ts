import { RecordBatchFileWriter, Schema } from 'apache-arrow';
import { keepFields } from '../keep-fields.ts';
import type { OpenTable } from '../OpenTable.ts';
import type { Run } from '../query/run.ts';
import { fieldsOf, gatherBatches } from './gather-batches.ts';

/** The rows of a table as an Arrow IPC file. */
export async function writeArrow(table: OpenTable, columns: readonly number[], run: Run): Promise<Blob> {
  const writer = new RecordBatchFileWriter();
  const written = new Response(writer.toDOMStream()).blob();
  if (table.summary.rowCount === 0) writer.reset(undefined, keepFields(new Schema(fieldsOf(table, columns))));
  for await (const batch of gatherBatches(table, columns, run)) writer.write(batch);
  writer.finish();
  return new Blob([await written], { type: 'application/vnd.apache.arrow.file' });
}
