import { listBlobs, type LogEntry } from '../../model/job.ts';
import type { JobId } from '../../model/ids.ts';
import { listNotebookBlobs, type Notebook } from '../../model/notebook.ts';
import { listSessionBlobs } from '../../model/session.ts';
import type { BlobRecords } from '../BlobRecords.ts';
import { dropUnnamedImports } from '../drop-imports.ts';
import { ask, dropUnused, type WriteTransaction } from '../job-records.ts';
import type { NotebookRecord } from '../schema.ts';
import { toSettingKey } from '../settings-records.ts';
import type { BlobToStore } from '../Storage.ts';
import { moveToTrash } from './move-to-trash.ts';
import type { ImportPlan, RemovedRecords } from './plan-import.ts';
import { readStoredState } from './read-stored-state.ts';
import type { StoredState } from './stored-state.ts';

/** An import that is ready to be stored: nothing of it is read later but logs and values, and those at once. */
export interface PreparedImport {
  readonly plan: ImportPlan;
  /** What the plan was made by. */
  readonly stored: StoredState;
  /** The log of a job of the file. */
  readonly readLog: (jobId: JobId) => readonly LogEntry[];
  /** Those that are not stored, and those that take the place of damaged ones. */
  readonly values: readonly BlobToStore[];
  /** The bytes of a value, at once. */
  readonly readNow: (content: Blob) => ArrayBuffer;
  readonly signal: AbortSignal;
  /** Told of each value that was handed over. */
  readonly onValue: (byteSize: number) => void;
  /** Told when all was handed over: from then on nothing can be cancelled. */
  readonly onWritten: () => void;
}

/** Something else is stored by now than what an import was planned by: nothing was changed. */
export class StateChanged extends Error {}

/** So many requests are made before their answers are waited for. */
const partSize = 500;

/**
 * Stores an import within a transaction. Rejects with `StateChanged`, with an `AbortError` where that is asked for, and with
 * what keeps it from being stored; whoever opened the transaction ends it then.
 */
export async function storeImport(
  transaction: WriteTransaction,
  { plan, stored, readLog, values, readNow, signal, onValue, onWritten }: PreparedImport,
  blobs: Pick<BlobRecords, 'toRecordNow'>,
): Promise<void> {
  const found = await readStoredState(transaction, stored.here.workspace.id);
  if (JSON.stringify(found) !== JSON.stringify(stored)) throw new StateChanged();
  await removeRecords(transaction, plan.removed);
  const unnamed = await moveToTrash(transaction, plan.trashed, signal);
  signal.throwIfAborted();
  await putRecords(transaction, plan, signal);
  for (const { from, to } of plan.logs) {
    signal.throwIfAborted();
    await transaction.objectStore('logs').put({ jobId: to, entries: readLog(from) });
  }
  for (const value of values) {
    signal.throwIfAborted();
    await transaction.objectStore('blobs').put(blobs.toRecordNow(value, readNow));
    onValue(value.content.size);
  }
  await dropUnused(transaction, [...new Set(unnamed)]);
  const gone = new Set<string>(plan.removed.notebooks);
  await dropUnnamedImports(
    transaction,
    stored.here.notebooks.filter(({ id }) => gone.has(id)),
  );
  signal.throwIfAborted();
  onWritten();
}

/** What is removed of notebooks has no results. */
async function removeRecords(
  transaction: WriteTransaction,
  { notebooks, groups, schemas, profiles, lines, schedules }: RemovedRecords,
): Promise<void> {
  for (const id of notebooks) await transaction.objectStore('notebooks').delete(id);
  for (const id of groups) await transaction.objectStore('modelGroups').delete(id);
  for (const id of schemas) await transaction.objectStore('schemas').delete(id);
  for (const id of profiles) await transaction.objectStore('profiles').delete(id);
  for (const id of lines) await transaction.objectStore('productionLines').delete(id);
  for (const id of schedules) await transaction.objectStore('schedules').delete(id);
}

async function putRecords(
  transaction: WriteTransaction,
  { imported, added, retitled, settings, records, followers }: ImportPlan,
  signal: AbortSignal,
): Promise<void> {
  const workspaces = transaction.objectStore('workspaces');
  if (added) await workspaces.add(added);
  if (retitled) {
    const record = await workspaces.get(imported.workspaceId);
    if (record) await workspaces.put({ ...record, ...retitled });
  }
  await transaction.objectStore('imports').put(imported);
  for (const name of ['openNotebook', 'activeProfile'] as const) {
    if (!settings) break;
    const key = toSettingKey(name, imported.workspaceId);
    await transaction.objectStore('settings').put({ name: key, value: settings[name] });
  }
  const putAll = async <Value>(
    values: readonly Value[],
    put: (value: Value) => Promise<unknown>,
  ): Promise<void> => {
    for (let start = 0; start < values.length; start += partSize) {
      signal.throwIfAborted();
      await Promise.all(values.slice(start, start + partSize).map((value) => ask(() => put(value))));
    }
  };
  const { profiles, schemas, models, versions, groups, lines, schedules } = records;
  await putAll(profiles, (record) => transaction.objectStore('profiles').put(record));
  await putAll(schemas, (record) => transaction.objectStore('schemas').put(record));
  await putAll(models, (record) => transaction.objectStore('models').put(record));
  await putAll(versions, (record) => transaction.objectStore('modelVersions').put(record));
  await putAll(groups, (record) => transaction.objectStore('modelGroups').put(record));
  await putAll(lines, (record) => transaction.objectStore('productionLines').put(record));
  await putAll(schedules, (record) => transaction.objectStore('schedules').put(record));
  await putAll([...followers, ...records.notebooks], (record) =>
    transaction.objectStore('notebooks').put(toRecord(record)),
  );
  await putAll(records.checkpoints, (record) => transaction.objectStore('checkpoints').put(record));
  await putAll(records.sessions, (record) =>
    transaction.objectStore('sessions').put({ ...record, blobs: listSessionBlobs(record) }),
  );
  await putAll(records.jobs, (record) =>
    transaction.objectStore('jobs').put({ ...record, blobs: listBlobs(record) }),
  );
}

function toRecord(notebook: Notebook): NotebookRecord {
  return { ...notebook, blobs: listNotebookBlobs(notebook) };
}
