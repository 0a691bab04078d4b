import type { IDBPDatabase } from 'idb';
import type { NotebookId, WorkspaceId } from '../../model/ids.ts';
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
  parseTrainedModel,
  parseWorkspace,
} from '../parse-records.ts';
import type { CahierSchema } from '../schema.ts';
import { readSettings } from '../settings-records.ts';
import { sortFound } from '../sort-found.ts';
import { isOfWorkspace } from '../workspace-list.ts';
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
  const isOwn = (record: unknown): boolean => isOfWorkspace(record, workspaceId);
  const otherModels = new Set(lists[2].filter((model) => !isOwn(model)).map(({ id }) => id));
  const otherNotebooks = new Set(lists[7].filter((notebook) => !isOwn(notebook)).map(({ id }) => id));
  const isInOwn = ({ notebookId }: { readonly notebookId: NotebookId }): boolean =>
    !otherNotebooks.has(notebookId);
  const profiles = sortFound(lists[0].filter(isOwn), parseProfile, 'profile');
  const schemas = sortFound(lists[1].filter(isOwn), parseDataSchema, 'data schema');
  const models = sortFound(lists[2].filter(isOwn), parseTrainedModel, 'model');
  const ownVersions = lists[3].filter(({ modelId }) => !otherModels.has(modelId));
  const versions = sortFound(ownVersions, parseModelVersion, 'version of a model');
  const groups = sortFound(lists[4].filter(isOwn), parseModelGroup, 'model group');
  const lines = sortFound(lists[5].filter(isOwn), parseProductionLine, 'production line');
  const schedules = sortFound(lists[6].filter(isOwn), parseSchedule, 'schedule');
  const notebooks = sortFound(lists[7].filter(isOwn), parseNotebook, 'notebook');
  const checkpoints = sortFound(lists[8].filter(isInOwn), parseCheckpoint, 'checkpoint');
  const sessions = sortFound(lists[9].filter(isInOwn), parseSession, 'session');
  const jobs = sortFound(lists[10].filter(isInOwn), parseJob, 'job');
  const found = [
    ...[profiles, schemas, models, versions, groups, lines],
    ...[schedules, notebooks, checkpoints, sessions, jobs],
  ];
  return {
    records: {
      workspace: forgetSalt(workspace.value),
      settings: carrySettings(readSettings(settings, workspaceId)),
      profiles: profiles.values,
      schemas: schemas.values,
      models: models.values,
      versions: versions.values,
      groups: groups.values,
      lines: lines.values,
      schedules: schedules.values,
      notebooks: notebooks.values,
      checkpoints: checkpoints.values,
      sessions: sessions.values,
      jobs: jobs.values,
    },
    problems: found.flatMap(({ problems }) => problems),
  };
}
