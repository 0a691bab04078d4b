import { LineRunId, NotebookId, ProductionLineId, ProfileId, ScheduleId, WorkspaceId } from '../ids.ts';
import type { LineRun } from '../line-run.ts';
import type { ProductionLine } from '../production-line.ts';
import { createSchedule, type Schedule } from '../schedule.ts';

/** A schedule for tests that runs the notebook “notebook” every ten minutes as “ada”, counted from 0. */
export function buildSchedule(title: string, partial: Partial<Schedule> = {}): Schedule {
  const schedule = createSchedule(
    {
      title,
      target: { type: 'notebook', notebookId: NotebookId.from('notebook') },
      rhythm: { type: 'interval', minutes: 10 },
    },
    {
      id: ScheduleId.from(title),
      workspaceId: WorkspaceId.from('workspace'),
      ownerId: ProfileId.from('ada'),
    },
    0,
  );
  return { ...schedule, ...partial };
}

/** A production line for tests, whose id is its title. */
export function buildLine(title: string, notebookIds: readonly string[]): ProductionLine {
  return {
    id: ProductionLineId.from(title),
    workspaceId: WorkspaceId.from('workspace'),
    title,
    notebookIds: notebookIds.map(NotebookId.from),
    createdAt: 0,
    changedAt: 0,
    runs: [],
  };
}

/** A run for tests that was done at once. */
export function buildRun(id: string, startedAt: number, partial: Partial<LineRun> = {}): LineRun {
  return {
    id: LineRunId.from(id),
    dueAt: startedAt,
    startedAt,
    endedAt: startedAt,
    status: 'done',
    reason: null,
    steps: [],
    ranAs: 'Ada',
    ...partial,
  };
}
