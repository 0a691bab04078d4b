import { RecordBatchFileWriter, Schema } from 'apache-arrow';
import { keepFields } from '../keep-fields.ts';
import type { OpenTable } from '../OpenTable.ts';
import type { Run } from '../query/run.ts';
import { fieldsOf, gatherBatches } from './gather-batches.ts';

/** Bytes that are handed to the browser at a time, which may put them on disk. */
const bytesAtOnce = 8_000_000;

/** The rows of a table as an Arrow IPC file. */
export async function writeArrow(table: OpenTable, columns: readonly number[], run: Run): Promise<Blob> {
  const writer = new RecordBatchFileWriter();
  const written = gatherBytes(writer);
  if (table.summary.rowCount === 0) writer.reset(undefined, keepFields(new Schema(fieldsOf(table, columns))));
  for await (const batch of gatherBatches(table, columns, run)) writer.write(batch);
  writer.finish();
  return new Blob(await written, { type: 'application/vnd.apache.arrow.file' });
}

/** What is written, as it comes. The writer's own streams are left out of a built site: its modules add them unasked. */
async function gatherBytes(writer: RecordBatchFileWriter): Promise<Blob[]> {
  const parts: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of writer) {
    waiting.push(new Uint8Array(chunk));
    size += chunk.byteLength;
    if (size < bytesAtOnce) continue;
    parts.push(new Blob(waiting));
    waiting = [];
    size = 0;
  }
  return [...parts, new Blob(waiting)];
}
