import { unzipSync, type UnzipFileInfo } from 'fflate';
import type { ImportOptions } from '../../../../model/import-options.ts';
import { noSetting, type ImportPreview } from '../../../../model/import-preview.ts';
import { toMessage } from '../../../../shared/to-message.ts';
import { detectHeader, nameColumns } from '../csv/detect-dialect.ts';
import { formatBytes } from '../../../../shared/format-bytes.ts';
import { hashFile } from '../hash-file.ts';
import { readBytes } from '../read-file.ts';
import type { LoadedFile, LoadOptions } from '../load-file.ts';
import { cutCells, describeReports, previewColumn, previewRowCount } from '../preview-parts.ts';
import { findSheetNotes } from './find-sheet-notes.ts';
import { writeReports } from '../LineReport.ts';
import { countRowsAbove, describeRowsAbove } from '../csv/rows-above.ts';
import { createRowReader, planValues, writeValues, type ValueSource } from '../values/load-values.ts';
import { textOfValue } from '../values/plain-values.ts';

type ExcelOptions = Extract<ImportOptions, { format: 'excel' }>;

/** A workbook is unpacked as a whole, which takes many times as much memory. */
const largestFile = 100_000_000;

/** Bytes that come of it then: the text of its sheets. */
const mostUnpacked = 1_000_000_000;

/** So many rows tell where the table of a sheet begins and whether it names its columns. */
const rowsLookedAt = 1000;

interface OpenSheet {
  readonly source: ValueSource;
  readonly rows: readonly (readonly unknown[])[];
  readonly sheets: readonly string[];
  readonly sheet: string;
  /** The row that is read first; the first of the sheet is 1. */
  readonly firstRow: number;
  readonly hasHeader: boolean;
  /** What is to be said of names of columns and of errors in cells, in sentences. */
  readonly notes: readonly string[];
}

/** Shows a sheet of a workbook. */
export async function previewExcel(file: File, options: ExcelOptions): Promise<ImportPreview> {
  const { source, rows, sheets, sheet, firstRow, hasHeader, notes } = await openSheet(file, options);
  const { plans, foundMarks } = await planValues(source, options, () => undefined);
  const readRow = createRowReader(plans, options);
  const target = { plans, rules: options, byteSize: file.size };
  const { writer, reports } = await writeValues(source, target, () => undefined);
  return {
    options,
    found: { ...noSetting, firstRow, hasHeader, sheets, sheet, missingMarks: foundMarks },
    columns: plans.map(previewColumn),
    rows: rows.slice(0, previewRowCount).map((row) => cutCells(readRow(row).cells)),
    rowCount: writer.rowCount,
    isCounted: true,
    tableBytes: writer.byteSize,
    rejectedCount: reports.rejected.count,
    emptiedCount: reports.emptied.count,
    problems: [...notes, ...describeReports(reports, true)],
  };
}

/** Reads a sheet of a workbook. */
export async function loadExcel(
  file: File,
  options: ExcelOptions,
  { onProgress }: LoadOptions,
): Promise<LoadedFile> {
  const { source, notes } = await openSheet(file, options);
  onProgress(file.size, false);
  const { plans } = await planValues(source, options, () => undefined);
  const target = { plans, rules: options, byteSize: file.size };
  const { writer, reports } = await writeValues(source, target, () => undefined);
  return {
    table: await writer.finish(),
    fileHash: await hashFile(file),
    ...writeReports(reports),
    shortRowCount: 0,
    notes,
  };
}

async function openSheet(file: File, options: ExcelOptions): Promise<OpenSheet> {
  const found = await readWorkbook(file);
  const sheets = found.map(({ sheet }) => sheet);
  const chosen = options.sheet === null ? found[0] : found.find(({ sheet }) => sheet === options.sheet);
  if (!chosen) {
    throw new Error(
      options.sheet === null
        ? 'it has no sheets'
        : `it has no sheet “${options.sheet}”, but ${sheets.map((name) => `“${name}”`).join(', ')}`,
    );
  }
  const all: readonly (readonly unknown[])[] = chosen.data;
  const head = all.slice(0, rowsLookedAt).map(textsOf);
  const rowsBefore = options.firstRow === null ? countRowsAbove(head) : Math.max(0, options.firstRow - 1);
  if (rowsBefore > 0 && rowsBefore >= all.length) {
    throw new Error(`it has no row ${String(rowsBefore + 1)}, which is to be read first. Say another one`);
  }
  const given = all.slice(rowsBefore);
  const texts = given.slice(0, rowsLookedAt).map(textsOf);
  const hasHeader = options.hasHeader ?? detectHeader(texts);
  const rows = hasHeader ? given.slice(1) : given;
  const columnCount = given.reduce((most, row) => Math.max(most, row.length), 0);
  const { names, notes } = nameColumns(hasHeader ? (texts[0] ?? []) : null, columnCount);
  const source: ValueSource = {
    names,
    rowsBefore: rowsBefore + (hasHeader ? 1 : 0),
    async *read() {
      yield await Promise.resolve({ rows, rejected: [], readBytes: file.size });
    },
  };
  const sheetNotes = await findSheetNotes(file, found.indexOf(chosen), rowsBefore + 1);
  return {
    source,
    rows,
    sheets,
    sheet: chosen.sheet,
    firstRow: rowsBefore + 1,
    hasHeader,
    notes: [...describeRowsAbove(all.slice(0, rowsBefore).map(textsOf)), ...notes, ...sheetNotes],
  };
}

function textsOf(row: readonly unknown[]): readonly string[] {
  return row.map((cell) => textOfValue(cell) ?? '');
}

/** Rejects where what is in a workbook is too much for a browser, however small it is packed. */
async function checkUnpacked(file: File): Promise<void> {
  let unpacked = 0;
  const filter = ({ originalSize }: UnzipFileInfo): boolean => {
    unpacked += originalSize;
    return false;
  };
  try {
    unzipSync(await readBytes(file), { filter });
  } catch (error) {
    throw describeProblem(error);
  }
  if (unpacked > mostUnpacked) {
    throw new Error(
      `its sheets take ${formatBytes(unpacked)} unpacked, and no more than 1 GB is read. Save the sheet as CSV`,
    );
  }
}

function describeProblem(error: unknown): Error {
  return new Error(
    `it is no workbook that can be read: ${toMessage(error)}. Save it as .xlsx anew, or its sheet as CSV`,
    { cause: error },
  );
}

async function readWorkbook(
  file: File,
): Promise<readonly { readonly sheet: string; readonly data: readonly (readonly unknown[])[] }[]> {
  if (file.size > largestFile) {
    throw new Error('workbooks of more than 100 MB are not read. Save the sheet as CSV');
  }
  await checkUnpacked(file);
  const { default: readXlsxFile } = await import('read-excel-file/web-worker');
  try {
    return await readXlsxFile(file);
  } catch (error) {
    throw describeProblem(error);
  }
}
