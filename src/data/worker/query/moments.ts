import { parseMoment } from '../../filter-value.ts';
import { offsetAt } from '../time-zone.ts';
import type { Span } from './whole-range.ts';

const secondsInDay = 86_400n;

/** The days since 1970 that a text such as `2026-11-21` stands for; null for another text. */
export function daySpan(text: string): Span | null {
  const found = parseMoment(text);
  return found && { first: found.day, last: found.day };
}

/**
 * The moments that `2026-11-21`, `2026-11-21 10:03` or `2026-11-21 10:03:00.5` stands for, counted in parts of a second since
 * 1970: all of the day, minute, second that is named. By the clock of the zone, unless an offset is given as well.
 */
export function momentSpan(text: string, perSecond: bigint, timeZone: string | null): Span | null {
  const found = parseMoment(text);
  if (!found) return null;
  const { day, hours, minutes, seconds, fraction, offset } = found;
  const clock = BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds ?? 0);
  const size =
    hours === undefined ? secondsInDay : minutes === undefined ? 3600n : seconds === undefined ? 60n : 1n;
  const local = day * secondsInDay + clock;
  const first = toUniversal(local, offset, timeZone) * perSecond;
  if (fraction !== undefined) {
    const digits = BigInt(fraction.padEnd(9, '0'));
    const part = (digits * perSecond) / 1_000_000_000n;
    const step = perSecond / 10n ** BigInt(fraction.length);
    return { first: first + part, last: first + part + (step > 0n ? step - 1n : 0n) };
  }
  return { first, last: toUniversal(local + size, offset, timeZone) * perSecond - 1n };
}

function toUniversal(local: bigint, offset: string | undefined, timeZone: string | null): bigint {
  if (offset === 'Z') return local;
  if (offset !== undefined) return local - BigInt(offsetAt(offset, 0));
  if (timeZone === null) return local;
  // The offset at the moment that the clock shows, which is known only by its offset: two steps are enough.
  const guess = Number(local) - offsetAt(timeZone, Number(local));
  return local - BigInt(offsetAt(timeZone, guess));
}
