import type { ColumnChoice, DayOrder, NumberStyle, ReadType } from '../../../../model/import-options.ts';
import { toPlainNumber } from './number-style.ts';
import { readDecimal, readInfinity, readLongInteger, readShortInteger } from './read-number.ts';
import { readOrderedTime } from './read-ordered-time.ts';
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
  date: 32,
  /** A date and time of no zone. */
  localTime: 64,
  /** A date and time with its distance from UTC. */
  moment: 128,
  text: 256,
  /** A date such as 01.02.2025, with the year last. */
  yearLastDate: 512,
  /** The same with a time. */
  yearLastTime: 1024,
  /** One of these is a date with the day first only; and with the month first only. */
  dayFirst: 2048,
  monthFirst: 4096,
} as const;

/** How a column of texts is read. */
export interface ColumnPlan {
  readonly name: string;
  /** Null for a column that was seen without values only. */
  readonly type: ReadType | null;
  /** A datetime: whether its values are moments of UTC. */
  readonly isZoned: boolean;
  /** What comes first where years come last; null where such dates are none. */
  readonly dayOrder: DayOrder | null;
  readonly numbers: NumberStyle;
  /** Somebody said the type: rows that do not fit it are left out. Else it gives way to the values. */
  readonly isChosen: boolean;
}

/** What a column is read as where nobody said it: the narrowest type that loses nothing of what occurs. */
export function inferPlan(name: string, found: number, numbers: NumberStyle): ColumnPlan {
  const only = (allowed: number): boolean => (found & ~allowed) === 0;
  const { bool, integer, longInteger, decimal, date, localTime, moment } = kinds;
  const { yearLastDate, yearLastTime, dayFirst, monthFirst } = kinds;
  const plan = { name, isZoned: false, dayOrder: null, numbers, isChosen: false };
  if (found === kinds.none) return { ...plan, type: null };
  if (only(bool)) return { ...plan, type: 'bool' };
  if (only(integer | longInteger)) return { ...plan, type: 'int64' };
  if (only(integer | decimal)) return { ...plan, type: 'float64' };
  if (only(date)) return { ...plan, type: 'date' };
  if (only(localTime)) return { ...plan, type: 'datetime' };
  if (only(moment)) return { ...plan, type: 'datetime', isZoned: true };
  const dayOrder = findDayOrder(found);
  if (dayOrder === null) return { ...plan, type: 'string' };
  if (only(date | yearLastDate | dayFirst | monthFirst)) return { ...plan, type: 'date', dayOrder };
  if (only(localTime | yearLastTime | dayFirst | monthFirst)) return { ...plan, type: 'datetime', dayOrder };
  return { ...plan, type: 'string' };
}

/** What comes first in the dates of a column, where one of them tells and none contradicts it. */
function findDayOrder(found: number): DayOrder | null {
  const order = found & (kinds.dayFirst | kinds.monthFirst);
  if (order === kinds.dayFirst) return 'day-first';
  return order === kinds.monthFirst ? 'month-first' : null;
}

/** Whether two plans read a column alike. */
export function isSameReading(one: ColumnPlan, other: ColumnPlan): boolean {
  return one.type === other.type && one.isZoned === other.isZoned && one.dayOrder === other.dayOrder;
}

/** What a column is read as where somebody said its type; what occurs decides what was not said. */
export function choosePlan(
  { name, type, dayOrder }: ColumnChoice,
  found: number,
  numbers: NumberStyle,
): ColumnPlan {
  const others = kinds.localTime | kinds.date | kinds.yearLastDate | kinds.yearLastTime;
  return {
    name,
    type,
    isZoned: (found & kinds.moment) !== 0 && (found & others) === 0,
    dayOrder: dayOrder ?? findDayOrder(found),
    numbers,
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

/** Words for truth values in the languages of Western Europe, as people and workbooks write them. */
const trueWords = '1 yes y t on wahr ja j vrai oui o verdadero sí si s vero verdadeiro sim waar';
const falseWords = '0 no n f off falsch nein faux non falso não nao onwaar nee';

const chosenTruths: ReadonlyMap<string, boolean> = new Map([
  ...truths,
  ...trueWords.split(' ').map((word) => [word, true] as const),
  ...falseWords.split(' ').map((word) => [word, false] as const),
]);

/** A truth value; undefined for anything else. Where somebody said that there are some, "yes", "ja" and 1 are too. */
export function readTruth(text: string, isChosen: boolean): boolean | undefined {
  return isChosen ? (chosenTruths.get(text) ?? chosenTruths.get(text.toLowerCase())) : truths.get(text);
}

/** What a text is, by how it is written, numbers in the style that is given. */
export function findKind(given: string, numbers: NumberStyle): number {
  if (isMissing(given)) return kinds.none;
  const text = given.trim();
  const plain = toPlainNumber(text, numbers);
  if (plain !== null) {
    const kind = findNumberKind(plain);
    if (kind !== kinds.none) return kind;
  }
  if (readTruth(text, false) !== undefined) return kinds.bool;
  if (!Number.isNaN(readDate(text))) return kinds.date;
  const moment = readDateTime(text);
  if (moment) return moment.hasZone ? kinds.moment : kinds.localTime;
  return findOrderedKind(text);
}

/** What a number as programs write it is; none for what is no number. */
function findNumberKind(text: string): number {
  if (!Number.isNaN(readShortInteger(text))) return kinds.integer;
  if (readLongInteger(text) !== null) return kinds.longInteger;
  // Digits that no 64 bits hold would be others as a double.
  if (/^-?\d{16,}$/.test(text)) return kinds.text;
  return !Number.isNaN(readDecimal(text)) || readInfinity(text) !== undefined ? kinds.decimal : kinds.none;
}

/** What a date with its year last is. */
function findOrderedKind(text: string): number {
  const dayFirst = readOrderedTime(text, 'day-first');
  const monthFirst = readOrderedTime(text, 'month-first');
  const one = dayFirst ?? monthFirst;
  if (!one) return kinds.text;
  const kind = one.hasTime ? kinds.yearLastTime : kinds.yearLastDate;
  if (dayFirst && monthFirst) return kind;
  return kind | (dayFirst ? kinds.dayFirst : kinds.monthFirst);
}

/** The kind of the values that a column read by a plan has. */
export function kindOfPlan({ type, isZoned, dayOrder }: ColumnPlan): number {
  const order = dayOrder === 'day-first' ? kinds.dayFirst : kinds.monthFirst;
  switch (type) {
    case null:
      return kinds.none;
    case 'bool':
      return kinds.bool;
    case 'int64':
      return kinds.integer;
    case 'float64':
      return kinds.decimal;
    case 'date':
      return dayOrder === null ? kinds.date : kinds.yearLastDate | order;
    case 'datetime':
      if (dayOrder !== null) return kinds.yearLastTime | order;
      return isZoned ? kinds.moment : kinds.localTime;
    case 'string':
      return kinds.text;
  }
}
