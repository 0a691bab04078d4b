import { Schema, Table, tableToIPC } from 'apache-arrow';
import type { DatasetBuffers } from '../../../model/dataset.ts';
import { keepFields } from '../keep-fields.ts';
import { readArrowFile } from '../read-arrow-file.ts';
import { writeArrowFile } from '../write-arrow-file.ts';

/** An Arrow file with a batch for each of several datasets of the same columns, however many rows they have. */
export function fileOfBatches(...datasets: DatasetBuffers[]): Uint8Array {
  const tables = datasets.map((dataset) => readArrowFile(writeArrowFile(dataset)));
  const schema = keepFields(tables[0]?.schema ?? new Schema([]));
  return tableToIPC(
    new Table(
      schema,
      tables.flatMap(({ batches }) => batches),
    ),
    'file',
  );
}
