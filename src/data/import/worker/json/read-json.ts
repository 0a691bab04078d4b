import type { ImportOptions } from '../../../../model/import-options.ts';
import { noSetting, type ImportPreview } from '../../../../model/import-preview.ts';
import { hashFile } from '../hash-file.ts';
import type { LoadedFile, LoadOptions } from '../load-file.ts';
import { cutCells, describeReports, previewColumn, previewRowCount } from '../preview-parts.ts';
import { writeReports } from '../LineReport.ts';
import { createRowReader, planValues, writeValues, type ValueSource } from '../values/load-values.ts';
import { JsonLines } from './JsonLines.ts';
import { readJsonTable } from './json-table.ts';

type JsonOptions = Extract<ImportOptions, { format: 'json' | 'json-lines' }>;

/** What of JSON Lines is looked at before it is read. */
const previewBytes = 1_000_000;

/** Shows how JSON would be read: JSON Lines by their start, a JSON text as a whole. */
export async function previewJson(file: File, options: JsonOptions): Promise<ImportPreview> {
  const part = options.format === 'json-lines' ? file.slice(0, previewBytes) : file;
  const source = await openSource(part, options.format, part.size < file.size);
  const { plans, foundMarks } = await planValues(source, options, ignore);
  const { writer, reports } = await writeValues(
    source,
    { plans, rules: options, byteSize: part.size },
    ignore,
  );
  const readRow = createRowReader(plans, options);
  const rows: (string | null)[][] = [];
  for await (const chunk of source.read()) {
    for (const row of chunk.rows.slice(0, previewRowCount - rows.length)) {
      rows.push(cutCells(readRow(row).cells));
    }
    if (rows.length >= previewRowCount) break;
  }
  const scale = file.size / Math.max(1, part.size);
  return {
    options,
    found: { ...noSetting, missingMarks: foundMarks },
    columns: plans.map(previewColumn),
    rows,
    rowCount: Math.round(writer.rowCount * scale),
    isCounted: part.size === file.size,
    tableBytes: Math.round(writer.byteSize * scale),
    rejectedCount: reports.rejected.count,
    emptiedCount: reports.emptied.count,
    problems: [...source.notes, ...describeReports(reports, part.size === file.size)],
  };
}

/** Reads JSON: once to see what its columns hold, and once more for the values. */
export async function loadJson(
  file: File,
  options: JsonOptions,
  { onProgress, windows }: LoadOptions,
): Promise<LoadedFile> {
  const source = await openSource(file, options.format, false, windows?.chunk);
  const { plans } = await planValues(source, options, (readBytes) => {
    onProgress(readBytes, false);
  });
  const target = { plans, rules: options, byteSize: file.size };
  const { writer, reports } = await writeValues(source, target, (readBytes) => {
    onProgress(readBytes, true);
  });
  return {
    table: await writer.finish(),
    fileHash: await hashFile(file),
    ...writeReports(reports),
    shortRowCount: 0,
    notes: source.notes,
  };
}

async function openSource(
  file: Blob,
  format: JsonOptions['format'],
  isCut: boolean,
  chunkSize?: number,
): Promise<ValueSource & Pick<LoadedFile, 'notes'>> {
  return format === 'json-lines' ? new JsonLines(file, isCut, chunkSize) : await readJsonTable(file);
}

function ignore(): void {
  // Nobody waits long for a preview.
}
