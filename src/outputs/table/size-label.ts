import type { DatasetSummary } from '../../model/dataset.ts';
import { formatCount } from '../../ui/format.ts';

/** `1,000,000 rows × 10 columns`. */
export function sizeLabel({ rowCount, columns }: DatasetSummary): string {
  return `${counted(rowCount, 'row')} × ${counted(columns.length, 'column')}`;
}

/** What is said in place of rows when there are none to show; null when there are. */
export function emptyLabel({ rowCount, columns }: DatasetSummary): string | null {
  if (columns.length > 0) return rowCount > 0 ? null : 'No rows';
  return rowCount > 0
    ? `${counted(rowCount, 'row')}, but no columns`
    : 'An empty dataset: no columns, no rows';
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
