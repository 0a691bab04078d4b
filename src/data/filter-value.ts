/** What is written into a filter, as numbers and moments: the same on the page and where rows are looked through. */

/** A number, also `inf`; null for another text. */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim().replace(/\binf$/, 'Infinity');
  const number = Number(trimmed);
  return trimmed === '' || Number.isNaN(number) ? null : number;
}

const moment =
  /^([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[ T](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A moment in its parts; what is undefined was not written. */
export interface WrittenMoment {
  /** Days since 1970. */
  readonly day: bigint;
  readonly hours: string | undefined;
  readonly minutes: string | undefined;
  readonly seconds: string | undefined;
  /** Digits behind the seconds. */
  readonly fraction: string | undefined;
  /** `Z` or such as `+01:00`. */
  readonly offset: string | undefined;
}

/** `2026-11-21`, `2026-11-21 10:03` or `2026-11-21T10:03:00.5+01:00`; null for another text, or a day that there is not. */
export function parseMoment(text: string): WrittenMoment | null {
  const found = moment.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hours, minutes, seconds, fraction, offset] = found;
  if (Number(hours ?? 0) > 23 || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  return { day: BigInt(Math.round(date.getTime() / 86_400_000)), hours, minutes, seconds, fraction, offset };
}
