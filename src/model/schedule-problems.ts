import { findTitleProblem } from './production-line.ts';
import { intervalLimits, mostTimes, parseTimeOfDay, type Rhythm, type Weekday } from './rhythm.ts';
import type { ScheduleTarget } from './schedule.ts';

/** A schedule as it stands in a form, complete or not. */
export interface ScheduleDraft {
  readonly title: string;
  /** Null until something is chosen. */
  readonly target: ScheduleTarget | null;
  readonly rhythmType: Rhythm['type'];
  /** As typed. */
  readonly minutes: string;
  /** As typed; a field that is empty among others is no time. */
  readonly times: readonly string[];
  readonly weekdays: readonly Weekday[];
}

/** What is wrong with a draft, as sentences; null where nothing is. */
export interface ScheduleProblems {
  readonly title: string | null;
  readonly target: string | null;
  readonly minutes: string | null;
  readonly times: string | null;
  readonly weekdays: string | null;
}

export function findScheduleProblems(
  { title, target, rhythmType, minutes, times, weekdays }: ScheduleDraft,
  takenTitles: readonly string[],
): ScheduleProblems {
  const isInterval = rhythmType === 'interval';
  return {
    title: findTitleProblem(title, takenTitles, 'schedule'),
    target: target ? null : 'Choose what it runs.',
    minutes: isInterval ? findMinutesProblem(minutes) : null,
    times: isInterval ? null : findTimesProblem(times),
    weekdays: isInterval || weekdays.length > 0 ? null : 'Choose at least one day.',
  };
}

/** The rhythm of a draft that nothing is wrong with. */
export function readRhythm({ rhythmType, minutes, times, weekdays }: ScheduleDraft): Rhythm {
  return rhythmType === 'interval'
    ? { type: 'interval', minutes: Number(minutes) }
    : { type: 'times', times: listWritten(times), weekdays };
}

function findMinutesProblem(minutes: string): string | null {
  const { minimum, maximum } = intervalLimits;
  const isWhole = /^\d{1,5}$/.test(minutes.trim());
  return isWhole && Number(minutes) >= minimum && Number(minutes) <= maximum
    ? null
    : `Write whole minutes from ${minimum} to ${maximum.toLocaleString()}.`;
}

function findTimesProblem(times: readonly string[]): string | null {
  const written = listWritten(times);
  if (written.length === 0) return 'Write at least one time of day, such as 08:30.';
  if (written.length > mostTimes) return `It has ${mostTimes} times a day at most. Use minutes instead.`;
  const wrong = written.find((time) => parseTimeOfDay(time) === null);
  return wrong === undefined ? null : `“${wrong}” is no time of day. Write it as 08:30.`;
}

function listWritten(times: readonly string[]): string[] {
  return times.map((time) => time.trim()).filter((time) => time !== '');
}
