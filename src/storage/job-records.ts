import type { IDBPTransaction, StoreNames } from 'idb';
import type { BlobHash, NotebookId, SessionId } from '../model/ids.ts';
import { listBlobs } from '../model/job.ts';
import { listSessionBlobs, type Session } from '../model/session.ts';
import { dropUnnamedImports } from './drop-imports.ts';
import type { BlobRecord, CahierSchema, JobRecord } from './schema.ts';
import type { JobWithLog } from './Storage.ts';

export type Stores = StoreNames<CahierSchema>[];
export type WriteTransaction = IDBPTransaction<CahierSchema, Stores, 'readwrite'>;

/** The stores that jobs, sessions, `dropJob`, `dropNotebook` and `dropUnused` need. */
export const jobStores: Stores = [
  'notebooks',
  'jobs',
  'logs',
  'blobs',
  'sessions',
  'checkpoints',
  'models',
  'modelVersions',
  'modelGroups',
  'imports',
];

/** Makes a request among others that nobody waits for in turn: one that cannot even be made fails like the rest. */
export async function ask<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  return await request();
}

export async function putJob(
  transaction: WriteTransaction,
  { job, log }: Pick<JobWithLog, 'job' | 'log'>,
  blobs: readonly BlobRecord[],
): Promise<void> {
  await Promise.all([
    putBlobs(transaction, blobs),
    ask(() => transaction.objectStore('jobs').put({ ...job, blobs: listBlobs(job) })),
    ask(() => transaction.objectStore('logs').put({ jobId: job.id, entries: log })),
  ]);
}

export async function putBlobs(transaction: WriteTransaction, blobs: readonly BlobRecord[]): Promise<void> {
  const store = transaction.objectStore('blobs');
  for (const blob of blobs) {
    if ((await store.getKey(blob.hash)) === undefined) await store.put(blob);
  }
}

/** Puts a session as it stands in the place of what it was; values that it named and nothing else does go. */
export async function putSession(transaction: WriteTransaction, session: Session): Promise<void> {
  await dropUnused(transaction, await replaceSession(transaction, session));
}

/** Puts a session as it stands in the place of what it was, and gives the values that it no longer names. */
export async function replaceSession(transaction: WriteTransaction, session: Session): Promise<BlobHash[]> {
  const store = transaction.objectStore('sessions');
  const blobs = listSessionBlobs(session);
  const [earlier] = await Promise.all([
    ask(() => store.get(session.id)),
    ask(() => store.put({ ...session, blobs })),
  ]);
  const named = new Set(blobs);
  return earlier?.blobs.filter((hash) => !named.has(hash)) ?? [];
}

export async function dropSession(transaction: WriteTransaction, id: SessionId): Promise<void> {
  const store = transaction.objectStore('sessions');
  const record = await store.get(id);
  await store.delete(id);
  await dropUnused(transaction, record?.blobs ?? []);
}

/** Lets those of the values go that neither a job, a session, a notebook nor a version of a model names. */
export async function dropUnused(transaction: WriteTransaction, hashes: readonly BlobHash[]): Promise<void> {
  for (const hash of hashes) {
    const useCount =
      (await transaction.objectStore('jobs').index('by-blob').count(hash)) +
      (await transaction.objectStore('sessions').index('by-blob').count(hash)) +
      (await transaction.objectStore('notebooks').index('by-blob').count(hash)) +
      (await transaction.objectStore('modelVersions').index('by-blob').count(hash));
    if (useCount === 0) await transaction.objectStore('blobs').delete(hash);
  }
}

export async function dropJob(transaction: WriteTransaction, job: JobRecord): Promise<void> {
  await transaction.objectStore('jobs').delete(job.id);
  await transaction.objectStore('logs').delete(job.id);
  await dropUnused(transaction, job.blobs);
}

/** Removes a notebook with its jobs, sessions and checkpoints, and the values and the import that nothing else names. */
export async function dropNotebook(transaction: WriteTransaction, id: NotebookId): Promise<void> {
  const jobs = await transaction.objectStore('jobs').index('by-notebook').getAll(id);
  for (const job of jobs) await dropJob(transaction, job);
  const sessions = await transaction.objectStore('sessions').index('by-notebook').getAllKeys(id);
  for (const sessionId of sessions) await dropSession(transaction, sessionId);
  const checkpoints = transaction.objectStore('checkpoints');
  for (const cellId of await checkpoints.index('by-notebook').getAllKeys(id))
    await checkpoints.delete(cellId);
  const notebooks = transaction.objectStore('notebooks');
  const record = await notebooks.get(id);
  await notebooks.delete(id);
  await dropUnused(transaction, record?.blobs ?? []);
  if (record) await dropUnnamedImports(transaction, [record]);
}
