import type { ReadType } from '../../../../model/import-options.ts';
import type { ColumnPlan } from './value-kinds.ts';

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
export function describeMisfit({ name, type, isZoned }: ColumnPlan, value: string): string {
  const shown = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
  const noun = type === null ? 'text' : nouns[type];
  const zone = isZoned ? ' and a time zone, as the others have' : '';
  return `“${shown}” in “${name}” is no ${noun}${zone}`;
}
