import { parseMoment, parseNumber } from '../../data/filter-value.ts';
import type { Condition } from '../../data/table-query.ts';
import type { ColumnSummary } from '../../model/dataset.ts';

/** What a form can ask of a column's values; which ones depends on its type. */
export const filterKinds = [
  '=',
  '≠',
  '<',
  '≤',
  '>',
  '≥',
  'between',
  'contains',
  'is',
  'starts',
  'ends',
  'pattern',
  'one-of',
  'is-null',
  'is-not-null',
] as const;

export type FilterKind = (typeof filterKinds)[number];

export const filterWords: Record<FilterKind, string> = {
  '=': 'equals',
  '≠': 'does not equal',
  '<': 'is less than',
  '≤': 'is at most',
  '>': 'is more than',
  '≥': 'is at least',
  between: 'is between',
  contains: 'contains',
  is: 'is',
  starts: 'starts with',
  ends: 'ends with',
  pattern: 'matches the pattern',
  'one-of': 'is one of',
  'is-null': 'is null',
  'is-not-null': 'is not null',
};

const dateWords: Partial<Record<FilterKind, string>> = {
  '=': 'is on',
  '≠': 'is not on',
  '<': 'is before',
  '≤': 'is not after',
  '>': 'is after',
  '≥': 'is not before',
};

/** What a person has put into the form. */
export interface FilterDraft {
  readonly kind: FilterKind;
  readonly value: string;
  /** The other end, of `between`. */
  readonly high: string;
  readonly isCaseSensitive: boolean;
  /** Of `one-of`. */
  readonly picked: readonly (string | null)[];
}

const nulls: readonly FilterKind[] = ['is-null', 'is-not-null'];
const comparisons: readonly FilterKind[] = ['=', '≠', '<', '≤', '>', '≥', 'between'];
const texts: readonly FilterKind[] = ['contains', 'is', 'starts', 'ends', 'pattern', 'one-of'];

/** The most usual first. */
export function kindsFor({ type }: ColumnSummary): readonly FilterKind[] {
  switch (type) {
    case 'int64':
    case 'uint64':
    case 'float64':
    case 'integer':
      return [...comparisons, ...nulls];
    case 'date':
    case 'datetime':
      return [...comparisons, ...nulls];
    case 'bool':
      return ['one-of', ...nulls];
    case 'null':
      return nulls;
    case 'mixed':
      return ['contains', 'is', ...comparisons, 'pattern', 'one-of', ...nulls];
    case 'string':
    case 'nested':
      return [...texts, ...nulls];
  }
}

export function wordsFor(kind: FilterKind, { type }: ColumnSummary): string {
  const isTime = type === 'date' || type === 'datetime';
  return (isTime ? dateWords[kind] : undefined) ?? filterWords[kind];
}

/** The form of a condition; of none an empty one. */
export function draftOf(condition: Condition | null, column: ColumnSummary): FilterDraft {
  const empty: FilterDraft = {
    kind: kindsFor(column)[0] ?? 'is-null',
    value: '',
    high: '',
    isCaseSensitive: false,
    picked: [],
  };
  switch (condition?.type) {
    case undefined:
      return empty;
    case 'compare':
      return { ...empty, kind: condition.operator, value: condition.value };
    case 'between':
      return { ...empty, kind: 'between', value: condition.low, high: condition.high };
    case 'text':
      return {
        ...empty,
        kind: condition.match,
        value: condition.text,
        isCaseSensitive: condition.isCaseSensitive,
      };
    case 'one-of':
      return { ...empty, kind: 'one-of', picked: condition.texts };
    case 'is-null':
    case 'is-not-null':
      return { ...empty, kind: condition.type };
  }
}

/** The condition of a form; null where it is not filled in. */
export function conditionFrom({ kind, value, high, isCaseSensitive, picked }: FilterDraft): Condition | null {
  switch (kind) {
    case 'is-null':
    case 'is-not-null':
      return { type: kind };
    case 'one-of':
      return picked.length === 0 ? null : { type: 'one-of', texts: picked };
    case 'between':
      return value.trim() === '' || high.trim() === '' ? null : { type: 'between', low: value, high };
    case 'contains':
    case 'starts':
    case 'ends':
    case 'pattern':
      return value === '' ? null : { type: 'text', match: kind, text: value, isCaseSensitive };
    case 'is':
      return { type: 'text', match: 'is', text: value, isCaseSensitive };
    default:
      return value.trim() === '' ? null : { type: 'compare', operator: kind, value };
  }
}

/** Why what is filled in cannot be looked for, and how it is written; null where it can, or nothing is filled in. */
export function draftProblem({ kind, value, high }: FilterDraft, { type }: ColumnSummary): string | null {
  if (!comparisons.includes(kind)) return null;
  const given = (kind === 'between' ? [value, high] : [value]).filter((text) => text.trim() !== '');
  switch (type) {
    case 'int64':
    case 'uint64':
    case 'float64':
    case 'integer': {
      const wrong = given.find((text) => parseNumber(text) === null);
      if (wrong !== undefined) return numberProblem(wrong.trim());
      const [low, upper] = given.map(parseNumber);
      const isTurned = typeof low === 'number' && typeof upper === 'number' && low > upper;
      return isTurned ? 'Nothing is between these: the first is above the second.' : null;
    }
    case 'date':
    case 'datetime': {
      const wrong = given.find((text) => parseMoment(text) === null);
      const time = type === 'datetime' ? ', or with a time 2026-11-21 10:03' : '';
      return wrong === undefined ? null : `“${wrong.trim()}” is not a date. Write it as 2026-11-21${time}.`;
    }
    default:
      return null;
  }
}

function numberProblem(text: string): string {
  const withPoint = /^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : null;
  const how =
    withPoint === null ? 'Write digits alone, such as 1250 or 99.5' : `Write it with a point: ${withPoint}`;
  return `“${text}” is not a number. ${how}.`;
}
