import type { PreviewColumn } from '../../../model/import-preview.ts';
import type { RejectedRow } from './RejectReport.ts';
import type { ColumnPlan } from './values/value-kinds.ts';

/** Rows that a preview shows. */
export const previewRowCount = 50;

const longestCell = 200;
const mostColumns = 200;

/** What a preview says of a column. */
export function previewColumn({ name, type, isZoned }: ColumnPlan): PreviewColumn {
  return { name, type: type ?? 'string', timeZone: isZoned ? 'UTC' : null };
}

/** The cells of a row as a preview shows them. */
export function cutCells(cells: readonly (string | null)[]): (string | null)[] {
  return cells
    .slice(0, mostColumns)
    .map((cell) => (cell !== null && cell.length > longestCell ? `${cell.slice(0, longestCell)}…` : cell));
}

/** So many rejected rows are told of. */
const mostTold = 3;

/** What a preview says of rows that would be left out; `isWhole` where it has seen all rows. */
export function describeRejected(
  rejected: readonly RejectedRow[],
  count: number,
  isWhole: boolean,
): string[] {
  if (count === 0) return [];
  const how = count === 1 ? 'A row' : `${String(count)} rows`;
  const told = rejected.slice(0, mostTold).map(({ line, reason }) => `Row ${String(line)}: ${reason}.`);
  const rest = count > told.length ? [`And ${String(count - told.length)} more.`] : [];
  return [[`${how}${isWhole ? '' : ' among the first'} would be left out.`, ...told, ...rest].join(' ')];
}
