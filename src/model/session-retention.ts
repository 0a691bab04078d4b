import type { BlobHash, JobId, SessionId } from './ids.ts';

/** Of each notebook this many sessions are kept, the newest, where all cycles of one press on Run count as one, */
export const mostSessions = 50;

/** so many cycles beside the last of each press on Run, */
export const mostCycles = 500;

/** and so many bytes of logs, and of values that nothing but them names. */
export const mostHistoryBytes = 500_000_000;

/** What takes room: a value, or the record of a job with its log. */
export interface Weight {
  readonly of: BlobHash | JobId;
  readonly byteSize: number;
}

/** A session as far as its age and its size go. */
export interface WeighedSession {
  readonly id: SessionId;
  readonly startedAt: number;
  /** What all cycles of one press on Run have in common, and no other session has. */
  readonly group: string;
  /** Those of its files and of its jobs; the same one may be there more than once. */
  readonly weights: readonly Weight[];
}

/** What a history takes, in bytes; what several sessions have counts once in what is said of all. */
export interface HistorySize {
  readonly sessions: ReadonlyMap<SessionId, number>;
  readonly all: number;
  /** Of all those bytes the ones that go with the history: neither the cells nor the notebook need them. */
  readonly historyOnly: number;
}

/** The sessions that make room for newer ones: those that are too many, and those that hold too much. */
export interface OldSessions<Weighed extends WeighedSession> {
  readonly tooMany: readonly Weighed[];
  readonly tooLarge: readonly Weighed[];
}

/**
 * Chooses the sessions that go. `held` is what stays whatever becomes of the history. Of what is too large the
 * oldest goes first; the newest stays whatever its size, and so do those that hold nothing beside what it does.
 */
export function listOldSessions<Weighed extends WeighedSession>(
  sessions: readonly Weighed[],
  held: ReadonlySet<Weight['of']>,
  { most = mostSessions, cycles = mostCycles, mostBytes = mostHistoryBytes } = {},
): OldSessions<Weighed> {
  const newestFirst = [...sessions].sort((one, other) => other.startedAt - one.startedAt);
  const kept = listKept(newestFirst, most, cycles);
  const [newest, ...others] = kept.map((session) => ({ session, weights: listOwn(session, held) }));
  const staying = new Set(newest?.weights.map((weight) => weight.of));
  const candidates = others.filter(({ weights }) =>
    weights.some((weight) => weight.byteSize > 0 && !staying.has(weight.of)),
  );
  const tooLarge: Weighed[] = [];
  let counted = [...(newest ? [newest] : []), ...others];
  while (sumBytes(counted.flatMap(({ weights }) => weights)) > mostBytes) {
    const oldest = candidates.pop();
    if (!oldest) break;
    tooLarge.push(oldest.session);
    counted = counted.filter((each) => each !== oldest);
  }
  const stay = new Set(kept);
  return { tooMany: newestFirst.filter((session) => !stay.has(session)), tooLarge };
}

/** Those that are not too many: the last of the newest groups, and the newest of what else is in those. */
function listKept<Weighed extends WeighedSession>(
  newestFirst: readonly Weighed[],
  mostGroups: number,
  mostOthers: number,
): Weighed[] {
  const groups = new Set<string>();
  let others = 0;
  return newestFirst.filter(({ group }) => {
    if (groups.has(group)) return ++others <= mostOthers;
    if (groups.size === mostGroups) return false;
    groups.add(group);
    return true;
  });
}

/** What of a session is not held otherwise. */
function listOwn({ weights }: WeighedSession, held: ReadonlySet<Weight['of']>): Weight[] {
  return weights.filter((weight) => !held.has(weight.of));
}

export function measureHistory(
  sessions: readonly WeighedSession[],
  held: ReadonlySet<Weight['of']>,
): HistorySize {
  const weights = sessions.flatMap((session) => session.weights);
  return {
    sessions: new Map(sessions.map((session) => [session.id, sumBytes(session.weights)])),
    all: sumBytes(weights),
    historyOnly: sumBytes(sessions.flatMap((session) => listOwn(session, held))),
  };
}

/** The same one counts once. */
function sumBytes(weights: readonly Weight[]): number {
  const sizes = new Map(weights.map((weight) => [weight.of, weight.byteSize]));
  return [...sizes.values()].reduce((sum, byteSize) => sum + byteSize, 0);
}
