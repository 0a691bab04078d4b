import { openDB } from 'idb';
import { listBlobs } from '../../model/job.ts';
import { listNotebookBlobs } from '../../model/notebook.ts';
import { listSessionBlobs } from '../../model/session.ts';
import type { BuiltWorkspace } from '../workspace-file/testing/build-workspace.ts';
import type { WorkspaceRecords } from '../workspace-file/workspace-records.ts';

/** The same records as they are in another workspace: every id in them has this before it. */
export function renameIds(records: WorkspaceRecords, prefix: string): WorkspaceRecords {
  const { settings, notebooks, ...lists } = records;
  const withIds = [...Object.values(lists).flat(), ...notebooks, ...notebooks.flatMap(({ cells }) => cells)];
  const ids = new Set<unknown>(withIds.flatMap((value) => ('id' in value ? [value.id] : [])));
  const rename = (key: string, value: unknown): unknown =>
    key !== 'type' && typeof value === 'string' && ids.has(value) ? `${prefix} ${value}` : value;
  const renamed: WorkspaceRecords = JSON.parse(JSON.stringify({ ...lists, notebooks, settings }), rename);
  return renamed;
}

/** Writes the records of a workspace into a database that is there, with values; no salt and no key. */
export async function storeWorkspace(
  databaseName: string,
  records: WorkspaceRecords,
  { blobs }: Pick<BuiltWorkspace, 'blobs'>,
): Promise<void> {
  const database = await openDB(databaseName);
  const contents = await Promise.all(
    [...blobs].map(async ([hash, blob]) => {
      return { hash, content: await blob.arrayBuffer(), mediaType: blob.type };
    }),
  );
  const stored: Readonly<Record<string, readonly object[]>> = {
    workspaces: [records.workspace],
    notebooks: records.notebooks.map((each) => ({ ...each, blobs: listNotebookBlobs(each) })),
    jobs: records.jobs.map((each) => ({ ...each, blobs: listBlobs(each) })),
    logs: records.jobs.map(({ id }) => ({ jobId: id, entries: [] })),
    sessions: records.sessions.map((each) => ({ ...each, blobs: listSessionBlobs(each) })),
    checkpoints: records.checkpoints,
    schemas: records.schemas,
    models: records.models,
    modelVersions: records.versions,
    modelGroups: records.groups,
    profiles: records.profiles,
    productionLines: records.lines,
    schedules: records.schedules,
    blobs: contents,
  };
  const transaction = database.transaction(Object.keys(stored), 'readwrite');
  for (const [name, values] of Object.entries(stored)) {
    for (const value of values) await transaction.objectStore(name).put(value);
  }
  await transaction.done;
  database.close();
}
