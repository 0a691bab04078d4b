import type { IDBPDatabase } from 'idb';
import type { WorkspaceId } from '../../model/ids.ts';
import { invariant } from '../../shared/invariant.ts';
import {
  parseCheckpoint,
  parseDataSchema,
  parseJob,
  parseModelGroup,
  parseModelVersion,
  parseNotebook,
  parseProductionLine,
  parseProfile,
  parseSchedule,
  parseSession,
  parseSettings,
  parseTrainedModel,
  parseWorkspace,
} from '../parse-records.ts';
import type { CahierSchema } from '../schema.ts';
import { sortFound } from '../sort-found.ts';
import { carrySettings, forgetSalt } from './carried-records.ts';
import type { FoundRecords } from './workspace-records.ts';

const stores = [
  'workspaces',
  'settings',
  'profiles',
  'schemas',
  'models',
  'modelVersions',
  'modelGroups',
  'productionLines',
  'schedules',
  'notebooks',
  'checkpoints',
  'sessions',
  'jobs',
] as const;

/** All records of a workspace as they stand at one moment. Keys are not read at all. */
export async function readRecords(
  database: IDBPDatabase<CahierSchema>,
  workspaceId: WorkspaceId,
): Promise<FoundRecords> {
  const transaction = database.transaction(stores);
  const [stored, settings, ...lists] = await Promise.all([
    transaction.objectStore('workspaces').get(workspaceId),
    transaction.objectStore('settings').getAll(),
    transaction.objectStore('profiles').getAll(),
    transaction.objectStore('schemas').getAll(),
    transaction.objectStore('models').getAll(),
    transaction.objectStore('modelVersions').getAll(),
    transaction.objectStore('modelGroups').getAll(),
    transaction.objectStore('productionLines').getAll(),
    transaction.objectStore('schedules').getAll(),
    transaction.objectStore('notebooks').getAll(),
    transaction.objectStore('checkpoints').getAll(),
    transaction.objectStore('sessions').getAll(),
    transaction.objectStore('jobs').getAll(),
  ]);
  const workspace = parseWorkspace(stored);
  invariant(workspace.isOk, 'the workspace that is open is stored');
  const isOwn = ({ workspaceId: id }: { readonly workspaceId: WorkspaceId }): boolean => id === workspaceId;
  const profiles = sortFound(lists[0], parseProfile, 'profile');
  const schemas = sortFound(lists[1], parseDataSchema, 'data schema');
  const models = sortFound(lists[2], parseTrainedModel, 'model');
  const versions = sortFound(lists[3], parseModelVersion, 'version of a model');
  const groups = sortFound(lists[4], parseModelGroup, 'model group');
  const lines = sortFound(lists[5], parseProductionLine, 'production line');
  const schedules = sortFound(lists[6], parseSchedule, 'schedule');
  const notebooks = sortFound(lists[7], parseNotebook, 'notebook');
  const checkpoints = sortFound(lists[8], parseCheckpoint, 'checkpoint');
  const sessions = sortFound(lists[9], parseSession, 'session');
  const jobs = sortFound(lists[10], parseJob, 'job');
  const found = [
    ...[profiles, schemas, models, versions, groups, lines],
    ...[schedules, notebooks, checkpoints, sessions, jobs],
  ];
  return {
    records: {
      workspace: forgetSalt(workspace.value),
      settings: carrySettings(
        parseSettings(Object.fromEntries(settings.map(({ name, value }) => [name, value]))),
      ),
      profiles: profiles.values.filter(isOwn),
      schemas: schemas.values.filter(isOwn),
      models: models.values.filter(isOwn),
      versions: versions.values,
      groups: groups.values.filter(isOwn),
      lines: lines.values.filter(isOwn),
      schedules: schedules.values.filter(isOwn),
      notebooks: notebooks.values.filter(isOwn),
      checkpoints: checkpoints.values,
      sessions: sessions.values,
      jobs: jobs.values,
    },
    problems: found.flatMap(({ problems }) => problems),
  };
}
