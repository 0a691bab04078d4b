import type { TableSource } from '../data/TableSource.ts';
import type { BlobHash } from '../model/ids.ts';
import { createPlainError, isDone, listBlobs, type Job } from '../model/job.ts';
import { noNotices } from '../model/log-notices.ts';
import { listSessionBlobs, type Session } from '../model/session.ts';
import { logger } from '../shared/logger.ts';
import { fail } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { BlobToStore, JobWithLog, Storage, StorageProblem, Written } from '../storage/Storage.ts';
import type { Conclusion } from './conclude-job.ts';
import type { Notices } from './Notices.svelte.ts';

/** A job as it is to be shown, with the tables of its outputs. */
export interface CommittedJob {
  readonly job: Job;
  readonly tables: ReadonlyMap<string, TableSource>;
  /** Whether what it names is stored. */
  readonly isStored: boolean;
}

/** A job as it is to be stored, with its session as it is where that cannot be. */
export interface EndedJob extends JobWithLog {
  readonly sessionWithoutFiles?: Session;
}

/** Stores a job that has ended, and of the values those that it names. One whose results cannot be kept has failed, and says so. */
export async function commitJob(
  { storage, notices }: { readonly storage: Storage; readonly notices: Notices },
  { sessionWithoutFiles: session, ...ended }: EndedJob,
  { tables }: Conclusion,
  blobs: readonly BlobToStore[],
): Promise<CommittedJob> {
  const named = listNamedBlobs(ended);
  const written = await writeJob(
    storage,
    ended,
    blobs.filter(({ hash }) => named.has(hash)),
  );
  if (written.isOk) return { job: ended.job, tables, isStored: true };
  for (const table of tables.values()) table.close();
  if (!isDone(ended.job)) {
    notices.tell(
      `How a cell ended could not be stored (${written.problem.message}). It is shown while this tab is open.`,
    );
    return { job: ended.job, tables: new Map(), isStored: false };
  }
  const error = createPlainError('storage', describeProblem(written.problem));
  const failed: Job = {
    ...ended.job,
    previews: [],
    notices: noNotices,
    logBytes: 0,
    outcome: { status: 'failed', error },
  };
  // Without its results the record is small and may still find room; if not, it is shown until the page goes.
  await writeJob(storage, { job: failed, log: [], ...(session && { session }) }, []);
  return { job: failed, tables: new Map(), isStored: false };
}

/** A storage that throws has not stored the job either: it writes all of it or nothing. */
async function writeJob(
  storage: Storage,
  entry: JobWithLog,
  blobs: readonly BlobToStore[],
): Promise<Written> {
  try {
    return await storage.commitJob(entry, blobs);
  } catch (error) {
    logger.error('a job could not be stored', error);
    return fail({ kind: 'failed', message: toMessage(error) });
  }
}

/** What nothing names would never be removed from the storage. */
function listNamedBlobs({ job, session, fileChanges = [] }: JobWithLog): Set<BlobHash> {
  return new Set([
    ...listBlobs(job),
    ...(session ? listSessionBlobs(session) : []),
    ...fileChanges.flatMap(({ file }) => file?.blob ?? []),
  ]);
}

function describeProblem({ kind, message }: StorageProblem): string {
  return kind === 'full'
    ? 'The script ran to its end, but this browser has no room left for its results. Delete notebooks that are not needed, for good in the trash as well, then run the cell again. Earlier results are kept.'
    : `The script ran to its end, but its results could not be stored (${message}). Run the cell again. Earlier results are kept.`;
}
