import type { ReadType } from '../../../../model/import-options.ts';
import {
  readCommaDecimal,
  readDecimal,
  readInfinity,
  readLongInteger,
  readShortInteger,
} from './read-number.ts';
import { readDate, readDateTime } from './read-time.ts';

/** Kinds of values; what occurs in a column is a sum of them. */
export const kinds = {
  none: 0,
  bool: 1,
  /** A whole number of up to 15 digits. */
  integer: 2,
  /** A whole number that fits 64 bits and may not fit a double. */
  longInteger: 4,
  decimal: 8,
  /** A number with a comma before its decimals. */
  commaDecimal: 16,
  date: 32,
  /** A date and time of no zone. */
  localTime: 64,
  /** A date and time with its distance from UTC. */
  moment: 128,
  text: 256,
} as const;

/** How a column of texts is read. */
export interface ColumnPlan {
  readonly name: string;
  /** Null for a column that was seen without values only. */
  readonly type: ReadType | null;
  /** A datetime: whether its values are moments of UTC. */
  readonly isZoned: boolean;
  /** A float64: whether its decimals come after a comma. */
  readonly hasDecimalComma: boolean;
  /** Somebody said the type: rows that do not fit it are left out. Else it gives way to the values. */
  readonly isChosen: boolean;
}

/**
 * What a column is read as where nobody said it: the narrowest type that loses nothing of what occurs. A comma before
 * decimals is one only where it is allowed.
 */
export function inferPlan(name: string, found: number, allowsComma: boolean): ColumnPlan {
  const only = (allowed: number): boolean => (found & ~allowed) === 0;
  const { bool, integer, longInteger, decimal, commaDecimal, date, localTime, moment } = kinds;
  const plan = { name, isZoned: false, hasDecimalComma: false, isChosen: false };
  if (found === kinds.none) return { ...plan, type: null };
  if (only(bool)) return { ...plan, type: 'bool' };
  if (only(integer | longInteger)) return { ...plan, type: 'int64' };
  if (only(integer | decimal)) return { ...plan, type: 'float64' };
  if (allowsComma && only(integer | commaDecimal)) return { ...plan, type: 'float64', hasDecimalComma: true };
  if (only(date)) return { ...plan, type: 'date' };
  if (only(localTime)) return { ...plan, type: 'datetime' };
  if (only(moment)) return { ...plan, type: 'datetime', isZoned: true };
  return { ...plan, type: 'string' };
}

/** What a column is read as where somebody said its type; what occurs decides how its values are written. */
export function choosePlan(name: string, type: ReadType, found: number): ColumnPlan {
  return {
    name,
    type,
    isZoned: (found & kinds.moment) !== 0 && (found & (kinds.localTime | kinds.date)) === 0,
    hasDecimalComma: (found & kinds.commaDecimal) !== 0 && (found & kinds.decimal) === 0,
    isChosen: true,
  };
}

const missingWords = new Set(['na', 'n/a', '#n/a', 'nan', 'null', 'none', '<na>']);

/** Whether a text stands for a value that is not there, in a column that holds no texts. */
export function isMissing(text: string): boolean {
  return (
    text === '' || (text.length <= 5 && missingWords.has(text.trim().toLowerCase())) || text.trim() === ''
  );
}

const truths: ReadonlyMap<string, boolean> = new Map(
  ['true', 'True', 'TRUE', 'false', 'False', 'FALSE'].map((word) => [word, word.toLowerCase() === 'true']),
);

const chosenTruths: ReadonlyMap<string, boolean> = new Map([
  ...truths,
  ...['1', 'yes', 'y', 't'].map((word) => [word, true] as const),
  ...['0', 'no', 'n', 'f'].map((word) => [word, false] as const),
]);

/** A truth value; undefined for anything else. Where somebody said that there are some, "yes" and 1 are too. */
export function readTruth(text: string, isChosen: boolean): boolean | undefined {
  return isChosen ? (chosenTruths.get(text) ?? chosenTruths.get(text.toLowerCase())) : truths.get(text);
}

/** What a text is, by how it is written; a decimal comma is taken for one only where it is allowed. */
export function findKind(given: string, allowsComma: boolean): number {
  if (isMissing(given)) return kinds.none;
  const text = given.trim();
  if (!Number.isNaN(readShortInteger(text))) return kinds.integer;
  if (readLongInteger(text) !== null) return kinds.longInteger;
  // Digits that no 64 bits hold would be others as a double.
  if (/^-?\d{16,}$/.test(text)) return kinds.text;
  if (!Number.isNaN(readDecimal(text)) || readInfinity(text) !== undefined) return kinds.decimal;
  if (allowsComma && !Number.isNaN(readCommaDecimal(text))) return kinds.commaDecimal;
  if (readTruth(text, false) !== undefined) return kinds.bool;
  if (!Number.isNaN(readDate(text))) return kinds.date;
  const moment = readDateTime(text);
  if (moment) return moment.hasZone ? kinds.moment : kinds.localTime;
  return kinds.text;
}

/** The kind of the values that a column read by a plan has. */
export function kindOfPlan({ type, isZoned, hasDecimalComma }: ColumnPlan): number {
  switch (type) {
    case null:
      return kinds.none;
    case 'bool':
      return kinds.bool;
    case 'int64':
      return kinds.integer;
    case 'float64':
      return hasDecimalComma ? kinds.commaDecimal : kinds.decimal;
    case 'date':
      return kinds.date;
    case 'datetime':
      return isZoned ? kinds.moment : kinds.localTime;
    case 'string':
      return kinds.text;
  }
}
