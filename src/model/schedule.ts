import { findNextDue, listDueTimes, type DueQuestion } from './due-times.ts';
import type { LineRunId, NotebookId, ProductionLineId, ProfileId, ScheduleId, WorkspaceId } from './ids.ts';
import { addRun, type LineRun } from './line-run.ts';
import { dayMilliseconds, type GetOffset } from './local-time.ts';
import { isSameRhythm, sortRhythm, type Rhythm } from './rhythm.ts';

/** What a schedule runs. */
export type ScheduleTarget =
  | { readonly type: 'notebook'; readonly notebookId: NotebookId }
  | { readonly type: 'production-line'; readonly lineId: ProductionLineId };

/** A time at which a schedule did not run. */
export interface MissedTime {
  readonly at: number;
  /** The app was closed or the computer slept, or the run before still went on. */
  readonly reason: 'closed' | 'running';
}

/** The times that a schedule did not run at since somebody looked. */
export interface MissedTimes {
  readonly whileClosed: number;
  readonly whileRunning: number;
  /** The newest of them, newest first. */
  readonly latest: readonly MissedTime[];
}

/** A run that goes on. */
export interface RunningMark {
  readonly runId: LineRunId;
  /** Names the tab that it goes on in. */
  readonly tabId: string;
  /** Null where it was begun by hand. */
  readonly dueAt: number | null;
  readonly startedAt: number;
  /** Somebody has asked the tab that it goes on in to stop it. */
  readonly isStopAsked: boolean;
}

/** Runs a notebook or a production line by itself, while the app is open. Times are milliseconds since 1970. */
export interface Schedule {
  readonly id: ScheduleId;
  readonly workspaceId: WorkspaceId;
  /** No other schedule of the workspace has it. */
  readonly title: string;
  readonly target: ScheduleTarget;
  readonly rhythm: Rhythm;
  /** As whom it runs, whoever is active: the profile that made it. */
  readonly ownerId: ProfileId;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Null while it runs as its rhythm says. The reason is a sentence where nobody asked for the pause. */
  readonly paused: { readonly reason: string | null } | null;
  /** Where an interval is counted from. */
  readonly countedFrom: number;
  /** What was due up to then was run or missed. */
  readonly coveredUntil: number;
  readonly missed: MissedTimes;
  readonly running: RunningMark | null;
  /** Newest first. */
  readonly runs: readonly LineRun[];
}

/** What of a schedule is written by a person. */
export type ScheduleContent = Pick<Schedule, 'title' | 'target' | 'rhythm'>;

export const nothingMissed: MissedTimes = { whileClosed: 0, whileRunning: 0, latest: [] };

/** So many missed times are listed. */
const mostMissed = 20;

/** What is due still runs so many milliseconds later: a tab in the background is woken once a minute. */
export const longestDelay = 120_000;

/** So far the clock may be set back before times of day that it shows again are run again, in milliseconds. */
const longestSetBack = dayMilliseconds;

export function createSchedule(
  content: ScheduleContent,
  parts: Pick<Schedule, 'id' | 'workspaceId' | 'ownerId'>,
  now: number,
): Schedule {
  return {
    ...parts,
    ...content,
    rhythm: sortRhythm(content.rhythm),
    createdAt: now,
    changedAt: now,
    paused: null,
    countedFrom: now,
    coveredUntil: now,
    missed: nothingMissed,
    running: null,
    runs: [],
  };
}

/** The schedule as somebody writes it anew; with another rhythm it counts from now. */
export function editSchedule(schedule: Schedule, content: ScheduleContent, now: number): Schedule {
  const edited = { ...schedule, ...content, rhythm: sortRhythm(content.rhythm), changedAt: now };
  return isSameRhythm(schedule.rhythm, content.rhythm) ? edited : countFrom(edited, now);
}

export function pauseSchedule(schedule: Schedule, reason: string | null = null): Schedule {
  return { ...schedule, paused: { reason } };
}

/** Goes on from now: what would have been due in the pause was not missed. */
export function resumeSchedule(schedule: Schedule, now: number): Schedule {
  return schedule.paused ? { ...countFrom(schedule, now), paused: null } : schedule;
}

function countFrom(schedule: Schedule, now: number): Schedule {
  return { ...schedule, countedFrom: now, coveredUntil: now };
}

/** When a schedule runs next; null while it is paused. */
export function findNextRun(schedule: Schedule, getOffset: GetOffset): number | null {
  return schedule.paused ? null : findNextDue({ ...schedule, getOffset }, schedule.coveredUntil);
}

/** What a schedule is looked at with. */
export interface Look {
  readonly now: number;
  /** Since when the app is open in the tab that looks. */
  readonly openSince: number;
  /** What a run that is due is marked with. */
  readonly mark: Pick<RunningMark, 'runId' | 'tabId'>;
  readonly getOffset: GetOffset;
}

/**
 * The schedule after somebody looked whether it is due: marked as running where it is to be run now. At most the latest
 * of several due times is run; the others, and all that are long past or come while it runs, were missed.
 */
export function advanceSchedule(found: Schedule, { now, openSince, mark, getOffset }: Look): Schedule {
  if (found.paused) return found;
  const schedule = settleClock(found, now, getOffset);
  const due = listDueTimes({ ...schedule, getOffset }, schedule.coveredUntil, now, mostMissed + 1);
  const latest = due.latest.at(-1);
  if (latest === undefined) return schedule;
  const covered = { ...schedule, coveredUntil: now };
  const isInTime = latest >= openSince && now - latest <= longestDelay;
  if (!isInTime || schedule.running) return miss(covered, due.latest, due.count);
  return {
    ...miss(covered, due.latest.slice(0, -1), due.count - 1),
    running: { ...mark, dueAt: latest, startedAt: now, isStopAsked: false },
  };
}

/** A clock that was set back does not keep a schedule from running until it has come to where it was. */
function settleClock(schedule: Schedule, now: number, getOffset: GetOffset): Schedule {
  const { rhythm, coveredUntil } = schedule;
  if (rhythm.type === 'times')
    return coveredUntil - now > longestSetBack ? { ...schedule, coveredUntil: now } : schedule;
  const question: DueQuestion = { ...schedule, getOffset };
  const next = findNextDue(question, coveredUntil) ?? now;
  return next - now > rhythm.minutes * 60_000 ? countFrom(schedule, now) : schedule;
}

function miss(schedule: Schedule, times: readonly number[], count: number): Schedule {
  const { missed, running } = schedule;
  const isWhileRunning = (at: number): boolean => running !== null && at >= running.startedAt;
  const latest = times
    .map((at): MissedTime => ({ at, reason: isWhileRunning(at) ? 'running' : 'closed' }))
    .reverse();
  // Of those that are not listed nobody knows better: a run rarely goes on for that long.
  const runningCount = latest.filter(({ reason }) => reason === 'running').length;
  return {
    ...schedule,
    missed: {
      whileClosed: missed.whileClosed + count - runningCount,
      whileRunning: missed.whileRunning + runningCount,
      latest: [...latest, ...missed.latest].slice(0, mostMissed),
    },
  };
}

/** The schedule as it runs because somebody asked for it, which makes up for what was missed; null while it runs. */
export function beginByHand(
  schedule: Schedule,
  mark: Pick<RunningMark, 'runId' | 'tabId'>,
  now: number,
): Schedule | null {
  if (schedule.running) return null;
  const running = { ...mark, dueAt: null, startedAt: now, isStopAsked: false };
  return { ...schedule, missed: nothingMissed, running };
}

/** The schedule with its run asked to stop; as it is where that has ended, or another goes on. */
export function askToStop(schedule: Schedule, runId: LineRunId): Schedule {
  const { running } = schedule;
  return running?.runId === runId ? { ...schedule, running: { ...running, isStopAsked: true } } : schedule;
}

/** A run has ended. One that was given up before, as its tab seemed gone, ended after all. */
export function endRun(schedule: Schedule, run: LineRun): Schedule {
  const running = schedule.running?.runId === run.id ? null : schedule.running;
  return { ...schedule, running, runs: addRun(run, schedule.runs) };
}

export function countMissed({ missed }: Schedule): number {
  return missed.whileClosed + missed.whileRunning;
}

/** Whether a schedule runs a notebook, be it as one of a production line. */
export function runsNotebook(
  { target }: Schedule,
  id: NotebookId,
  findLine: (id: ProductionLineId) => { readonly notebookIds: readonly NotebookId[] } | null,
): boolean {
  return target.type === 'notebook'
    ? target.notebookId === id
    : (findLine(target.lineId)?.notebookIds.includes(id) ?? false);
}
