import type { ColumnBuffers } from '../../../../model/dataset.ts';
import type { ImportOptions } from '../../../../model/import-options.ts';
import { noSetting, type ImportPreview } from '../../../../model/import-preview.ts';
import { cutCells, describeRejected, previewColumn, previewRowCount } from '../preview-parts.ts';
import { parseSomeRows } from './parse-rows.ts';
import { readPiece } from './read-piece.ts';
import { sampleCsv } from './sample-csv.ts';

/** Shows how a CSV file would be read, by its start and samples of the rest. */
export async function previewCsv(
  file: File,
  options: Extract<ImportOptions, { format: 'csv' }>,
): Promise<ImportPreview> {
  const sample = await sampleCsv(file, file.name, options);
  const { delimiter, encoding, hasHeader, plans, head, headSize, isWhole } = sample;
  const read = readPiece({ ...head, hasHeader, delimiter, plans, isMaking: true });
  const rowCount = read.batches.reduce((sum, batch) => sum + batch.rowCount, 0);
  const bytes = read.batches
    .flatMap(({ columns }) => columns)
    .reduce((sum, column) => sum + countBytes(column), 0);
  const scale = isWhole || headSize === 0 ? 1 : file.size / headSize;
  const start = new TextDecoder().decode(head.bytes.subarray(0, head.sliceEnds[0]));
  const rows = parseSomeRows(start, delimiter, previewRowCount + 1)
    .filter(
      (row, index, all) => row.length > 1 || row[0] !== '' || (plans.length === 1 && index < all.length - 1),
    )
    .slice(hasHeader ? 1 : 0)
    .slice(0, previewRowCount);
  return {
    options,
    found: { ...noSetting, delimiter, encoding, hasHeader },
    columns: plans.map(previewColumn),
    rows: rows.map((row) => cutCells(plans.map((_, column) => row[column] || null))),
    rowCount: Math.round(rowCount * scale),
    isCounted: isWhole,
    tableBytes: Math.round(bytes * scale),
    problems: [
      ...describeRejected(read.rejected, read.rejectedCount),
      ...(read.shortRowCount > 0
        ? [`${String(read.shortRowCount)} rows have fewer fields than others: those are missing values.`]
        : []),
    ],
  };
}

function countBytes({ validity, values, offsets }: ColumnBuffers): number {
  return (validity?.byteLength ?? 0) + (values?.byteLength ?? 0) + (offsets?.byteLength ?? 0);
}
