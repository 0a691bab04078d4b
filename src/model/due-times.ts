import { dayMilliseconds, findLocalDay, findMoment, type GetOffset } from './local-time.ts';
import { parseTimeOfDay, type Rhythm, type Weekday } from './rhythm.ts';

/** What lies between two moments is counted no further back than this from the later one. */
const longestCounted = 366 * dayMilliseconds;

/** A week without, and days that a place leaves out as it crosses the date line. */
const mostDaysAhead = 10;

/** Times at which something is due: how many there are, and the latest of them, oldest first. */
export interface DueTimes {
  readonly count: number;
  readonly latest: readonly number[];
}

/** A rhythm, where it is counted from and where it is followed. */
export interface DueQuestion {
  readonly rhythm: Rhythm;
  /** In milliseconds since 1970, as all times here. */
  readonly countedFrom: number;
  readonly getOffset: GetOffset;
}

/** When something is due after one moment and up to another: all are counted, and the latest `most` listed. */
export function listDueTimes(
  { rhythm, countedFrom, getOffset }: DueQuestion,
  after: number,
  until: number,
  most: number,
): DueTimes {
  if (rhythm.type === 'times') {
    const times = listTimesOfDays(rhythm, Math.max(after, until - longestCounted), until, getOffset);
    return { count: times.length, latest: times.slice(-most) };
  }
  const step = rhythm.minutes * 60_000;
  const first = Math.max(1, Math.floor((after - countedFrom) / step) + 1);
  const last = Math.floor((until - countedFrom) / step);
  const count = Math.max(0, last - first + 1);
  const listed = Math.min(count, most);
  return {
    count,
    latest: Array.from({ length: listed }, (_, index) => countedFrom + (last - listed + 1 + index) * step),
  };
}

/** When something is due first after a moment. */
export function findNextDue({ rhythm, countedFrom, getOffset }: DueQuestion, after: number): number | null {
  if (rhythm.type === 'times') {
    const until = after + mostDaysAhead * dayMilliseconds;
    return listTimesOfDays(rhythm, after, until, getOffset)[0] ?? null;
  }
  const step = rhythm.minutes * 60_000;
  return countedFrom + Math.max(1, Math.floor((after - countedFrom) / step) + 1) * step;
}

function listTimesOfDays(
  { times, weekdays }: Extract<Rhythm, { readonly type: 'times' }>,
  after: number,
  until: number,
  getOffset: GetOffset,
): number[] {
  // A time that clocks leave out may come on the day after its own.
  const first = findLocalDay(after, getOffset) - dayMilliseconds;
  const last = findLocalDay(until, getOffset) + dayMilliseconds;
  const moments = new Set<number>();
  for (let day = first; day <= last; day += dayMilliseconds) {
    if (!weekdays.includes(getWeekday(day))) continue;
    for (const text of times) {
      const minutes = parseTimeOfDay(text);
      if (minutes === null) continue;
      const moment = findMoment(day + minutes * 60_000, getOffset);
      if (moment > after && moment <= until) moments.add(moment);
    }
  }
  return [...moments].sort((one, other) => one - other);
}

const fromSunday: readonly Weekday[] = [7, 1, 2, 3, 4, 5, 6];

function getWeekday(localDay: number): Weekday {
  return fromSunday[new Date(localDay).getUTCDay()] ?? 7;
}
