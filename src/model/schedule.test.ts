import { describe, expect, it } from 'vitest';
import { listDueTimes } from './due-times.ts';
import { LineRunId, NotebookId, ProductionLineId } from './ids.ts';
import { mostRuns } from './line-run.ts';
import { dayMilliseconds } from './local-time.ts';
import { weekdays, type Rhythm } from './rhythm.ts';
import {
  advanceSchedule,
  beginByHand,
  countMissed,
  editSchedule,
  endRun,
  findNextRun,
  longestDelay,
  nothingMissed,
  pauseSchedule,
  resumeSchedule,
  runsNotebook,
  type Schedule,
} from './schedule.ts';
import { buildLine, buildRun, buildSchedule } from './testing/build-schedules.ts';
import { createPlace, createRandom } from './testing/places.ts';

const minute = 60_000;
const utc = createPlace(0);
const mark = { runId: LineRunId.from('run'), tabId: 'tab' };

function look(schedule: Schedule, now: number, openSince = 0): Schedule {
  return advanceSchedule(schedule, { now, openSince, mark, getOffset: utc });
}

/** When the run that goes on was due, in minutes, and when those that were missed were, with why. */
function tell({ running, missed }: Schedule): string {
  const times = missed.latest.map(({ at, reason }) => `${at / minute} ${reason}`);
  const dueAt = running?.dueAt ?? null;
  return `runs ${dueAt === null ? 'nothing' : dueAt / minute}; missed ${times.join(', ')}`;
}

describe('a schedule', () => {
  it('runs what is due, once', () => {
    const schedule = buildSchedule('Nightly');
    expect(look(schedule, 10 * minute - 1)).toBe(schedule);
    const running = look(schedule, 10 * minute);
    expect(running).toEqual({
      ...schedule,
      coveredUntil: 10 * minute,
      running: { ...mark, dueAt: 10 * minute, startedAt: 10 * minute, isStopAsked: false },
    });
    expect(look(running, 10 * minute)).toBe(running);
    const ended = endRun(running, buildRun('run', 10 * minute));
    expect(look(ended, 11 * minute)).toBe(ended);
    expect(tell(look(ended, 20 * minute))).toBe('runs 20; missed ');
  });

  it('runs what is a little late, and misses what is long past', () => {
    const schedule = buildSchedule('Nightly');
    expect(tell(look(schedule, 10 * minute + longestDelay))).toBe('runs 10; missed ');
    expect(tell(look(schedule, 10 * minute + longestDelay + 1))).toBe('runs nothing; missed 10 closed');
  });

  it('misses what was due before the app was opened', () => {
    const schedule = buildSchedule('Nightly');
    const looked = look(schedule, 10 * minute + 5, 10 * minute + 1);
    expect(tell(looked)).toBe('runs nothing; missed 10 closed');
    expect(tell(look(looked, 20 * minute, 10 * minute + 1))).toBe('runs 20; missed 10 closed');
  });

  it('runs once after a long sleep that ends at a due time, and lists the newest of what was missed', () => {
    const slept = look(buildSchedule('Nightly'), 1_000 * minute);
    expect(slept.running?.dueAt).toBe(1_000 * minute);
    expect([countMissed(slept), slept.missed.latest.length]).toEqual([99, 20]);
    expect(slept.missed.latest[0]).toEqual({ at: 990 * minute, reason: 'closed' });
  });

  it('has one run at a time, and says what came meanwhile', () => {
    const running = look(buildSchedule('Nightly'), 10 * minute);
    const later = look(look(running, 20 * minute), 30 * minute);
    expect(tell(later)).toBe('runs 10; missed 30 running, 20 running');
    expect(later.missed).toMatchObject({ whileClosed: 0, whileRunning: 2 });
    expect(beginByHand(later, mark, 31 * minute)).toBeNull();
  });

  it('makes up for what was missed when it is run by hand', () => {
    const missed = look(buildSchedule('Nightly'), 55 * minute);
    expect(countMissed(missed)).toBe(5);
    const begun = beginByHand(missed, mark, 56 * minute);
    expect(begun).toEqual({
      ...missed,
      missed: nothingMissed,
      running: { ...mark, dueAt: null, startedAt: 56 * minute, isStopAsked: false },
    });
  });

  it('neither runs nor misses anything while it is paused, and counts from then on when it goes on', () => {
    const paused = pauseSchedule(buildSchedule('Nightly'), 'Its owner is gone.');
    expect(paused.paused).toEqual({ reason: 'Its owner is gone.' });
    expect(look(paused, 500 * minute)).toBe(paused);
    expect(findNextRun(paused, utc)).toBeNull();
    const resumed = resumeSchedule(paused, 503 * minute);
    expect(findNextRun(resumed, utc)).toBe(513 * minute);
    expect(tell(look(resumed, 513 * minute))).toBe('runs 513; missed ');
    expect(resumeSchedule(resumed, 600 * minute)).toBe(resumed);
  });

  it('counts anew with another rhythm, and goes on with the same', () => {
    const schedule = buildSchedule('Nightly');
    const renamed = editSchedule(schedule, { ...schedule, title: 'Daily' }, 3 * minute);
    expect([renamed.title, findNextRun(renamed, utc)]).toEqual(['Daily', 10 * minute]);
    const rhythm: Rhythm = { type: 'times', times: ['09:00', '08:00', '09:00'], weekdays: [7, 1] };
    const changed = editSchedule(schedule, { ...schedule, rhythm }, 3 * minute);
    expect(changed.rhythm).toEqual({ type: 'times', times: ['08:00', '09:00'], weekdays: [1, 7] });
    expect([changed.coveredUntil, changed.countedFrom, changed.ownerId]).toEqual([
      3 * minute,
      3 * minute,
      'ada',
    ]);
  });

  it('keeps the newest runs, each once', () => {
    let schedule = look(buildSchedule('Nightly'), 10 * minute);
    schedule = endRun(schedule, buildRun('run', 1, { status: 'stopped' }));
    expect(schedule.running).toBeNull();
    schedule = endRun(schedule, buildRun('run', 1));
    expect(schedule.runs.map(({ status }) => status)).toEqual(['done']);
    for (let index = 0; index < 60; index += 1) schedule = endRun(schedule, buildRun(`run ${index}`, index));
    expect([schedule.runs.length, schedule.runs[0]?.id]).toEqual([mostRuns, 'run 59']);
  });

  it('goes on with a run that another one ended before', () => {
    const running = look(buildSchedule('Nightly'), 10 * minute);
    expect(endRun(running, buildRun('another', 0)).running).toEqual(running.running);
  });

  it('runs an interval soon after the clock was set back, and no time of day twice', () => {
    const far = look(buildSchedule('Nightly'), 1_000 * minute);
    const ended = endRun(far, buildRun('run', 1));
    const back = look(ended, 100 * minute);
    expect(findNextRun(back, utc)).toBe(110 * minute);
    const rhythm: Rhythm = { type: 'times', times: ['08:00'], weekdays };
    const eight = 8 * 60 * minute;
    const daily = endRun(look(buildSchedule('Daily', { rhythm }), eight), buildRun('run', eight));
    expect(look(daily, eight - 30 * minute)).toBe(daily);
    expect(look(daily, eight)).toBe(daily);
    // One that was years ahead does not keep it from running for years.
    const ahead = { ...daily, coveredUntil: 5_000 * dayMilliseconds };
    expect(findNextRun(look(ahead, eight - 1), utc)).toBe(eight);
  });

  it('knows the notebooks that it runs, also those of a production line', () => {
    const line = buildLine('line', ['one', 'two']);
    const ofLine = buildSchedule('Nightly', {
      target: { type: 'production-line', lineId: ProductionLineId.from('line') },
    });
    const find = (): typeof line => line;
    expect(runsNotebook(ofLine, NotebookId.from('two'), find)).toBe(true);
    expect(runsNotebook(ofLine, NotebookId.from('notebook'), find)).toBe(false);
    expect(runsNotebook(ofLine, NotebookId.from('two'), () => null)).toBe(false);
    expect(runsNotebook(buildSchedule('Nightly'), NotebookId.from('notebook'), find)).toBe(true);
  });
});

const place = createPlace(60, [{ from: 3 * dayMilliseconds + 60 * minute, minutes: 120 }]);

function chooseRhythm(random: () => number): Rhythm {
  if (random() < 0.5) return { type: 'interval', minutes: 1 + Math.floor(random() ** 3 * 1_440) };
  const times = Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
    const [hour, minuteOfHour] = [Math.floor(random() * 24), Math.floor(random() * 60)];
    return `${String(hour).padStart(2, '0')}:${String(minuteOfHour).padStart(2, '0')}`;
  });
  return {
    type: 'times',
    times: [...new Set(times)].sort(),
    weekdays: weekdays.filter(() => random() < 0.8),
  };
}

describe('a schedule that is looked at whenever it happens', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'neither loses nor doubles a due time (%i)',
    (seed) => {
      const random = createRandom(seed + 1);
      let schedule = buildSchedule('Any', { rhythm: chooseRhythm(random) });
      const question = { ...schedule, getOffset: place };
      const runs: number[] = [];
      let missedCount = 0;
      let now = 0;
      while (now < 5 * dayMilliseconds) {
        // Mostly as a tab is woken, at times after hours of sleep.
        now += random() < 0.998 ? Math.floor(random() * 90_000) : Math.floor(random() * 20 * 60 * minute);
        const before = schedule.running;
        const missedBefore = countMissed(schedule);
        schedule = advanceSchedule(schedule, { now, openSince: 0, mark, getOffset: place });
        missedCount += countMissed(schedule) - missedBefore;
        const dueAt = schedule.running?.dueAt ?? null;
        if (!before && dueAt !== null) {
          runs.push(dueAt);
          expect(now - dueAt).toBeLessThanOrEqual(longestDelay);
        }
        if (schedule.running && random() < 0.3) schedule = endRun(schedule, buildRun('run', now));
      }
      const due = listDueTimes(question, 0, now, 100_000);
      expect(runs.length + missedCount).toBe(due.count);
      expect([...new Set(runs)]).toEqual(runs);
      const known = new Set(due.latest);
      expect(runs.filter((time) => !known.has(time))).toEqual([]);
      if (due.count > 50) expect(runs.length).toBeGreaterThan(10);
    },
  );

  it.each(Array.from({ length: 80 }, (_, seed) => seed))(
    'never waits longer than its rhythm says, whatever becomes of the clock (%i)',
    (seed) => {
      const random = createRandom(seed + 1_000);
      const rhythm = chooseRhythm(random);
      let schedule = buildSchedule('Any', { rhythm });
      const runs: number[] = [];
      let now = 0;
      for (let tick = 0; tick < 400; tick += 1) {
        const isSet = random() < 0.02;
        now += isSet ? Math.floor((random() - 0.5) * 40 * dayMilliseconds) : Math.floor(random() * 90_000);
        schedule = advanceSchedule(schedule, {
          now,
          openSince: now - dayMilliseconds,
          mark,
          getOffset: place,
        });
        if (schedule.running) runs.push(schedule.running.dueAt ?? 0);
        schedule = schedule.running ? endRun(schedule, buildRun('run', now)) : schedule;
        const next = findNextRun(schedule, place);
        if (next === null) continue;
        expect(next).toBeGreaterThan(Math.min(now, schedule.coveredUntil));
        const ahead = rhythm.type === 'interval' ? rhythm.minutes * minute : 10 * dayMilliseconds;
        expect(next - now).toBeLessThanOrEqual(ahead);
      }
      // A day that a clock shows again may be run again: it was set back by more than that.
      if (rhythm.type === 'interval') expect([...new Set(runs)]).toEqual(runs);
    },
  );
});
