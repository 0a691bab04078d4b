import type { IDBPDatabase } from 'idb';
import type { BlobHash } from '../model/ids.ts';
import { listCurrentJobs } from '../model/job.ts';
import { listDatasetBlobs, listNotebookBlobs, type Notebook } from '../model/notebook.ts';
import { sumUse, type KindUse, type UseKind } from '../model/storage-use.ts';
import { readBlobRecord } from './BlobRecords.ts';
import { parseNotebook } from './parse-records.ts';
import type { CahierSchema } from './schema.ts';
import { listEntries } from './workspace-list.ts';

/** So many values are looked at before others get their turn. */
const stepSize = 500;

/** What takes room in the database, of all workspaces, by kinds. Of values only the sizes are read. */
export async function measureUse(database: IDBPDatabase<CahierSchema>): Promise<KindUse[]> {
  const named = new Map<UseKind, BlobHash[]>();
  const add = (kind: UseKind, hashes: readonly BlobHash[]): void => {
    named.set(kind, [...(named.get(kind) ?? []), ...hashes]);
  };
  const { values: workspaces } = listEntries(await database.getAll('workspaces'));
  const gone = new Set(workspaces.filter(({ deletedAt }) => deletedAt !== null).map(({ id }) => id));
  const isInTrash = (record: Pick<Notebook, 'workspaceId' | 'deletedAt'>): boolean =>
    record.deletedAt !== null || gone.has(record.workspaceId);
  const trashed = new Set((await database.getAll('models')).filter(isInTrash).map(({ id }) => id));
  for (const { modelId, blob, deletedAt } of await database.getAll('modelVersions')) {
    add(trashed.has(modelId) || deletedAt !== null ? 'trash' : 'models', [blob]);
  }
  for (const key of await database.getAllKeys('notebooks')) {
    const parsed = parseNotebook(await database.get('notebooks', key));
    if (!parsed.isOk) continue;
    const notebook = parsed.value;
    const data = new Set(listDatasetBlobs(notebook));
    const files = listNotebookBlobs(notebook).filter((hash) => !data.has(hash));
    const jobs = await database.getAllFromIndex('jobs', 'by-notebook', key);
    const current = new Set(listCurrentJobs(jobs).map(({ id }) => id));
    const results = jobs.filter(({ id }) => current.has(id)).flatMap(({ blobs }) => blobs);
    const sessions = await database.getAllFromIndex('sessions', 'by-notebook', key);
    const history = [...jobs, ...sessions].flatMap(({ blobs }) => blobs);
    if (isInTrash(notebook)) add('trash', [...data, ...files, ...history]);
    else {
      add('data', [...data]);
      add('files', files);
      add('results', results);
      add('history', history);
    }
  }
  return sumUse(await readSizes(database), named);
}

async function readSizes(database: IDBPDatabase<CahierSchema>): Promise<Map<BlobHash, number>> {
  const sizes = new Map<BlobHash, number>();
  let after: IDBKeyRange | null = null;
  for (;;) {
    const records = await database.getAll('blobs', after, stepSize);
    for (const record of records) sizes.set(record.hash, readBlobRecord(record)?.size ?? 0);
    const last = records.at(-1);
    if (!last || records.length < stepSize) return sizes;
    after = IDBKeyRange.lowerBound(last.hash, true);
  }
}
