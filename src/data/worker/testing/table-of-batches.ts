import { RecordBatch, Schema, Table, tableFromIPC, tableToIPC } from 'apache-arrow';
import type { DatasetBuffers } from '../../../model/dataset.ts';
import { keepFields } from '../keep-fields.ts';
import { writeArrowFile } from '../write-arrow-file.ts';
import { openBytes } from './table-columns.ts';

/** An Arrow file with a batch for each of several datasets of the same columns, however many rows they have. */
export async function fileOfBatches(...datasets: DatasetBuffers[]): Promise<Uint8Array> {
  const files = datasets.map(writeArrowFile);
  const [first] = files;
  const schema = first ? (await openBytes(first)).schema : keepFields(new Schema([]));
  const batches = files.flatMap((bytes) =>
    tableFromIPC(bytes).batches.map(({ data }) => new RecordBatch(schema, data)),
  );
  return tableToIPC(new Table(schema, batches), 'file');
}
