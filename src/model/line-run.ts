import type { LineRunId, NotebookId, SessionId } from './ids.ts';

/** What became of one notebook of a run. */
export interface RunStep {
  readonly notebookId: NotebookId;
  /** The title that the notebook had. */
  readonly title: string;
  /** Null where nothing of it was run. */
  readonly sessionId: SessionId | null;
  readonly status: 'done' | 'failed' | 'stopped' | 'not-run';
  /** Why it is not done, as a sentence; null where it is. */
  readonly reason: string | null;
}

/** The record of notebooks that were run one after another. Times are milliseconds since 1970. */
export interface LineRun {
  readonly id: LineRunId;
  /** When it was due; null where it was begun by hand. */
  readonly dueAt: number | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly status: 'done' | 'failed' | 'stopped';
  /** Why it is not done, as a sentence; null where it is. */
  readonly reason: string | null;
  readonly steps: readonly RunStep[];
  /** Who it was run as, by the name at that time. */
  readonly ranAs: string;
}

/** So many are kept of each schedule and each production line. */
export const mostRuns = 50;

const longestReason = 400;

/** Runs with one that has ended, newest first; it takes the place of what was known of it before. */
export function addRun(run: LineRun, runs: readonly LineRun[]): readonly LineRun[] {
  const steps = run.steps.map((step) => ({ ...step, reason: shorten(step.reason) }));
  return [{ ...run, steps, reason: shorten(run.reason) }, ...runs.filter(({ id }) => id !== run.id)].slice(
    0,
    mostRuns,
  );
}

/** That a run failed, and in which notebook: "failed in “Report”. There is no data." */
export function describeFailure({ reason, steps }: Pick<LineRun, 'reason' | 'steps'>): string {
  const step = steps.find(({ status }) => status === 'failed');
  return `failed${step ? ` in “${step.title}”` : ''}.${reason === null ? '' : ` ${reason}`}`;
}

function shorten(reason: string | null): string | null {
  return reason !== null && reason.length > longestReason ? `${reason.slice(0, longestReason - 1)}…` : reason;
}
