import type { ColumnBuffers } from '../../../../model/dataset.ts';
import type { ImportOptions } from '../../../../model/import-options.ts';
import { noSetting, type ImportPreview } from '../../../../model/import-preview.ts';
import { createReports, type Reports } from '../LineReport.ts';
import { cutCells, describeReports, previewColumn, previewRowCount } from '../preview-parts.ts';
import { createBuilder } from '../values/create-builder.ts';
import { isMissing } from '../values/value-kinds.ts';
import { describeTexts } from './describe-texts.ts';
import { readLoneQuote } from './lone-quote.ts';
import { readPiece } from './read-piece.ts';
import { sampleCsv, type CsvSample } from './sample-csv.ts';

/** Shows how a CSV file would be read, by its start and samples of the rest. */
export async function previewCsv(
  file: File,
  options: Extract<ImportOptions, { format: 'csv' }>,
): Promise<ImportPreview> {
  const sample = await sampleCsv(file, file.name, options);
  const { delimiter, encoding, hasHeader, numbers, plans, headSize, isWhole, rowsBefore } = sample;
  const head = readHead(sample);
  const scale = isWhole || headSize === 0 ? 1 : file.size / headSize;
  return {
    options,
    found: {
      ...noSetting,
      delimiter,
      encoding,
      firstRow: rowsBefore + 1,
      hasHeader,
      numbers,
      missingMarks: sample.foundMarks,
    },
    columns: plans.map(previewColumn),
    rows: showRows(sample),
    rowCount: Math.round(head.rowCount * scale),
    isCounted: isWhole,
    tableBytes: Math.round(head.byteSize * scale),
    rejectedCount: head.reports.rejected.count,
    emptiedCount: head.reports.emptied.count,
    problems: [
      ...sample.notes,
      ...describeTexts(sample),
      ...describeReports(head.reports, isWhole),
      ...describeShort(head.shortRowCount),
    ],
  };
}

/** What comes of the start of a file. */
interface ReadHead {
  readonly rowCount: number;
  readonly byteSize: number;
  readonly shortRowCount: number;
  readonly reports: Reports;
}

function readHead({ head, hasHeader, rowsBefore, ...task }: CsvSample): ReadHead {
  const { delimiter, plans, misfitWay, missingMarks } = task;
  const reports = createReports();
  let [rowCount, byteSize, shortRowCount] = [0, 0, 0];
  let lineCount = rowsBefore;
  let isFirst = true;
  for (const part of head) {
    if (part.type === 'lone-quote') {
      reports.rejected.add([readLoneQuote(part)], 1, lineCount);
      lineCount += 1;
      continue;
    }
    const read = readPiece({
      ...part,
      hasHeader: hasHeader && isFirst,
      delimiter,
      plans,
      isMaking: true,
      misfitWay,
      missingMarks,
    });
    isFirst = false;
    for (const batch of read.batches) {
      rowCount += batch.rowCount;
      byteSize += batch.columns.reduce((sum, column) => sum + countBytes(column), 0);
    }
    reports.rejected.add(read.rejected, read.rejectedCount, lineCount);
    reports.emptied.add(read.emptied, read.emptiedCount, lineCount);
    shortRowCount += read.shortRowCount;
    lineCount += read.lineCount;
  }
  return { rowCount, byteSize, shortRowCount, reports };
}

/** The first rows; what would be left empty is. */
function showRows({ rows, headRowCount, plans, misfitWay }: CsvSample): (string | null)[][] {
  const builders = plans.map((plan) => createBuilder(plan, false));
  const show = (text: string, column: number): string | null => {
    const isEmptied =
      misfitWay === 'leave-value-empty' &&
      plans[column]?.isChosen === true &&
      !isMissing(text) &&
      builders[column]?.canRead(text) === false;
    return isEmptied ? null : text || null;
  };
  const shown = rows.slice(0, Math.min(previewRowCount, headRowCount));
  return shown.map((row) => cutCells(plans.map((_, column) => show(row[column] ?? '', column))));
}

function describeShort(count: number): string[] {
  if (count === 0) return [];
  return count === 1
    ? ['A row has fewer fields than others: those are missing values.']
    : [`${String(count)} rows have fewer fields than others: those are missing values.`];
}

function countBytes({ validity, values, offsets }: ColumnBuffers): number {
  return (validity?.byteLength ?? 0) + (values?.byteLength ?? 0) + (offsets?.byteLength ?? 0);
}
