import type { CellId, JobId, NotebookId, SessionId } from './ids.ts';

/** Why a session came to be. */
export type SessionCause =
  | { readonly type: 'one' | 'from'; readonly cellTitle: string }
  | { readonly type: 'all' | 'stale' }
  /** The results of an earlier session were put back. */
  | { readonly type: 'restore'; readonly startedAt: number };

/** A cell that was to be run and was not. */
export interface SkippedCell {
  readonly cellId: CellId;
  readonly title: string;
  readonly reason: string;
}

/** The record of one run of a notebook, or of a cell with what it needs. Times are milliseconds since 1970. */
export interface Session {
  readonly id: SessionId;
  readonly notebookId: NotebookId;
  readonly cause: SessionCause;
  readonly startedAt: number;
  /** When its last job so far had ended. */
  readonly finishedAt: number;
  /** In the order in which they were run. */
  readonly jobIds: readonly JobId[];
  readonly skipped: readonly SkippedCell[];
  /** Null where Python had not started. */
  readonly pythonVersion: string | null;
}

/** Of each notebook this many sessions are kept, the newest. */
export const mostSessions = 50;

/** The sessions that make room for newer ones. */
export function listOldSessions(sessions: readonly Session[]): Session[] {
  return [...sessions].sort((one, other) => other.startedAt - one.startedAt).slice(mostSessions);
}
