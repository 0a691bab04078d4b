import type { IDBPDatabase } from 'idb';
import type { WorkspaceId } from '../../model/ids.ts';
import type { Stores } from '../job-records.ts';
import { parseJob, parseSession } from '../parse-records.ts';
import type { CahierSchema } from '../schema.ts';
import { readSettings } from '../settings-records.ts';
import { sortFound } from '../sort-found.ts';
import { carrySettings } from './carried-records.ts';
import { ownedStores, readOwned } from './read-owned.ts';
import type { FoundRecords } from './workspace-records.ts';

const stores: Stores = [...ownedStores, 'settings', 'sessions', 'jobs'];

/** All records of a workspace as they stand at one moment. Keys are not read at all. */
export async function readRecords(
  database: IDBPDatabase<CahierSchema>,
  workspaceId: WorkspaceId,
): Promise<FoundRecords> {
  const transaction = database.transaction(stores);
  const [{ workspace, found, isInOwn }, settings, allSessions, allJobs] = await Promise.all([
    readOwned(transaction, workspaceId),
    transaction.objectStore('settings').getAll(),
    transaction.objectStore('sessions').getAll(),
    transaction.objectStore('jobs').getAll(),
  ]);
  const sessions = sortFound(allSessions.filter(isInOwn), parseSession, 'session');
  const jobs = sortFound(allJobs.filter(isInOwn), parseJob, 'job');
  return {
    records: {
      workspace,
      settings: carrySettings(readSettings(settings, workspaceId)),
      profiles: found.profiles.values,
      schemas: found.schemas.values,
      models: found.models.values,
      versions: found.versions.values,
      groups: found.groups.values,
      lines: found.lines.values,
      schedules: found.schedules.values,
      notebooks: found.notebooks.values,
      checkpoints: found.checkpoints.values,
      sessions: sessions.values,
      jobs: jobs.values,
    },
    problems: [...Object.values(found), sessions, jobs].flatMap(({ problems }) => problems),
  };
}
