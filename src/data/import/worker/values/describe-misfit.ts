import type { ReadType } from '../../../../model/import-options.ts';
import { findKind, kinds, type ColumnPlan } from './value-kinds.ts';

const nouns: Record<ReadType, string> = {
  string: 'text',
  int64: 'whole number',
  float64: 'decimal number',
  bool: 'true or false',
  date: 'date such as 2024-12-31',
  datetime: 'date and time such as 2024-12-31 23:59:00',
};

const longestValue = 60;

/** Why a value is not taken into a column whose type was chosen. */
export function describeMisfit(plan: ColumnPlan, value: string): string {
  const { name, type, isZoned, dayOrder, numbers } = plan;
  const shown = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
  const kind = findKind(value, numbers);
  if (
    type === 'float64' &&
    (kind & (kinds.longInteger | kinds.text)) !== 0 &&
    /^-?\d{16,}$/.test(value.trim())
  ) {
    return `“${shown}” in “${name}” has more digits than a decimal number holds: read it as whole number or text`;
  }
  if (dayOrder === null && (kind & (kinds.yearLastDate | kinds.yearLastTime)) !== 0) {
    if (type === 'date' || type === 'datetime') {
      return `“${shown}” in “${name}” may have the day or the month first: say which`;
    }
  }
  const noun = type === null ? 'text' : nouns[type];
  const zone = isZoned ? ' and a time zone, as the others have' : '';
  return `“${shown}” in “${name}” is no ${noun}${zone}`;
}
