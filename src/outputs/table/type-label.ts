import type { ColumnSummary } from '../../model/dataset.ts';

/** A column's types in one line: `int64`, `datetime · Europe/Berlin`, and its scale where it has one: `int64 · ratio`. */
export function typeLabel({ type, timeZone, scale }: ColumnSummary): string {
  return [type, timeZone, scale].filter((part) => part !== null && part !== undefined).join(' · ');
}

/** Whether a column's values are lined up at their right. */
export function isNumeric({ type }: ColumnSummary): boolean {
  return type === 'int64' || type === 'uint64' || type === 'float64' || type === 'integer';
}
