import { assertNever } from '../shared/assert-never.ts';
import type { Job } from './job.ts';
import type { Cell } from './notebook.ts';

/** Bytes that have arrived of those that are known to come; the total is null while nobody knows it. */
export interface ByteProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
}

/** What is happening to a cell right now. Times are milliseconds since 1970. */
export type RunPhase =
  | { readonly phase: 'resting' }
  | { readonly phase: 'queued' }
  | {
      readonly phase: 'running';
      readonly startedAt: number;
      readonly loading: PackageLoading | null;
      /** What `input()` asks the reader; null while it asks nothing. */
      readonly prompt: string | null;
    }
  | { readonly phase: 'storing'; readonly startedAt: number };

/** Python packages on their way, before the script starts. */
export interface PackageLoading {
  readonly names: readonly string[];
  readonly progress: ByteProgress;
}

/** The states a cell shows. */
export type CellState = 'idle' | 'queued' | 'running' | 'done' | 'failed' | 'stopped' | 'stale';

/** The state of a cell from what is happening to it and how its last job ended. */
export function getCellState(cell: Cell, phase: RunPhase, lastJob: Job | null): CellState {
  switch (phase.phase) {
    case 'queued':
      return 'queued';
    case 'running':
    case 'storing':
      return 'running';
    case 'resting':
      if (!lastJob) return 'idle';
      if (lastJob.outcome.status === 'done' && isStale(cell, lastJob)) return 'stale';
      return lastJob.outcome.status;
    default:
      return assertNever(phase);
  }
}

/** Whether the cell has changed since the job ran it. */
export function isStale(cell: Cell, job: Job): boolean {
  return (
    cell.source !== job.source ||
    cell.configuration.generateEmptyDataset !== job.configuration.generateEmptyDataset
  );
}
