import type { BlobHash, SessionId } from './ids.ts';
import type { StoredValue } from './preview.ts';

/** Of each notebook this many sessions are kept, the newest, */
export const mostSessions = 50;

/** and so many bytes of values that nothing but them names. */
export const mostHistoryBytes = 500_000_000;

/** A session as far as its age and its values go. */
export interface WeighedSession {
  readonly id: SessionId;
  readonly startedAt: number;
  /** Those of its files and of its jobs; the same value may be there more than once. */
  readonly values: readonly StoredValue[];
}

/** What a history takes, in bytes; a value that several sessions name counts once in what is said of all. */
export interface HistorySize {
  readonly sessions: ReadonlyMap<SessionId, number>;
  readonly all: number;
  /** Of all those bytes the ones that go with the history: neither the cells' results nor the notebook name them. */
  readonly historyOnly: number;
}

/** The sessions that make room for newer ones: those that are too many, and those that hold too much. */
export interface OldSessions<Weighed extends WeighedSession> {
  readonly tooMany: readonly Weighed[];
  readonly tooLarge: readonly Weighed[];
}

/**
 * Chooses the sessions that go. `held` are the values that stay whatever becomes of the history. Of what is too large the
 * oldest goes first; the newest stays whatever its size, and so do those that hold nothing beside what it does.
 */
export function listOldSessions<Weighed extends WeighedSession>(
  sessions: readonly Weighed[],
  held: ReadonlySet<BlobHash>,
  { most = mostSessions, mostBytes = mostHistoryBytes } = {},
): OldSessions<Weighed> {
  const newestFirst = [...sessions].sort((one, other) => other.startedAt - one.startedAt);
  const kept = newestFirst.slice(0, most);
  const [newest, ...others] = kept.map((session) => ({ session, values: listOwn(session, held) }));
  const staying = new Set(newest?.values.map(({ blob }) => blob));
  const candidates = others.filter(({ values }) => values.some(({ blob }) => !staying.has(blob)));
  const tooLarge: Weighed[] = [];
  let counted = [...(newest ? [newest] : []), ...others];
  while (sumBytes(counted.flatMap(({ values }) => values)) > mostBytes) {
    const oldest = candidates.pop();
    if (!oldest) break;
    tooLarge.push(oldest.session);
    counted = counted.filter((each) => each !== oldest);
  }
  return { tooMany: newestFirst.slice(most), tooLarge };
}

/** The values of a session that are not held otherwise. */
function listOwn({ values }: WeighedSession, held: ReadonlySet<BlobHash>): StoredValue[] {
  return values.filter(({ blob }) => !held.has(blob));
}

export function measureHistory(
  sessions: readonly WeighedSession[],
  held: ReadonlySet<BlobHash>,
): HistorySize {
  const values = sessions.flatMap((session) => session.values);
  return {
    sessions: new Map(sessions.map((session) => [session.id, sumBytes(session.values)])),
    all: sumBytes(values),
    historyOnly: sumBytes(sessions.flatMap((session) => listOwn(session, held))),
  };
}

/** The same value counts once. */
function sumBytes(values: readonly StoredValue[]): number {
  const sizes = new Map(values.map(({ blob, byteSize }) => [blob, byteSize]));
  return [...sizes.values()].reduce((sum, byteSize) => sum + byteSize, 0);
}
