import type { BlobHash, CellId, CyclesId, JobId, NotebookId, ProfileId, SessionId } from './ids.ts';
import type { InstalledPackage } from './job-request.ts';
import { groupBy } from '../shared/group-by.ts';
import type { SessionFile } from './session-files.ts';

/** Why a session came to be. */
export type SessionCause =
  /** `cycle` counts from 1 where a Statement ran in cycles, all of which have one `cyclesId`. */
  | {
      readonly type: 'one';
      readonly cellTitle: string;
      readonly cycle?: number;
      readonly cyclesId?: CyclesId;
    }
  | { readonly type: 'from'; readonly cellTitle: string }
  | { readonly type: 'all' | 'stale' }
  /** All of it, as one of the notebooks of a production line. */
  | { readonly type: 'production-line'; readonly title: string }
  /** All of it, by a schedule, on behalf of its owner; `lineTitle` where that ran a production line. */
  | {
      readonly type: 'schedule';
      readonly title: string;
      readonly ownerName: string;
      readonly lineTitle?: string;
    }
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
  /** What its jobs had loaded when they began, by name; the standard library is not listed. */
  readonly packages: readonly InstalledPackage[];
  /** The display name that the profile had that it ran as; empty where nobody was asked for it yet. */
  readonly ranBy: string;
  /** Null where there were no profiles yet. */
  readonly profileId: ProfileId | null;
  /** What is in its directories, by directory and path. */
  readonly files: readonly SessionFile[];
}

/** The cycles of one press on Run, or a session that stands for itself. */
export interface SessionGroup {
  /** The same for as long as one of them is there. */
  readonly key: string;
  /** In the order given; never empty. */
  readonly sessions: readonly [Session, ...Session[]];
}

/** What is the same for all sessions of a group. */
export function getGroupKey({ id, cause }: Pick<Session, 'id' | 'cause'>): string {
  return (cause.type === 'one' ? cause.cyclesId : undefined) ?? id;
}

/** Sessions with all cycles of one press on Run together, where the first of them stands. */
export function groupSessions(sessions: readonly Session[]): SessionGroup[] {
  return [...groupBy(sessions, getGroupKey)].flatMap(([key, [first, ...others]]) =>
    first ? [{ key, sessions: [first, ...others] }] : [],
  );
}

/** The hashes of all values that a session itself names; its jobs name their own. */
export function listSessionBlobs({ files }: Session): BlobHash[] {
  return files.map(({ blob }) => blob);
}

/** Packages with others beside them: each version of each once, by name. */
export function joinPackages(
  packages: readonly InstalledPackage[],
  others: readonly InstalledPackage[],
): InstalledPackage[] {
  const joined = new Map([...packages, ...others].map((each) => [`${each.name} ${each.version}`, each]));
  return [...joined.values()].sort((one, other) =>
    one.name === other.name ? compareTexts(one.version, other.version) : compareTexts(one.name, other.name),
  );
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : 1;
}
