import type { ColumnBuffers } from '../../../../model/dataset.ts';
import type { ImportOptions } from '../../../../model/import-options.ts';
import { noSetting, type ImportPreview } from '../../../../model/import-preview.ts';
import { cutCells, describeRejected, previewColumn, previewRowCount } from '../preview-parts.ts';
import type { RejectedRow } from '../RejectReport.ts';
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
  const { delimiter, encoding, hasHeader, numbers, plans, headSize, isWhole } = sample;
  const head = readHead(sample);
  const scale = isWhole || headSize === 0 ? 1 : file.size / headSize;
  const shown = sample.rows.slice(0, Math.min(previewRowCount, sample.headRowCount));
  return {
    options,
    found: { ...noSetting, delimiter, encoding, hasHeader, numbers },
    columns: plans.map(previewColumn),
    rows: shown.map((row) => cutCells(plans.map((_, column) => row[column] || null))),
    rowCount: Math.round(head.rowCount * scale),
    isCounted: isWhole,
    tableBytes: Math.round(head.byteSize * scale),
    rejectedCount: head.rejectedCount,
    problems: [
      ...sample.notes,
      ...describeTexts(sample),
      ...describeRejected(head.rejected, head.rejectedCount, isWhole),
      ...describeShort(head.shortRowCount),
    ],
  };
}

/** What comes of the start of a file. */
interface ReadHead {
  readonly rowCount: number;
  readonly byteSize: number;
  readonly shortRowCount: number;
  readonly rejectedCount: number;
  /** The first of them. */
  readonly rejected: readonly RejectedRow[];
}

function readHead({ head, hasHeader, delimiter, plans, saysDelimiter }: CsvSample): ReadHead {
  const rejected: RejectedRow[] = [];
  let [rowCount, byteSize, shortRowCount, rejectedCount] = [0, 0, 0, 0];
  let lineCount = saysDelimiter ? 1 : 0;
  let isFirst = true;
  for (const part of head) {
    const before = lineCount;
    if (part.type === 'lone-quote') {
      rejected.push({ ...readLoneQuote(part), line: before + 1 });
      rejectedCount += 1;
      lineCount += 1;
      continue;
    }
    const read = readPiece({ ...part, hasHeader: hasHeader && isFirst, delimiter, plans, isMaking: true });
    isFirst = false;
    for (const batch of read.batches) {
      rowCount += batch.rowCount;
      byteSize += batch.columns.reduce((sum, column) => sum + countBytes(column), 0);
    }
    rejected.push(...read.rejected.map((row) => ({ ...row, line: before + row.line })));
    rejectedCount += read.rejectedCount;
    shortRowCount += read.shortRowCount;
    lineCount += read.lineCount;
  }
  return { rowCount, byteSize, shortRowCount, rejectedCount, rejected };
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
