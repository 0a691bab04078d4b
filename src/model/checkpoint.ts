import type { CellId, JobId, NotebookId, SessionId } from './ids.ts';

export const checkpointTypes = [
  'string',
  'integer',
  'number',
  'boolean',
  'datetime',
  'date',
  'json',
] as const;

/** A value with its type, as a text that a person can edit; `checkpoints.py` is the other side. */
export interface CheckpointValue {
  readonly type: (typeof checkpointTypes)[number];
  readonly text: string;
}

/** One value that a checkpoint had. */
export interface CheckpointEntry {
  /** Null where it was reset. */
  readonly value: CheckpointValue | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The job whose last row it was; null where a person wrote it. */
  readonly origin: { readonly jobId: JobId; readonly sessionId: SessionId } | null;
}

/** What a Statement keeps between its runs. */
export interface Checkpoint {
  readonly cellId: CellId;
  readonly notebookId: NotebookId;
  /** The field of the output schema that it is the last value of. */
  readonly column: string;
  /** Newest first, never empty: the first is what holds. */
  readonly history: readonly [CheckpointEntry, ...CheckpointEntry[]];
}

/** So many of its values are kept. */
export const longestHistory = 200;

/** What holds now for this column; null before the first value, after a reset, and where another column was chosen. */
export function getCheckpointValue(checkpoint: Checkpoint | null, column: string): CheckpointValue | null {
  return checkpoint?.column === column ? checkpoint.history[0].value : null;
}

/** The entry that held when a job was stored; null where that is not among those that are kept. */
export function findEntryOf(
  { history }: Checkpoint,
  { id, finishedAt }: { readonly id: JobId; readonly finishedAt: number },
): CheckpointEntry | null {
  const own = history.find(({ origin }) => origin?.jobId === id);
  // A job that left what it was given has none of its own.
  return own ?? history.find(({ at }) => at <= finishedAt) ?? null;
}

/** The checkpoint with a new value. The history of another column goes. */
export function setCheckpoint(
  before: Checkpoint | null,
  place: Pick<Checkpoint, 'cellId' | 'notebookId' | 'column'>,
  entry: CheckpointEntry,
): Checkpoint {
  const earlier = before?.column === place.column ? before.history : [];
  return { ...place, history: [entry, ...earlier.slice(0, longestHistory - 1)] };
}
