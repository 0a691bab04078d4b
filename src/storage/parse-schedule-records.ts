import * as v from 'valibot';
import { LineRunId, ProductionLineId, ScheduleId } from '../model/ids.ts';
import { mostRuns, type LineRun } from '../model/line-run.ts';
import { mostNotebooks, type ProductionLine } from '../model/production-line.ts';
import {
  intervalLimits,
  mostTimes,
  parseTimeOfDay,
  sortRhythm,
  weekdays,
  type Rhythm,
} from '../model/rhythm.ts';
import type { MissedTimes, RunningMark, Schedule, ScheduleTarget } from '../model/schedule.ts';
import { count, notebookId, profileId, sessionId, time, workspaceId } from './parse-basics.ts';

export const lineId = v.pipe(v.string(), v.transform(ProductionLineId.from));
export const scheduleId = v.pipe(v.string(), v.transform(ScheduleId.from));
const runId = v.pipe(v.string(), v.transform(LineRunId.from));

const lineRun: v.GenericSchema<unknown, LineRun> = v.object({
  id: runId,
  dueAt: v.nullable(time),
  startedAt: time,
  endedAt: time,
  status: v.picklist(['done', 'failed', 'stopped']),
  reason: v.nullable(v.string()),
  steps: v.array(
    v.object({
      notebookId,
      title: v.string(),
      sessionId: v.nullable(sessionId),
      status: v.picklist(['done', 'failed', 'stopped', 'not-run']),
      reason: v.nullable(v.string()),
    }),
  ),
  ranAs: v.string(),
});

/** The records of runs that cannot be read are no loss that would take the rest with it. */
const runs = v.pipe(
  v.array(v.fallback(v.nullable(lineRun), null)),
  v.transform((found) => found.filter((run) => run !== null).slice(0, mostRuns)),
);

/** What stands in the `productionLines` store. */
export const productionLine: v.GenericSchema<unknown, ProductionLine> = v.object({
  id: lineId,
  workspaceId,
  title: v.string(),
  notebookIds: v.pipe(v.array(notebookId), v.maxLength(mostNotebooks)),
  createdAt: time,
  changedAt: time,
  runs,
});

const target: v.GenericSchema<unknown, ScheduleTarget> = v.variant('type', [
  v.object({ type: v.literal('notebook'), notebookId }),
  v.object({ type: v.literal('production-line'), lineId }),
]);

const rhythm: v.GenericSchema<unknown, Rhythm> = v.pipe(
  v.variant('type', [
    v.object({
      type: v.literal('interval'),
      minutes: v.pipe(
        v.number(),
        v.integer(),
        v.minValue(intervalLimits.minimum),
        v.maxValue(intervalLimits.maximum),
      ),
    }),
    v.object({
      type: v.literal('times'),
      times: v.pipe(
        v.array(
          v.pipe(
            v.string(),
            v.check((text) => parseTimeOfDay(text) !== null, 'a time of day'),
          ),
        ),
        v.minLength(1),
        v.maxLength(mostTimes),
      ),
      weekdays: v.pipe(v.array(v.picklist(weekdays)), v.minLength(1)),
    }),
  ]),
  v.transform((found) => sortRhythm(found)),
);

const missed: v.GenericSchema<unknown, MissedTimes> = v.object({
  whileClosed: count,
  whileRunning: count,
  latest: v.array(v.object({ at: time, reason: v.picklist(['closed', 'running']) })),
});

const running: v.GenericSchema<unknown, RunningMark> = v.object({
  runId,
  tabId: v.string(),
  dueAt: v.nullable(time),
  startedAt: time,
  // Builds before this one asked no other tab.
  isStopAsked: v.optional(v.boolean(), false),
});

/** What stands in the `schedules` store. */
export const schedule: v.GenericSchema<unknown, Schedule> = v.object({
  id: scheduleId,
  workspaceId,
  title: v.string(),
  target,
  rhythm,
  ownerId: profileId,
  createdAt: time,
  changedAt: time,
  paused: v.nullable(v.object({ reason: v.nullable(v.string()) })),
  countedFrom: time,
  coveredUntil: time,
  missed,
  running: v.nullable(running),
  runs,
});
