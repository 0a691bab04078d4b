import { Field, Schema, type RecordBatch } from 'apache-arrow';
import type { ImportOptions } from '../../../../model/import-options.ts';
import { noSetting, type ImportPreview } from '../../../../model/import-preview.ts';
import { createCellReader } from '../../../worker/read-cells.ts';
import { summariseField } from '../../../worker/summarise.ts';
import { ArrowFileWriter } from '../ArrowFileWriter.ts';
import { nameColumns } from '../csv/detect-dialect.ts';
import type { LoadedFile } from '../load-file.ts';
import { cutCells, previewRowCount } from '../preview-parts.ts';

/** A table that comes batch by batch, of one schema. */
export interface ArrowBatches {
  readonly schema: Schema;
  readonly batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>;
}

/** Characters of a cell that are read for a preview. */
const longestCell = 300;

/** The schema with a name for each column, no two alike, and what is to be said of that. */
function nameFields({ fields, metadata, dictionaries, metadataVersion }: Schema): {
  readonly schema: Schema;
  readonly notes: readonly string[];
} {
  const { names, notes } = nameColumns(
    fields.map(({ name }) => name),
    fields.length,
  );
  const named = fields.map(
    (field, index) => new Field(names[index] ?? '', field.type, field.nullable, field.metadata),
  );
  return { schema: new Schema(named, metadata, dictionaries, metadataVersion), notes };
}

/** Shows the first rows of a table whose types are fixed. */
export async function previewBatches({
  schema: given,
  batches,
  rowCount,
  options,
}: ArrowBatches & { readonly rowCount: number; readonly options: ImportOptions }): Promise<ImportPreview> {
  const { schema, notes } = nameFields(given);
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
    emptiedCount: 0,
    problems: notes,
  };
}

/** Writes a table batch by batch. */
export async function writeBatches(
  { schema: given, batches }: ArrowBatches,
  byteSize: number,
  onRows: (rowCount: number) => void,
): Promise<Pick<LoadedFile, 'table' | 'notes'>> {
  const { schema, notes } = nameFields(given);
  const writer = new ArrowFileWriter(schema, byteSize);
  for await (const batch of batches) {
    writer.writeBatch(batch);
    onRows(writer.rowCount);
  }
  return { table: await writer.finish(), notes };
}
