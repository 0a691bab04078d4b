import type { IDBPTransaction } from 'idb';
import type { NotebookId, WorkspaceId } from '../../model/ids.ts';
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
import type { Found } from '../Storage.ts';
import { isOfWorkspace } from '../workspace-list.ts';
import { forgetSalt } from './carried-records.ts';
import type { WorkspaceInfo, WorkspaceRecords } from './workspace-records.ts';

/** The stores that `readOwned` reads. */
export const ownedStores: Stores = [
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
];

type OwnedName = Exclude<keyof WorkspaceRecords, 'workspace' | 'settings' | 'sessions' | 'jobs'>;

type StoredName =
  'profiles' | 'schemas' | 'models' | 'modelGroups' | 'productionLines' | 'schedules' | 'notebooks';

/** What is read of a workspace for a file of it and for what comes into it alike: all but settings, jobs and sessions. */
export interface OwnedRecords {
  readonly workspace: WorkspaceInfo;
  /** Versions and checkpoints are those of no other workspace. */
  readonly found: { readonly [Name in OwnedName]: Found<WorkspaceRecords[Name][number]> };
  /** As they are stored, of all workspaces. */
  readonly all: { readonly [Name in StoredName]: readonly CahierSchema[Name]['value'][] } & {
    readonly checkpoints: readonly CahierSchema['checkpoints']['value'][];
  };
  /** Whether something is of no notebook of another workspace. */
  readonly isInOwn: (record: { readonly notebookId: NotebookId }) => boolean;
}

/** All that is stored of a workspace at one moment, as far as it can be read; keys are not read at all. */
export async function readOwned<Mode extends IDBTransactionMode>(
  transaction: IDBPTransaction<CahierSchema, Stores, Mode>,
  workspaceId: WorkspaceId,
): Promise<OwnedRecords> {
  const [stored, profiles, schemas, models, versions, modelGroups, productionLines, schedules, ...others] =
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
  const [notebooks, checkpoints] = others;
  const workspace = parseWorkspace(stored);
  invariant(workspace.isOk, 'the workspace that is open is stored');
  const isOwn = (record: unknown): boolean => isOfWorkspace(record, workspaceId);
  const otherModels = new Set(models.filter((model) => !isOwn(model)).map(({ id }) => id));
  const otherNotebooks = new Set(notebooks.filter((notebook) => !isOwn(notebook)).map(({ id }) => id));
  const isInOwn: OwnedRecords['isInOwn'] = ({ notebookId }) => !otherNotebooks.has(notebookId);
  const ownVersions = versions.filter(({ modelId }) => !otherModels.has(modelId));
  return {
    workspace: forgetSalt(workspace.value),
    found: {
      profiles: sortFound(profiles.filter(isOwn), parseProfile, 'profile'),
      schemas: sortFound(schemas.filter(isOwn), parseDataSchema, 'data schema'),
      models: sortFound(models.filter(isOwn), parseTrainedModel, 'model'),
      versions: sortFound(ownVersions, parseModelVersion, 'version of a model'),
      groups: sortFound(modelGroups.filter(isOwn), parseModelGroup, 'model group'),
      lines: sortFound(productionLines.filter(isOwn), parseProductionLine, 'production line'),
      schedules: sortFound(schedules.filter(isOwn), parseSchedule, 'schedule'),
      notebooks: sortFound(notebooks.filter(isOwn), parseNotebook, 'notebook'),
      checkpoints: sortFound(checkpoints.filter(isInOwn), parseCheckpoint, 'checkpoint'),
    },
    all: { profiles, schemas, models, modelGroups, productionLines, schedules, notebooks, checkpoints },
    isInOwn,
  };
}
