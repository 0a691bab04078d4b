import { makeData, RecordBatch, RecordBatchFileWriter, Schema, Struct, Table } from 'apache-arrow';
import { rowsPerBatch, type DatasetBuffers } from '../../model/dataset.ts';
import { fieldOf } from './arrow-fields.ts';
import { keepFields } from './keep-fields.ts';
import { sliceColumn } from './slice-column.ts';
import { withNullChild } from './slice-mixed.ts';

/** Buffers that have been found good, as the bytes of an Arrow IPC file. */
export function writeArrowFile({ rowCount, columns: givenColumns }: DatasetBuffers): Uint8Array<ArrayBuffer> {
  const columns = givenColumns.map(withNullChild);
  const schema = keepFields(new Schema(columns.map(fieldOf)));
  const batches: RecordBatch[] = [];
  for (let start = 0; start < rowCount; start += rowsPerBatch) {
    const end = Math.min(rowCount, start + rowsPerBatch);
    const children = schema.fields.flatMap((field, index) => {
      const column = columns[index];
      return column === undefined ? [] : [sliceColumn(column, field.type, start, end)];
    });
    const type = new Struct(schema.fields);
    batches.push(new RecordBatch(schema, makeData({ type, length: end - start, nullCount: 0, children })));
  }
  return writeTable(new Table(schema, batches));
}

function writeTable(table: Table): Uint8Array<ArrayBuffer> {
  const writer = new RecordBatchFileWriter();
  writer.write(table);
  writer.finish();
  const bytes = writer.toUint8Array(true);
  // The writer's type leaves open that its buffer is shared; it is one that it made.
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}
