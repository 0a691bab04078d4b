import type { BlobHash } from '../../model/ids.ts';
import { listBlobs } from '../../model/job.ts';
import { listNotebookBlobs, type Notebook } from '../../model/notebook.ts';
import { listSessionBlobs } from '../../model/session.ts';
import type { TrainedModel } from '../../model/trained-model.ts';
import { ask, type WriteTransaction } from '../job-records.ts';
import { parseCheckpoint, parseJob, parseModelVersion, parseSession } from '../parse-records.ts';
import type { Trashed, TrashPlan } from './plan-trash.ts';
import {
  renameCheckpoint,
  renameJob,
  renameSession,
  renameVersion,
  type Renaming,
} from './rename-records.ts';

/**
 * Puts what an import takes the place of into the trash, with all that belongs to it. What cannot be read of that has no
 * way to another id and goes. Gives the values that were named by what has gone or has another id now.
 */
export async function moveToTrash(
  transaction: WriteTransaction,
  { notebooks, models, renaming }: TrashPlan,
  signal: AbortSignal,
): Promise<BlobHash[]> {
  const unnamed: BlobHash[] = [];
  for (const trashed of notebooks) {
    signal.throwIfAborted();
    if (trashed.formerId !== trashed.record.id)
      unnamed.push(...(await moveResults(transaction, trashed, renaming, signal)));
    const { record } = trashed;
    await transaction.objectStore('notebooks').put({ ...record, blobs: listNotebookBlobs(record) });
  }
  for (const trashed of models) {
    signal.throwIfAborted();
    if (trashed.formerId !== trashed.record.id)
      unnamed.push(...(await moveVersions(transaction, trashed, renaming)));
    await transaction.objectStore('models').put(trashed.record);
  }
  return unnamed;
}

async function moveResults(
  transaction: WriteTransaction,
  { formerId }: Trashed<Notebook>,
  renaming: Renaming,
  signal: AbortSignal,
): Promise<BlobHash[]> {
  const unnamed: BlobHash[] = [];
  const [notebooks, jobs, logs] = [
    transaction.objectStore('notebooks'),
    transaction.objectStore('jobs'),
    transaction.objectStore('logs'),
  ] as const;
  const [sessions, checkpoints] = [
    transaction.objectStore('sessions'),
    transaction.objectStore('checkpoints'),
  ] as const;
  for (const record of await jobs.index('by-notebook').getAll(formerId)) {
    signal.throwIfAborted();
    const parsed = parseJob(record);
    const log = await logs.get(record.id);
    await Promise.all([ask(() => jobs.delete(record.id)), ask(() => logs.delete(record.id))]);
    unnamed.push(...record.blobs);
    if (!parsed.isOk) continue;
    const job = renameJob(parsed.value, renaming);
    await Promise.all([
      ask(() => jobs.put({ ...job, blobs: listBlobs(job) })),
      log ? ask(() => logs.put({ ...log, jobId: job.id })) : null,
    ]);
  }
  for (const record of await sessions.index('by-notebook').getAll(formerId)) {
    const parsed = parseSession(record);
    await sessions.delete(record.id);
    unnamed.push(...record.blobs);
    if (!parsed.isOk) continue;
    const session = renameSession(parsed.value, renaming);
    await sessions.put({ ...session, blobs: listSessionBlobs(session) });
  }
  for (const record of await checkpoints.index('by-notebook').getAll(formerId)) {
    const parsed = parseCheckpoint(record);
    await checkpoints.delete(record.cellId);
    if (parsed.isOk) await checkpoints.put(renameCheckpoint(parsed.value, renaming));
  }
  unnamed.push(...((await notebooks.get(formerId))?.blobs ?? []));
  await notebooks.delete(formerId);
  return unnamed;
}

async function moveVersions(
  transaction: WriteTransaction,
  { formerId }: Trashed<TrainedModel>,
  renaming: Renaming,
): Promise<BlobHash[]> {
  const unnamed: BlobHash[] = [];
  const versions = transaction.objectStore('modelVersions');
  for (const record of await versions.index('by-model').getAll(formerId)) {
    const parsed = parseModelVersion(record);
    await versions.delete([record.modelId, record.number]);
    unnamed.push(record.blob);
    if (parsed.isOk) await versions.put(renameVersion(parsed.value, renaming));
  }
  await transaction.objectStore('models').delete(formerId);
  return unnamed;
}
