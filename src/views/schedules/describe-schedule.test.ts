import { describe, expect, it } from 'vitest';
import { NotebookId } from '../../model/ids.ts';
import type { Rhythm, Weekday } from '../../model/rhythm.ts';
import { weekdays } from '../../model/rhythm.ts';
import { nothingMissed } from '../../model/schedule.ts';
import { buildRun, buildSchedule } from '../../model/testing/build-schedules.ts';
import {
  describeChange,
  describeForeign,
  describeMissed,
  describeNext,
  describeOngoing,
  describeRhythm,
  describeRun,
  formatNear,
  formatTimeOfDay,
  nameProfile,
} from './describe-schedule.ts';

const minute = 60_000;
/** Two times of day, in the reader's way. */
const times = `${formatTimeOfDay('08:00')} and ${formatTimeOfDay('17:30')}`;
const noon = new Date(2026, 10, 20, 12, 0).getTime();

function at(...days: Weekday[]): Rhythm {
  return { type: 'times', times: ['08:00', '17:30'], weekdays: days };
}

describe('the words for schedules', () => {
  it.each<[Rhythm, string]>([
    [{ type: 'interval', minutes: 1 }, 'every minute'],
    [{ type: 'interval', minutes: 90 }, 'every 90 minutes'],
    [{ type: 'interval', minutes: 60 }, 'every hour'],
    [{ type: 'interval', minutes: 1_440 }, 'every 24 hours'],
    [at(...weekdays), `at ${times} every day`],
    [at(1, 2, 3, 4, 5), `at ${times} from Monday to Friday`],
    [at(6, 7), `at ${times} on Saturday and Sunday`],
    [at(1, 3, 4), `at ${times} on Monday, Wednesday and Thursday`],
    [at(2), `at ${times} on Tuesday`],
  ])('say when it runs: %j', (rhythm, words) => {
    expect(describeRhythm(rhythm)).toBe(words);
  });

  it('say when it runs next, in minutes where that is soon', () => {
    const say = (next: number): string => describeNext(next, noon);
    expect([say(noon), say(noon + 30_000), say(noon + 4 * minute)]).toEqual([
      'Due now',
      `Next in a minute, at ${formatNear(noon + 30_000, noon)}`,
      `Next in 4 minutes, at ${formatNear(noon + 4 * minute, noon)}`,
    ]);
    expect(say(noon + 20 * 60 * minute)).toBe(`Next at ${formatNear(noon + 20 * 60 * minute, noon)}`);
    expect(formatNear(noon + 20 * 60 * minute, noon)).toContain('Sat');
  });

  it('say what was missed, how often, when and why', () => {
    expect(describeMissed(nothingMissed, noon)).toBe('');
    const once = { whileClosed: 1, whileRunning: 0, latest: [{ at: noon, reason: 'closed' }] } as const;
    const time = formatNear(noon, noon);
    expect(describeMissed(once, noon)).toBe(`Missed once: ${time}. Cahier was closed or the computer slept.`);
    const latest = Array.from({ length: 20 }, () => ({ at: noon, reason: 'closed' }) as const);
    expect(describeMissed({ whileClosed: 20, whileRunning: 5, latest }, noon)).toBe(
      `Missed 25 times: ${time}, ${time}, ${time} and 22 more. Cahier was closed or the computer slept (20); its run before still went on (5).`,
    );
  });

  it('say how a run ended', () => {
    expect(describeRun(buildRun('run', noon, { endedAt: noon + 3_200, status: 'failed' }), noon)).toBe(
      `failed, ${formatNear(noon, noon)}, 3.2 s`,
    );
    // The clock was set back meanwhile.
    expect(describeRun(buildRun('run', noon, { endedAt: noon - 3_200 }), noon)).toBe(
      `done, ${formatNear(noon, noon)}, 0 ms`,
    );
  });

  it('say how far a run is that goes on, and whether it waits for an answer', () => {
    const [here, other] = [NotebookId.from('sums'), NotebookId.from('other')];
    const first = {
      ...{ notebookId: here, title: 'Sums', position: 1, total: 1 },
      ...{ isWaiting: true, isStopping: false },
    };
    const second = { ...first, position: 2, total: 3, isWaiting: false };
    expect([describeOngoing(first, other), describeOngoing(second, null)]).toEqual([
      'Waits for other runs: “Sums”',
      'Runs now: “Sums” (2 of 3)',
    ]);
    expect([describeOngoing(first, here), describeOngoing(second, here)]).toEqual([
      'Waits for your answer about “Sums”',
      'Waits for your answer about “Sums” (2 of 3)',
    ]);
    expect(describeOngoing({ ...first, isStopping: true }, here)).toBe('Stopping…');
  });

  it('say what is asked about, and name some of the files of a job', () => {
    const question = { notebookId: NotebookId.from('sums'), notebookTitle: 'Sums', schedules: [] };
    expect(describeChange({ ...question, changedPaths: null })).toBe(
      'Nothing of your change to “Sums” is saved yet.',
    );
    expect(describeChange({ ...question, changedPaths: ['a.py'] })).toBe(
      'What you ran has changed files of “Sums”: a.py. Nothing of that is kept yet.',
    );
    expect(describeChange({ ...question, changedPaths: ['a', 'b', 'c', 'd', 'e'] })).toBe(
      'What you ran has changed files of “Sums”: a, b, c and 2 more. Nothing of that is kept yet.',
    );
  });

  it('say for whom a notebook runs, each person once', () => {
    const schedules = [buildSchedule('Nightly'), buildSchedule('Daily')];
    expect(describeForeign(schedules, () => '“Ada”')).toBe(
      'This notebook runs every 10 minutes as “Ada”, by the schedule “Nightly”, and every 10 minutes as “Ada”, by the schedule “Daily”. What you write here runs in the name of “Ada”.',
    );
    expect(describeForeign([], () => '“Ada”')).toBe('');
    expect([nameProfile(null), nameProfile({ displayName: 'You' })]).toEqual([
      'a profile that is gone',
      '“You”',
    ]);
  });
});
