import { assertNever } from '../shared/assert-never.ts';
import type { Job } from './job.ts';

/** Bytes that have arrived of those that are known to come; the total is null while nobody knows it. */
export interface ByteProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
}

/** What is happening to a cell right now. Times are milliseconds since 1970. */
export type RunPhase =
  | { readonly phase: 'resting' }
  | { readonly phase: 'queued' }
  | RunningPhase
  | { readonly phase: 'storing'; readonly startedAt: number };

export interface RunningPhase {
  readonly phase: 'running';
  readonly startedAt: number;
  readonly loading: PackageLoading | null;
  /** What `input()` asks the reader; null while it asks nothing. */
  readonly prompt: string | null;
  /** In per cent, as the script reports it; null before it does. */
  readonly progress: number | null;
}

/** Python packages on their way, before the script starts. */
export interface PackageLoading {
  readonly names: readonly string[];
  readonly progress: ByteProgress;
}

/** The states a cell shows. */
export type CellState = 'idle' | 'queued' | 'running' | 'done' | 'failed' | 'stopped' | 'stale';

/** The state of a cell from what is happening to it and how its last job ended. `isChanged`: it would do something else now. */
export function getCellState(phase: RunPhase, lastJob: Job | null, isChanged: boolean): CellState {
  switch (phase.phase) {
    case 'queued':
      return 'queued';
    case 'running':
    case 'storing':
      return 'running';
    case 'resting':
      if (!lastJob) return 'idle';
      return lastJob.outcome.status === 'done' && isChanged ? 'stale' : lastJob.outcome.status;
    default:
      return assertNever(phase);
  }
}
