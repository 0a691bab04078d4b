import type { TimePart } from '../../../model/chart/chart-data.ts';

const localParts: Record<TimePart, (date: Date) => number> = {
  year: (date) => date.getFullYear(),
  quarter: (date) => Math.floor(date.getMonth() / 3),
  month: (date) => date.getMonth(),
  // Weeks begin on Sundays; the first days of a year before one are of week 0.
  week: (date) => weekOf(dayOfYear(date.getFullYear(), date.getMonth(), date.getDate()), date.getDay()),
  dayofyear: (date) => dayOfYear(date.getFullYear(), date.getMonth(), date.getDate()),
  date: (date) => date.getDate(),
  day: (date) => date.getDay(),
  hours: (date) => date.getHours(),
  minutes: (date) => date.getMinutes(),
  seconds: (date) => date.getSeconds(),
  milliseconds: (date) => date.getMilliseconds(),
};

const utcParts: Record<TimePart, (date: Date) => number> = {
  year: (date) => date.getUTCFullYear(),
  quarter: (date) => Math.floor(date.getUTCMonth() / 3),
  month: (date) => date.getUTCMonth(),
  week: (date) =>
    weekOf(dayOfYear(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()), date.getUTCDay()),
  dayofyear: (date) => dayOfYear(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()),
  date: (date) => date.getUTCDate(),
  day: (date) => date.getUTCDay(),
  hours: (date) => date.getUTCHours(),
  minutes: (date) => date.getUTCMinutes(),
  seconds: (date) => date.getUTCSeconds(),
  milliseconds: (date) => date.getUTCMilliseconds(),
};

/** Counted from 0. */
function dayOfYear(year: number, month: number, day: number): number {
  const [date, begin] = [new Date(0), new Date(0)];
  date.setUTCFullYear(year, month, day);
  begin.setUTCFullYear(year, 0, 1);
  return Math.round((date.getTime() - begin.getTime()) / 86_400_000);
}

function weekOf(day: number, weekday: number): number {
  return Math.floor((day + 6 - weekday + 1) / 7);
}

/** Within so many milliseconds the coarser parts stay the same, in every time zone. */
const quarterOfHour = 900_000;

/** A key that two times share where these parts of them are the same. */
export function createTimeKeys(parts: readonly TimePart[], isUtc: boolean): (time: number) => string {
  const getters = parts.map((part) => (isUtc ? utcParts : localParts)[part]);
  const isFine = parts.some((part) => part === 'minutes' || part === 'seconds' || part === 'milliseconds');
  const makeKey = (time: number): string => {
    const date = new Date(time);
    return getters.map((get) => get(date)).join(' ');
  };
  if (isFine) return makeKey;
  const known = new Map<number, string>();
  return (time) => {
    const stretch = Math.floor(time / quarterOfHour);
    let key = known.get(stretch);
    if (key === undefined) {
      key = makeKey(time);
      known.set(stretch, key);
    }
    return key;
  };
}
