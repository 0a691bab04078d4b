import { DataType, RecordBatchStreamWriter, Schema } from 'apache-arrow';
import init, { Compression, Table, WriterPropertiesBuilder, writeParquet as encode } from 'parquet-wasm/esm';
import wasmUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { keepFields } from '../keep-fields.ts';
import type { OpenTable } from '../OpenTable.ts';
import { describeColumn } from '../query/match-column.ts';
import type { Run } from '../query/run.ts';
import { fieldsOf, gatherBatches } from './gather-batches.ts';

/** Bytes of values that are written: the library holds them all, in memory of 32-bit addresses. */
const byteLimit = 1_000_000_000;

/** The rows of a table as a Parquet file, compressed. */
export async function writeParquet(table: OpenTable, columns: readonly number[], run: Run): Promise<Blob> {
  const fields = fieldsOf(table, columns);
  const mixed = fields.find(({ type }) => DataType.isUnion(type));
  if (mixed) {
    throw new Error(
      `Parquet has no columns of several types, as ${describeColumn(mixed)} is. Hide it, or export Arrow.`,
    );
  }
  const writer = new RecordBatchStreamWriter();
  let byteSize = 0;
  for await (const batch of gatherBatches(table, columns, run)) {
    byteSize += batch.data.byteLength;
    if (byteSize > byteLimit) {
      throw new Error('The rows are too large for a Parquet file. Filter them, or export Arrow or CSV.');
    }
    writer.write(batch);
  }
  if (table.summary.rowCount === 0) writer.reset(undefined, keepFields(new Schema(fields)));
  writer.finish();
  await init({ module_or_path: wasmUrl });
  const properties = new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).build();
  const bytes = encode(Table.fromIPCStream(writer.toUint8Array(true)), properties);
  return new Blob([Uint8Array.from(bytes)], { type: 'application/vnd.apache.parquet' });
}
