import type { DayOrder } from '../../../../model/import-options.ts';
import { findDay } from './read-time.ts';

/** A day, and the time of it where there is one. */
export interface OrderedTime {
  /** Since 1970-01-01. */
  readonly days: number;
  /** Of the day, whole; 0 where there is no time. */
  readonly seconds: number;
  readonly hasTime: boolean;
}

const form = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:(?:,? |T)(\d{1,2}):(\d\d)(?::(\d\d))?)?$/;

/** Reads "24.12.2025", "12/24/2025" or "24.12.2025 18:30"; null for what is no day in this order. */
export function readOrderedTime(text: string, order: DayOrder): OrderedTime | null {
  if (text.length < 8 || text.length > 20) return null;
  const [, first, , second, year, hour, minute = '0', seconds = '0'] = form.exec(text) ?? [];
  if (first === undefined || second === undefined) return null;
  const [day, month] = order === 'day-first' ? [first, second] : [second, first];
  const days = findDay(Number(year), Number(month), Number(day));
  if (Number.isNaN(days)) return null;
  if (hour === undefined) return { days, seconds: 0, hasTime: false };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(seconds) > 59) return null;
  return { days, seconds: Number(hour) * 3600 + Number(minute) * 60 + Number(seconds), hasTime: true };
}
