import { offsetAt } from './time-zone.ts';

const secondsInDay = 86_400n;
/** Fraction digits of each unit: seconds, milliseconds, microseconds, nanoseconds. */
export type FractionDigits = 0 | 3 | 6 | 9;

/**
 * A day as `2026-11-21`. Years outside 0 to 9999 carry a sign, as in ISO 8601: `-0044-03-15`, `+12026-01-01`.
 * The calendar is the Gregorian one throughout, with a year 0. https://howardhinnant.github.io/date_algorithms.html
 */
export function formatDate(daysSince1970: number): string {
  const shifted = daysSince1970 + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // Months are counted from March, so that the leap day comes last.
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${formatYear(year)}-${pad(month)}-${pad(day)}`;
}

function formatYear(year: number): string {
  const digits = String(Math.abs(year)).padStart(4, '0');
  if (year < 0) return `-${digits}`;
  return year > 9999 ? `+${digits}` : digits;
}

/**
 * A moment as `2026-11-21 10:03:00.5`, with as many fraction digits as it needs; in a zone as the clock showed it there,
 * followed by the offset from UTC: `2026-11-21 11:03:00+01:00`.
 */
export function formatTimestamp(value: bigint, digits: FractionDigits, timeZone: string | null): string {
  const perSecond = 10n ** BigInt(digits);
  const seconds = divideDown(value, perSecond);
  const fraction = formatFraction(Number(value - seconds * perSecond), digits);
  if (timeZone === null) return `${formatSeconds(seconds)}${fraction}`;
  const offset = offsetAt(timeZone, Number(seconds));
  return `${formatSeconds(seconds + BigInt(offset))}${fraction}${formatOffset(offset)}`;
}

/** A time of day, `10:03:00.5`. */
export function formatTimeOfDay(value: bigint, digits: FractionDigits): string {
  const perSecond = 10n ** BigInt(digits);
  const seconds = divideDown(value, perSecond);
  return `${formatClock(Number(seconds))}${formatFraction(Number(value - seconds * perSecond), digits)}`;
}

function formatSeconds(seconds: bigint): string {
  const days = divideDown(seconds, secondsInDay);
  return `${formatDate(Number(days))} ${formatClock(Number(seconds - days * secondsInDay))}`;
}

function formatClock(seconds: number): string {
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

function formatFraction(fraction: number, digits: FractionDigits): string {
  return fraction === 0 ? '' : `.${String(fraction).padStart(digits, '0').replace(/0+$/, '')}`;
}

function formatOffset(offset: number): string {
  const size = Math.abs(offset);
  const seconds = size % 60 === 0 ? '' : `:${pad(size % 60)}`;
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 3600))}:${pad(Math.floor(size / 60) % 60)}${seconds}`;
}

/** Division that rounds down, where BigInt's own rounds towards zero. */
function divideDown(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
