import type { TableSource } from '../data/TableSource.ts';
import type { BlobHash } from '../model/ids.ts';
import { createPlainError, isDone, listBlobs, type Job, type JobOutcome } from '../model/job.ts';
import type { MadeModel } from '../model/job-models.ts';
import type { KnownModels } from '../model/known-models.ts';
import { noNotices } from '../model/log-notices.ts';
import { listSessionBlobs, type Session } from '../model/session.ts';
import { formatBytes } from '../shared/format-bytes.ts';
import { logger } from '../shared/logger.ts';
import { fail } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { BlobToStore, CommittedModels, JobWithLog, ModelsProblem, Storage } from '../storage/Storage.ts';
import type { Conclusion } from './conclude-job.ts';
import type { Notices } from './Notices.svelte.ts';

/** A job as it is to be shown, with the tables of its outputs. */
export interface CommittedJob {
  readonly job: Job;
  readonly tables: ReadonlyMap<string, TableSource>;
  /** Whether what it names is stored. */
  readonly isStored: boolean;
  /** What is known of models since, where it changed them. */
  readonly known: KnownModels | null;
}

/** A job as it is to be stored, with its session as it is where that cannot be. */
export interface EndedJob extends JobWithLog {
  readonly sessionWithoutFiles?: Session;
}

/** Stores a job that has ended, and of the values those that it names. One whose results cannot be kept has failed, and says so. */
export async function commitJob(
  { storage, notices }: { readonly storage: Storage; readonly notices: Notices },
  { sessionWithoutFiles: session, ...ended }: EndedJob,
  { tables, models }: Conclusion,
  blobs: readonly BlobToStore[],
): Promise<CommittedJob> {
  const pickles = models.map(({ blob }) => blob);
  const written = await writeJob(storage, ended, pickNamed(blobs, ended, pickles));
  if (written.isOk) {
    const { saved = ended.job.savedModels, known = null } = written.value ?? {};
    return { job: { ...ended.job, savedModels: saved }, tables, isStored: true, known };
  }
  for (const table of tables.values()) table.close();
  const none = { tables: new Map(), isStored: false, known: null };
  if (!isDone(ended.job)) {
    notices.tell(
      `How a cell ended could not be stored (${written.problem.message}). It is shown while this tab is open.`,
    );
    return { job: ended.job, ...none };
  }
  const { problem } = written;
  if (problem.kind === 'refused') {
    // As any job that fails, it keeps its log and what is in the directories of its session.
    const refused = { ...ended.job, outcome: createFailure('rule', describeProblem(problem, models)) };
    const { session: withFiles } = ended;
    const entry = { job: refused, log: ended.log, ...(withFiles && { session: withFiles }) };
    const kept = await writeJob(storage, entry, pickNamed(blobs, entry));
    return { job: refused, ...none, isStored: kept.isOk };
  }
  const failed: Job = {
    ...ended.job,
    previews: [],
    notices: noNotices,
    logBytes: 0,
    outcome: createFailure('storage', describeProblem(problem, models)),
  };
  // Without its results the record is small and may still find room; if not, it is shown until the page goes.
  await writeJob(storage, { job: failed, log: [], ...(session && { session }) }, []);
  return { job: failed, ...none };
}

function createFailure(kind: 'rule' | 'storage', message: string): JobOutcome {
  return { status: 'failed', error: createPlainError(kind, message) };
}

/** A storage that throws has not stored the job either: it writes all of it or nothing. */
async function writeJob(
  storage: Storage,
  entry: JobWithLog,
  blobs: readonly BlobToStore[],
): Promise<CommittedModels> {
  try {
    return await storage.commitJob(entry, blobs);
  } catch (error) {
    logger.error('a job could not be stored', error);
    return fail({ kind: 'failed', message: toMessage(error) });
  }
}

/** What nothing names would never be removed from the storage; versions of models name `pickles`. */
function pickNamed(
  blobs: readonly BlobToStore[],
  { job, session, fileChanges = [] }: JobWithLog,
  pickles: readonly BlobHash[] = [],
): BlobToStore[] {
  const named = new Set([
    ...listBlobs(job),
    ...(session ? listSessionBlobs(session) : []),
    ...fileChanges.flatMap(({ file }) => file?.blob ?? []),
    ...pickles,
  ]);
  return blobs.filter(({ hash }) => named.has(hash));
}

function describeProblem({ kind, message }: ModelsProblem, models: readonly MadeModel[]): string {
  if (kind === 'refused') {
    return `The script ran to its end, but its models cannot be saved, so that its results are not kept: ${message} Earlier results are kept.`;
  }
  if (kind === 'failed') {
    return `The script ran to its end, but its results could not be stored (${message}). Run the cell again. Earlier results are kept.`;
  }
  const orSmaller = models.length > 0 ? ' or save smaller models,' : '';
  return `The script ran to its end, but this browser has no room left for its results.${describeSizes(models)} Delete notebooks and versions of models that are not needed, for good in the trash as well,${orSmaller} then run the cell again. Earlier results are kept.`;
}

/** More are not named. */
const mostModels = 5;

/** The largest first. */
function describeSizes(models: readonly MadeModel[]): string {
  const sorted = [...models].sort((one, other) => other.byteSize - one.byteSize);
  const [largest, ...others] = sorted;
  if (!largest) return '';
  const all = formatBytes(models.reduce((sum, { byteSize }) => sum + byteSize, 0));
  if (others.length === 0) return ` The model “${largest.name}” that it saves takes ${all}.`;
  const named = sorted.slice(0, mostModels).map(({ name, byteSize }) => `“${name}” ${formatBytes(byteSize)}`);
  const rest = sorted.length > mostModels ? [`${sorted.length - mostModels} more`] : [];
  return ` The models that it saves take ${all}: ${[...named, ...rest].join(', ')}.`;
}
