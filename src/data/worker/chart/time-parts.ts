import type { TimePart } from '../../../model/chart/chart-data.ts';

const localParts: Record<TimePart, (date: Date) => number> = {
  year: (date) => date.getFullYear(),
  quarter: (date) => Math.floor(date.getMonth() / 3),
  month: (date) => date.getMonth(),
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
  date: (date) => date.getUTCDate(),
  day: (date) => date.getUTCDay(),
  hours: (date) => date.getUTCHours(),
  minutes: (date) => date.getUTCMinutes(),
  seconds: (date) => date.getUTCSeconds(),
  milliseconds: (date) => date.getUTCMilliseconds(),
};

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
