/** Days from 1970-01-01 to a day of the calendar that holds in all of ISO 8601. */
function countDays(year: number, month: number, day: number): number {
  // http://howardhinnant.github.io/date_algorithms.html#days_from_civil
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function countDaysOfMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (monthLengths[month - 1] ?? 0);
}

/** The number of two digits; NaN for anything else. */
function readTwo(text: string, position: number): number {
  const first = text.charCodeAt(position) - 48;
  const second = text.charCodeAt(position + 1) - 48;
  return first >= 0 && first <= 9 && second >= 0 && second <= 9 ? first * 10 + second : NaN;
}

/** Days since 1970-01-01 of a day of the calendar, years from 0 to 9999; NaN where there is no such day. */
export function findDay(year: number, month: number, day: number): number {
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= countDaysOfMonth(year, month);
  return isDay && year >= 0 ? countDays(year, month, day) : NaN;
}

/** Days since 1970-01-01 of a text that begins with "2024-02-29"; NaN where there is no such day. */
function readDay(text: string): number {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NaN;
  const year = readTwo(text, 0) * 100 + readTwo(text, 2);
  return findDay(year, readTwo(text, 5), readTwo(text, 8));
}

/** Days since 1970-01-01 of "2024-02-29"; NaN for anything else. */
export function readDate(text: string): number {
  return text.length === 10 ? readDay(text) : NaN;
}

/** A moment, and whether the text said how far its clock is ahead of UTC. */
export interface ReadMoment {
  /** Whole seconds since 1970-01-01, of UTC or of a clock without a zone. */
  readonly seconds: number;
  /** From 0 to 999,999. */
  readonly microseconds: number;
  readonly hasZone: boolean;
}

const clock = /^[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * A date and time of ISO 8601, with "T" or a space between them: "2024-02-29T12:30:00.5+02:00". Null for anything else:
 * an hour of 24, a leap second, and what is finer than a microsecond among it.
 */
export function readDateTime(text: string): ReadMoment | null {
  if (text.length < 16 || text.length > 36) return null;
  const days = readDay(text);
  if (Number.isNaN(days)) return null;
  return readPlainClock(text, days) ?? readClock(text, days);
}

/** The most common forms, without an expression: "…T12:30:00" and "…T12:30:00Z". */
function readPlainClock(text: string, days: number): ReadMoment | null {
  const { length } = text;
  const hasZone = length === 20 && text.charCodeAt(19) === 90;
  if (length !== 19 && !hasZone) return null;
  const separator = text.charCodeAt(10);
  if (separator !== 84 && separator !== 32) return null;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const hour = readTwo(text, 11);
  const minute = readTwo(text, 14);
  const second = readTwo(text, 17);
  if (!(hour < 24 && minute < 60 && second < 60)) return null;
  return { seconds: days * 86_400 + hour * 3600 + minute * 60 + second, microseconds: 0, hasZone };
}

function readClock(text: string, days: number): ReadMoment | null {
  const [, hour, minute, second = '0', fraction = '', zone] = clock.exec(text.slice(10)) ?? [];
  if (hour === undefined || minute === undefined) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (/[1-9]/.test(fraction.slice(6))) return null;
  const offset = zone === undefined ? 0 : readOffset(zone);
  if (Number.isNaN(offset)) return null;
  return {
    seconds: days * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset,
    microseconds: Number(fraction.slice(0, 6).padEnd(6, '0')),
    hasZone: zone !== undefined,
  };
}

/** Seconds ahead of UTC of "Z", "+02:00", "-0530" or "+01"; NaN for what no clock is ahead by. */
function readOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const hours = readTwo(zone, 1);
  const minutes = zone.length > 3 ? readTwo(zone, zone.length - 2) : 0;
  const seconds = hours < 24 && minutes < 60 ? hours * 3600 + minutes * 60 : NaN;
  return zone.startsWith('-') ? -seconds : seconds;
}
