import { DataType, RecordBatchStreamWriter, Schema, type RecordBatch } from 'apache-arrow';
import init, {
  Compression,
  Table,
  transformParquetStream,
  WriterPropertiesBuilder,
  writeParquet as encode,
  type WriterProperties,
} from 'parquet-wasm/esm';
import wasmUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { keepFields } from '../keep-fields.ts';
import type { OpenTable } from '../OpenTable.ts';
import { describeColumn } from '../query/match-column.ts';
import type { Run } from '../query/run.ts';
import { fieldsOf, gatherBatches } from './gather-batches.ts';

/** Rows that the library holds at a time, encoded and compressed: readers take a file in groups of so many. */
const rowsPerGroup = 262_144;

/** The rows of a table as a Parquet file, compressed. No more than a group of rows is in memory. */
export async function writeParquet(table: OpenTable, columns: readonly number[], run: Run): Promise<Blob> {
  const fields = fieldsOf(table, columns);
  const mixed = fields.find(({ type }) => DataType.isUnion(type));
  if (mixed) {
    throw new Error(
      `Parquet has no columns of several types, as ${describeColumn(mixed)} is. Hide it, or export Arrow.`,
    );
  }
  await init({ module_or_path: wasmUrl });
  const properties = new WriterPropertiesBuilder()
    .setCompression(Compression.SNAPPY)
    .setMaxRowGroupSize(rowsPerGroup)
    .build();
  const parts =
    table.summary.rowCount === 0
      ? [new Blob([Uint8Array.from(encode(Table.fromIPCStream(emptyStream(fields)), properties))])]
      : await encodeBatches(gatherBatches(table, columns, run), properties);
  return new Blob(parts, { type: 'application/vnd.apache.parquet' });
}

/** What is written is handed to the browser as it comes, which may put it on disk. */
async function encodeBatches(
  batches: AsyncGenerator<RecordBatch>,
  properties: WriterProperties,
): Promise<Blob[]> {
  let failure: unknown = null;
  const stream = new ReadableStream({
    pull: async (controller) => {
      try {
        const { value, done } = await batches.next();
        if (done === true) controller.close();
        else
          for (const batch of Table.fromIPCStream(streamOf(value)).recordBatches()) controller.enqueue(batch);
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
  });
  const parts: Blob[] = [];
  try {
    const reader: ReadableStreamDefaultReader<unknown> = (
      await transformParquetStream(stream, properties)
    ).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (next.value instanceof Uint8Array) parts.push(new Blob([Uint8Array.from(next.value)]));
    }
  } catch (error) {
    throw failure ?? error;
  }
  if (failure !== null) throw failure;
  return parts;
}

function streamOf(batch: RecordBatch): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
}

function emptyStream(fields: ConstructorParameters<typeof Schema>[0]): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, keepFields(new Schema(fields)));
  writer.finish();
  return writer.toUint8Array(true);
}
