import { compressionRegistry, CompressionType, RecordBatchReader, type RecordBatch } from 'apache-arrow';
import type { ImportOptions } from '../../../../model/import-options.ts';
import type { ImportPreview } from '../../../../model/import-preview.ts';
import { toMessage } from '../../../../shared/to-message.ts';
import { hashFile } from '../hash-file.ts';
import { createReports, writeReports } from '../LineReport.ts';
import type { LoadedFile, LoadOptions } from '../load-file.ts';
import { readBytes } from '../read-file.ts';
import { unpackLz4 } from './unpack-lz4.ts';
import { previewBatches, writeBatches, type ArrowBatches } from './arrow-batches.ts';

// As pandas packs Feather files where nothing else is said.
compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });

/** Memory of a worker that a file may take that is read as a whole. */
const largestFile = 1_500_000_000;

/** Shows what an Arrow file or stream holds. */
export async function previewArrow(
  file: File,
  options: Extract<ImportOptions, { format: 'parquet' | 'arrow' }>,
): Promise<ImportPreview> {
  return await withReason(file, async () => {
    const { schema, batches } = await openArrow(file);
    const rowCount = batches.reduce((sum, batch) => sum + batch.numRows, 0);
    const first = batches
      .filter(({ numRows }) => numRows > 0)
      .slice(0, 1)
      .map((batch) => batch.slice(0, 1000));
    return await previewBatches({ schema, batches: first, rowCount, options });
  });
}

/** Takes an Arrow file or stream over, in batches of a size of ours; its types stay as they are. */
export async function loadArrow(file: File, { onProgress }: LoadOptions): Promise<LoadedFile> {
  const written = await withReason(file, async () => {
    const opened = await openArrow(file);
    onProgress(file.size, false);
    return await writeBatches(opened, file.size, () => undefined);
  });
  return { ...written, ...writeReports(createReports()), fileHash: await hashFile(file), shortRowCount: 0 };
}

async function openArrow(file: File): Promise<ArrowBatches & { readonly batches: readonly RecordBatch[] }> {
  const reader = RecordBatchReader.from(await readBytes(file)).open();
  // When its last batch was read, the reader lets go of the schema.
  const { schema } = reader;
  const batches: RecordBatch[] = [];
  // Of a file, one by one: the reader's own loop does not end when a block that should be a batch is a schema.
  if (reader.isFile() && reader.isSync()) {
    for (let index = 0; index < reader.numRecordBatches; index++) {
      const batch = reader.readRecordBatch(index);
      if (!batch) throw new Error(`batch ${String(index + 1)} is missing`);
      batches.push(batch);
    }
  } else if (reader.isSync()) batches.push(...reader);
  return { schema, batches };
}

async function withReason<Value>(file: File, use: () => Promise<Value>): Promise<Value> {
  if (file.size > largestFile) {
    throw new Error(
      'Arrow of more than 1.5 GB is not read, as it has to be in memory as a whole. Save it as Parquet',
    );
  }
  try {
    return await use();
  } catch (error) {
    if (toMessage(error).includes('compressed but codec not found')) {
      throw new Error(
        'its columns are packed by Zstandard, which is not read here. Save it packed by LZ4, which pandas calls compression="lz4", or as Parquet',
        { cause: error },
      );
    }
    throw new Error(
      `it is damaged or cut short, or packed in a way that is not known here: ${toMessage(error)}`,
      { cause: error },
    );
  }
}
