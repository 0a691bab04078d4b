import type { PreviewColumn } from '../../../model/import-preview.ts';
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

/** So much of what would not be taken is told of. */
const mostTold = 3;

/** What a preview has seen of rows or values that would not be taken: how many, and the first of them. */
interface Seen {
  readonly count: number;
  readonly first: readonly { readonly line: number; readonly reason: string }[];
}

/** What a preview says of rows and values that would not be taken; `isWhole` where it has seen all rows. */
export function describeReports(
  { rejected, emptied }: { readonly rejected: Seen; readonly emptied: Seen },
  isWhole: boolean,
): string[] {
  const place = isWhole ? '' : ' among the first';
  const [row, value] = [countThings(rejected.count, 'row'), countThings(emptied.count, 'value')];
  return [
    ...describeSeen(rejected, `${row}${place} would be left out.`),
    ...describeSeen(emptied, `${value}${place} would be left empty.`),
  ];
}

function countThings(count: number, noun: string): string {
  return count === 1 ? `A ${noun}` : `${String(count)} ${noun}s`;
}

function describeSeen({ count, first }: Seen, sentence: string): string[] {
  if (count === 0) return [];
  const told = first.slice(0, mostTold).map(({ line, reason }) => `Row ${String(line)}: ${reason}.`);
  const rest = count > told.length ? [`And ${String(count - told.length)} more.`] : [];
  return [[sentence, ...told, ...rest].join(' ')];
}
