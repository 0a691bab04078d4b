import { describe, expect, it } from 'vitest';
import { findNextDue, listDueTimes } from './due-times.ts';
import { dayMilliseconds, findMoment, type GetOffset } from './local-time.ts';
import { parseTimeOfDay, weekdays, type Rhythm, type Weekday } from './rhythm.ts';
import { createPlace, createRandom, createRealPlace } from './testing/places.ts';

const everyDay = (...times: string[]): Rhythm => ({ type: 'times', times, weekdays });

/** The due times between two moments, as they are in UTC. */
function list(rhythm: Rhythm, from: string, until: string, getOffset: GetOffset): string[] {
  const question = { rhythm, countedFrom: Date.parse(from), getOffset };
  const { count, latest } = listDueTimes(question, Date.parse(from), Date.parse(until), 100);
  expect(count).toBe(latest.length);
  return latest.map((time) => new Date(time).toISOString().slice(0, 16));
}

describe('when something is due', () => {
  it('is so many minutes after it was counted from, and again, whatever the clocks of the place do', () => {
    const berlin = createRealPlace('Europe/Berlin');
    const rhythm: Rhythm = { type: 'interval', minutes: 25 };
    expect(list(rhythm, '2026-03-29T00:10Z', '2026-03-29T01:30Z', berlin)).toEqual([
      '2026-03-29T00:35',
      '2026-03-29T01:00',
      '2026-03-29T01:25',
    ]);
  });

  it('is at times of day, on the days that are chosen', () => {
    const tokyo = createRealPlace('Asia/Tokyo');
    const rhythm: Rhythm = { type: 'times', times: ['08:00', '17:30'], weekdays: [1, 5] };
    // 20 November 2026 is a Friday.
    expect(list(rhythm, '2026-11-18T00:00Z', '2026-11-23T08:00Z', tokyo)).toEqual([
      '2026-11-19T23:00',
      '2026-11-20T08:30',
      '2026-11-22T23:00',
    ]);
  });

  it('is when the clocks go on where they leave out a time, once for all of them', () => {
    const berlin = createRealPlace('Europe/Berlin');
    const rhythm = everyDay('02:00', '02:30', '03:00');
    expect(list(rhythm, '2026-03-28T12:00Z', '2026-03-29T12:00Z', berlin)).toEqual(['2026-03-29T01:00']);
  });

  it('is once where the clocks show a time twice, the first time', () => {
    const berlin = createRealPlace('Europe/Berlin');
    expect(list(everyDay('02:00', '02:30'), '2026-10-24T12:00Z', '2026-10-25T12:00Z', berlin)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
    ]);
  });

  it('is right where clocks are changed by half an hour', () => {
    const howe = createRealPlace('Australia/Lord_Howe');
    // On 4 October 2026 they go from 02:00 to 02:30.
    expect(list(everyDay('02:15'), '2026-10-02T20:00Z', '2026-10-04T20:00Z', howe)).toEqual([
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ]);
  });

  it('is as a place goes on where it leaves out a day', () => {
    const apia = createRealPlace('Pacific/Apia');
    // After 29 December 2011 came the 31st.
    expect(list(everyDay('08:00'), '2011-12-29T12:00Z', '2012-01-01T12:00Z', apia)).toEqual([
      '2011-12-29T18:00',
      '2011-12-30T10:00',
      '2011-12-30T18:00',
      '2011-12-31T18:00',
    ]);
  });

  it('is counted in full and listed in part, of times of day a year back at most', () => {
    const utc = createPlace(0);
    const now = Date.parse('2026-01-01T00:00Z');
    const interval: Rhythm = { type: 'interval', minutes: 1 };
    const ofInterval = listDueTimes({ rhythm: interval, countedFrom: 0, getOffset: utc }, 0, now, 2);
    expect(ofInterval).toEqual({ count: now / 60_000, latest: [now - 60_000, now] });
    const ofTimes = listDueTimes({ rhythm: everyDay('00:00'), countedFrom: 0, getOffset: utc }, 0, now, 1);
    expect(ofTimes).toEqual({ count: 366, latest: [now] });
  });

  it('comes next after any moment, however few days are chosen', () => {
    const utc = createPlace(0);
    const rhythm: Rhythm = { type: 'times', times: ['08:00'], weekdays: [4] };
    const question = { rhythm, countedFrom: 0, getOffset: utc };
    const thursday = Date.parse('2026-11-19T08:00Z');
    expect(findNextDue(question, thursday - 1)).toBe(thursday);
    expect(findNextDue(question, thursday)).toBe(thursday + 7 * dayMilliseconds);
    const interval: Rhythm = { type: 'interval', minutes: 10 };
    expect(findNextDue({ rhythm: interval, countedFrom: 1_000, getOffset: utc }, 601_000)).toBe(1_201_000);
  });
});

/** What `findMoment` is to find, by looking at each minute. */
function searchMoment(localTime: number, getOffset: GetOffset): number {
  let time = localTime - 30 * 60 * 60_000;
  while (time + getOffset(time) < localTime) time += 60_000;
  return time;
}

describe('due times of random rhythms in random places', () => {
  const minute = 60_000;
  const start = Date.parse('2026-01-01T00:00Z');

  function pick<Item>(random: () => number, items: readonly Item[]): Item[] {
    return items.filter(() => random() < 0.5);
  }

  it.each(Array.from({ length: 60 }, (_, seed) => seed))('are those that each minute tells (%i)', (seed) => {
    const random = createRandom(seed);
    const upTo = (most: number): number => Math.floor(random() * most);
    const base = upTo(26 * 60) - 12 * 60;
    const change = [30, 60, -30, -60, 120, -120, 1_440, -1_440][upTo(8)] ?? 60;
    const from = start + (upTo(3 * 1_440) + 1_440) * minute;
    const place = createPlace(base, [{ from, minutes: base + change }]);
    const times = Array.from({ length: 1 + upTo(5) }, () => {
      const hour = String(upTo(24)).padStart(2, '0');
      return `${hour}:${String(upTo(60)).padStart(2, '0')}`;
    });
    const days: Weekday[] = pick(random, weekdays);
    const rhythm: Rhythm = { type: 'times', times, weekdays: days };
    const until = start + 6 * dayMilliseconds;
    const expected = new Set<number>();
    for (let day = start - 2 * dayMilliseconds; day <= until + 2 * dayMilliseconds; day += dayMilliseconds) {
      const weekday = ((new Date(day).getUTCDay() + 6) % 7) + 1;
      if (!days.some((each) => each === weekday)) continue;
      for (const text of times) {
        const local = day + (parseTimeOfDay(text) ?? 0) * minute;
        const moment = searchMoment(local, place);
        expect(findMoment(local, place)).toBe(moment);
        if (moment > start && moment <= until) expected.add(moment);
      }
    }
    const question = { rhythm, countedFrom: start, getOffset: place };
    const { latest } = listDueTimes(question, start, until, 1_000);
    expect(latest).toEqual([...expected].sort((one, other) => one - other));
    const stepped: number[] = [];
    for (let time = findNextDue(question, start); time !== null && time <= until;) {
      stepped.push(time);
      time = findNextDue(question, time);
    }
    expect(stepped).toEqual(latest);
  });
});
