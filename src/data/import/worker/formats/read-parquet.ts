import { RecordBatchReader, type RecordBatch, type Schema } from 'apache-arrow';
import init, { ParquetFile, type RecordBatch as WasmBatch } from 'parquet-wasm/esm';
import wasmUrl from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import { rowsPerBatch } from '../../../../model/dataset.ts';
import type { ImportOptions } from '../../../../model/import-options.ts';
import type { ImportPreview } from '../../../../model/import-preview.ts';
import { toMessage } from '../../../../shared/to-message.ts';
import { hashFile } from '../hash-file.ts';
import { createReports, writeReports } from '../LineReport.ts';
import type { LoadedFile, LoadOptions } from '../load-file.ts';
import { readBytes } from '../read-file.ts';
import { previewBatches, writeBatches, type ArrowBatches } from './arrow-batches.ts';

const magic = 'PAR1';

/** Shows what a Parquet file holds; of its values, the first rows are read. */
export async function previewParquet(
  file: File,
  options: Extract<ImportOptions, { format: 'parquet' | 'arrow' }>,
): Promise<ImportPreview> {
  return await withParquet(file, async (parquet) => {
    const rowCount = parquet.metadata().fileMetadata().numRows();
    const { schema, batches } = await readBatches(parquet, { limit: 1000 }, 1000);
    return await previewBatches({ schema, batches, rowCount: Number(rowCount), options });
  });
}

/** Reads a Parquet file, some rows at a time; its types stay as they are. */
export async function loadParquet(file: File, { onProgress }: LoadOptions): Promise<LoadedFile> {
  const written = await withParquet(file, async (parquet) => {
    const rowCount = Math.max(1, Number(parquet.metadata().fileMetadata().numRows()));
    return await writeBatches(await readBatches(parquet, {}, rowsPerBatch), file.size, (rows) => {
      onProgress(Math.min(file.size, Math.round((rows / rowCount) * file.size)), false);
    });
  });
  return { ...written, ...writeReports(createReports()), fileHash: await hashFile(file), shortRowCount: 0 };
}

async function withParquet<Value>(file: File, use: (parquet: ParquetFile) => Promise<Value>): Promise<Value> {
  await checkEnd(file);
  await init({ module_or_path: wasmUrl });
  let parquet: ParquetFile | null = null;
  try {
    parquet = await ParquetFile.fromFile(file);
    return await use(parquet);
  } catch (error) {
    throw new Error(`it is damaged, or written in a way that is not known here: ${toMessage(error)}`, {
      cause: error,
    });
  } finally {
    parquet?.free();
  }
}

/** What a Parquet file holds is told at its end. */
async function checkEnd(file: File): Promise<void> {
  const end = new TextDecoder('latin1').decode(await readBytes(file, Math.max(0, file.size - 4)));
  if (end !== magic) {
    throw new Error(
      'it is a Parquet file that is cut short: its end, which tells what is in it, is missing. Fetch or save it again',
    );
  }
}

async function readBatches(
  parquet: ParquetFile,
  options: { readonly limit?: number },
  batchSize: number,
): Promise<ArrowBatches> {
  const schema = readIpc(parquet.schema().intoIPCStream()).schema;
  const stream: ReadableStream<WasmBatch> = await parquet.stream({ ...options, batchSize, concurrency: 1 });
  return { schema, batches: readStream(stream) };
}

async function* readStream(stream: ReadableStream<WasmBatch>): AsyncGenerator<RecordBatch> {
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    yield* readIpc(step.value.intoIPCStream()).batches;
  }
}

function readIpc(bytes: Uint8Array): { readonly schema: Schema; readonly batches: readonly RecordBatch[] } {
  const reader = RecordBatchReader.from(bytes).open();
  // When its last batch was read, the reader lets go of the schema.
  const { schema } = reader;
  return { schema, batches: [...reader] };
}
