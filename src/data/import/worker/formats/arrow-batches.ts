import type { RecordBatch, Schema } from 'apache-arrow';
import type { ImportOptions } from '../../../../model/import-options.ts';
import { noSetting, type ImportPreview } from '../../../../model/import-preview.ts';
import { createCellReader } from '../../../worker/read-cells.ts';
import { summariseField } from '../../../worker/summarise.ts';
import { ArrowFileWriter, type WrittenTable } from '../ArrowFileWriter.ts';
import { cutCells, previewRowCount } from '../preview-parts.ts';

/** A table that comes batch by batch, of one schema. */
export interface ArrowBatches {
  readonly schema: Schema;
  readonly batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>;
}

/** Characters of a cell that are read for a preview. */
const longestCell = 300;

/** Shows the first rows of a table whose types are fixed. */
export async function previewBatches({
  schema,
  batches,
  rowCount,
  options,
}: ArrowBatches & { readonly rowCount: number; readonly options: ImportOptions }): Promise<ImportPreview> {
  const writer = new ArrowFileWriter(schema, 0);
  const rows: (string | null)[][] = [];
  for await (const batch of batches) {
    writer.writeBatch(batch);
    const readers = schema.fields.flatMap((field, column) => {
      const data = batch.data.children[column];
      return data ? [createCellReader(field, data)] : [];
    });
    for (let row = 0; row < batch.numRows && rows.length < previewRowCount; row++) {
      const cells = readers.map((read) => read(row, longestCell));
      rows.push(cutCells(cells.map(({ kind, text }) => (kind === 'null' ? null : text))));
    }
  }
  const scale = rowCount / Math.max(1, writer.rowCount);
  return {
    options,
    found: noSetting,
    columns: schema.fields.map(summariseField).map(({ name, type, timeZone }) => ({ name, type, timeZone })),
    rows,
    rowCount,
    isCounted: true,
    tableBytes: Math.round(writer.byteSize * scale),
    rejectedCount: 0,
    problems: [],
  };
}

/** Writes a table batch by batch. */
export async function writeBatches(
  { schema, batches }: ArrowBatches,
  byteSize: number,
  onRows: (rowCount: number) => void,
): Promise<WrittenTable> {
  const writer = new ArrowFileWriter(schema, byteSize);
  for await (const batch of batches) {
    writer.writeBatch(batch);
    onRows(writer.rowCount);
  }
  return await writer.finish();
}
