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
 * oldest goes first; one whose end would free nothing stays, and so does the newest whatever its size.
 */
export function listOldSessions<Weighed extends WeighedSession>(
  sessions: readonly Weighed[],
  held: ReadonlySet<BlobHash>,
  { most = mostSessions, mostBytes = mostHistoryBytes } = {},
): OldSessions<Weighed> {
  const newestFirst = [...sessions].sort((one, other) => other.startedAt - one.startedAt);
  const kept = newestFirst.slice(0, most);
  const useCounts = countUses(kept, held);
  let bytes = sumBytes(kept.flatMap(({ values }) => values).filter(({ blob }) => !held.has(blob)));
  const tooLarge: Weighed[] = [];
  for (const session of kept.slice(1).reverse()) {
    if (bytes <= mostBytes) break;
    const own = listDistinct(session.values).filter(({ blob }) => useCounts.get(blob) === 1);
    if (own.length === 0) continue;
    for (const { blob } of listDistinct(session.values)) useCounts.set(blob, (useCounts.get(blob) ?? 0) - 1);
    bytes -= sumBytes(own);
    tooLarge.push(session);
  }
  return { tooMany: newestFirst.slice(most), tooLarge };
}

export function measureHistory(
  sessions: readonly WeighedSession[],
  held: ReadonlySet<BlobHash>,
): HistorySize {
  const values = sessions.flatMap((session) => session.values);
  return {
    sessions: new Map(sessions.map((session) => [session.id, sumBytes(session.values)])),
    all: sumBytes(values),
    historyOnly: sumBytes(values.filter(({ blob }) => !held.has(blob))),
  };
}

/** How many sessions name each value that is not held otherwise. */
function countUses(sessions: readonly WeighedSession[], held: ReadonlySet<BlobHash>): Map<BlobHash, number> {
  const counts = new Map<BlobHash, number>();
  for (const { values } of sessions) {
    for (const { blob } of listDistinct(values)) {
      if (!held.has(blob)) counts.set(blob, (counts.get(blob) ?? 0) + 1);
    }
  }
  return counts;
}

function sumBytes(values: readonly StoredValue[]): number {
  return listDistinct(values).reduce((sum, { byteSize }) => sum + byteSize, 0);
}

function listDistinct(values: readonly StoredValue[]): StoredValue[] {
  return [...new Map(values.map((value) => [value.blob, value])).values()];
}
