import { makeData, RecordBatch, RecordBatchFileWriter, Schema, Struct, Table } from 'apache-arrow';
import { rowsPerBatch, type ColumnBuffers, type DatasetBuffers } from '../../model/dataset.ts';
import type { IndexRange } from '../TableSource.ts';
import { batchesKey, fieldOf } from './arrow-fields.ts';
import { keepFields } from './keep-fields.ts';
import { sliceColumn } from './slice-column.ts';
import { withNullChild } from './slice-mixed.ts';

/**
 * Bytes of the first batch, about: it is short, so that it is read together with the beginning of the file, and the first
 * rows can be shown with nothing else read.
 */
const firstBatchBytes = 192 * 1024;
const fewestFirstRows = 64;

/** Buffers that have been found good, as the bytes of an Arrow IPC file. */
export function writeArrowFile(dataset: DatasetBuffers): Uint8Array<ArrayBuffer> {
  const { rowCount } = dataset;
  const columns = dataset.columns.map(withNullChild);
  const ranges = cutRows(rowCount, sizeOf(dataset.columns));
  const counts = ranges.map(({ start, end }) => end - start).join(' ');
  const schema = keepFields(new Schema(columns.map(fieldOf), new Map([[batchesKey, counts]])));
  const batches = ranges.map(({ start, end }) => {
    const children = schema.fields.flatMap((field, index) => {
      const column = columns[index];
      return column === undefined ? [] : [sliceColumn(column, field.type, start, end)];
    });
    const type = new Struct(schema.fields);
    return new RecordBatch(schema, makeData({ type, length: end - start, nullCount: 0, children }));
  });
  return writeTable(new Table(schema, batches));
}

/** The rows of each batch: each begins at a multiple of 8. */
function cutRows(rowCount: number, byteSize: number): IndexRange[] {
  const fitting = Math.floor((firstBatchBytes * rowCount) / Math.max(1, byteSize));
  const isShort = byteSize <= firstBatchBytes;
  const first = isShort
    ? rowsPerBatch
    : Math.max(fewestFirstRows, Math.min(rowsPerBatch, fitting - (fitting % 8)));
  const ranges: IndexRange[] = [];
  for (let start = 0; start < rowCount; start = ranges.at(-1)?.end ?? rowCount) {
    ranges.push({ start, end: Math.min(rowCount, start === 0 ? first : start + rowsPerBatch) });
  }
  return ranges;
}

function sizeOf(columns: readonly ColumnBuffers[]): number {
  return columns.reduce(
    (sum, { values, offsets, validity, children }) =>
      sum +
      (values?.byteLength ?? 0) +
      (offsets?.byteLength ?? 0) +
      (validity?.byteLength ?? 0) +
      sizeOf(children),
    0,
  );
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
