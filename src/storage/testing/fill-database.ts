import { openDB } from 'idb';
import { listBlobs } from '../../model/job.ts';
import { listNotebookBlobs } from '../../model/notebook.ts';
import { listSessionBlobs } from '../../model/session.ts';
import { toSettingKey } from '../settings-records.ts';
import type { BuiltWorkspace } from '../workspace-file/testing/build-workspace.ts';

/** Puts all records of a workspace into a database that is there, as the app stores them, secrets and trash among them. */
export async function fillDatabase(name: string, { records, logs, blobs }: BuiltWorkspace): Promise<void> {
  const database = await openDB(name);
  const put = async (store: string, values: readonly unknown[]): Promise<void> => {
    for (const value of values) await database.put(store, value);
  };
  const { workspace, settings } = records;
  await put('workspaces', [{ ...workspace, secretSalt: 'salt' }]);
  await put('settings', [
    { name: toSettingKey('openNotebook', workspace.id), value: settings.openNotebook },
    { name: toSettingKey('activeProfile', workspace.id), value: settings.activeProfile },
    { name: 'openWorkspace', value: workspace.id },
  ]);
  await put('profiles', records.profiles);
  await put('schemas', records.schemas);
  await put('models', records.models);
  await put('modelVersions', records.versions);
  await put('modelGroups', records.groups);
  await put('productionLines', records.lines);
  await put('schedules', records.schedules);
  await put(
    'notebooks',
    records.notebooks.map((notebook) => ({ ...notebook, blobs: listNotebookBlobs(notebook) })),
  );
  await put('checkpoints', records.checkpoints);
  await put(
    'sessions',
    records.sessions.map((session) => ({ ...session, blobs: listSessionBlobs(session) })),
  );
  await put(
    'jobs',
    records.jobs.map((job) => ({ ...job, blobs: listBlobs(job) })),
  );
  await put(
    'logs',
    [...logs].map(([jobId, entries]) => ({ jobId, entries })),
  );
  await put(
    'blobs',
    [...blobs].map(([hash, content]) => ({ hash, content })),
  );
  database.close();
}
