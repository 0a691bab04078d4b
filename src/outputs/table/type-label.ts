import type { ColumnSummary } from '../../model/dataset.ts';

/** A column's type in one line: `int64`, `datetime · Europe/Berlin`. */
export function typeLabel({ type, timeZone }: ColumnSummary): string {
  return timeZone === null ? type : `${type} · ${timeZone}`;
}

/** Whether a column's values are lined up at their right. */
export function isNumeric({ type }: ColumnSummary): boolean {
  return type === 'int64' || type === 'uint64' || type === 'float64' || type === 'integer';
}
