import type { IDBPTransaction } from 'idb';
import type { WorkspaceId } from '../../model/ids.ts';
import { invariant } from '../../shared/invariant.ts';
import type { Stores } from '../job-records.ts';
import {
  parseCheckpoint,
  parseDataSchema,
  parseModelGroup,
  parseModelVersion,
  parseNotebook,
  parseProductionLine,
  parseProfile,
  parseSchedule,
  parseTrainedModel,
  parseWorkspace,
} from '../parse-records.ts';
import type { CahierSchema } from '../schema.ts';
import { sortFound } from '../sort-found.ts';
import { namesWorkspace } from '../workspace-list.ts';
import { forgetSalt } from './carried-records.ts';
import type { StoredResults, StoredState } from './stored-state.ts';

/** The stores that `readStoredState` reads. */
export const stateStores: Stores = [
  'workspaces',
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
  'blobs',
];

/** What is stored at this moment, as far as an import has to do with it. Of jobs and sessions only the ids are read. */
export async function readStoredState<Mode extends IDBTransactionMode>(
  transaction: IDBPTransaction<CahierSchema, Stores, Mode>,
  workspaceId: WorkspaceId,
): Promise<StoredState> {
  const isOwn = (record: unknown): boolean => namesWorkspace(record, workspaceId);
  const [stored, profiles, schemas, models, versions, groups, lines, schedules, notebooks, checkpoints] =
    await Promise.all([
      transaction.objectStore('workspaces').get(workspaceId),
      transaction.objectStore('profiles').getAll(),
      transaction.objectStore('schemas').getAll(),
      transaction.objectStore('models').getAll(),
      transaction.objectStore('modelVersions').getAll(),
      transaction.objectStore('modelGroups').getAll(),
      transaction.objectStore('productionLines').getAll(),
      transaction.objectStore('schedules').getAll(),
      transaction.objectStore('notebooks').getAll(),
      transaction.objectStore('checkpoints').getAll(),
    ]);
  const [workspaceIds, jobs, sessions, hashes] = await Promise.all([
    transaction.objectStore('workspaces').getAllKeys(),
    transaction.objectStore('jobs').getAllKeys(),
    transaction.objectStore('sessions').getAllKeys(),
    transaction.objectStore('blobs').getAllKeys(),
  ]);
  const workspace = parseWorkspace(stored);
  invariant(workspace.isOk, 'the workspace that is open is stored');
  const allNotebooks = sortFound(notebooks, parseNotebook, 'notebook').values;
  const own = allNotebooks.filter(isOwn);
  const ownIds = new Set(own.map(({ id }) => id));
  const ownModels = sortFound(models.filter(isOwn), parseTrainedModel, 'model').values;
  const modelIds = new Set(ownModels.map(({ id }) => id));
  const results = own.map(async ({ id }): Promise<StoredResults> => ({
    notebookId: id,
    jobIds: await transaction.objectStore('jobs').index('by-notebook').getAllKeys(id),
    sessionIds: await transaction.objectStore('sessions').index('by-notebook').getAllKeys(id),
  }));
  return {
    here: {
      workspace: forgetSalt(workspace.value),
      profiles: sortFound(profiles.filter(isOwn), parseProfile, 'profile').values,
      schemas: sortFound(schemas.filter(isOwn), parseDataSchema, 'data schema').values,
      models: ownModels,
      versions: sortFound(versions, parseModelVersion, 'version of a model').values.filter(({ modelId }) =>
        modelIds.has(modelId),
      ),
      groups: sortFound(groups.filter(isOwn), parseModelGroup, 'model group').values,
      lines: sortFound(lines.filter(isOwn), parseProductionLine, 'production line').values,
      schedules: sortFound(schedules.filter(isOwn), parseSchedule, 'schedule').values,
      notebooks: own,
      checkpoints: sortFound(checkpoints, parseCheckpoint, 'checkpoint').values.filter(({ notebookId }) =>
        ownIds.has(notebookId),
      ),
      results: await Promise.all(results),
    },
    workspaceIds,
    taken: {
      notebook: notebooks.map(({ id }) => id),
      cell: [
        ...allNotebooks.flatMap(({ cells }) => cells.map(({ id }) => id)),
        ...checkpoints.map(({ cellId }) => cellId),
      ],
      job: jobs,
      session: sessions,
      schema: schemas.map(({ id }) => id),
      model: models.map(({ id }) => id),
      group: groups.map(({ id }) => id),
      profile: profiles.map(({ id }) => id),
      line: lines.map(({ id }) => id),
      schedule: schedules.map(({ id }) => id),
    },
    hashes,
  };
}
