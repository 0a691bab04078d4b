import type { BlobHash } from '../model/ids.ts';
import { changeKnown, type ModelChanges } from '../model/known-models.ts';
import { fail, succeed } from '../shared/result.ts';
import { dropUnused, type Stores, type WriteTransaction } from './job-records.ts';
import { parseModelGroup, parseModelVersion, parseTrainedModel } from './parse-records.ts';
import { sortFound } from './sort-found.ts';
import type { CommittedModels, FoundModels, JobWithLog } from './Storage.ts';

/** The records of all models, as they come out of their stores. */
interface ModelRecords {
  readonly models: readonly unknown[];
  readonly versions: readonly unknown[];
  readonly groups: readonly unknown[];
}

/** The stores that `readModels` and `writeModels` need. */
export const modelStores: Stores = [
  'models',
  'modelVersions',
  'modelGroups',
  'blobs',
  'jobs',
  'sessions',
  'notebooks',
];

/** What of the records can be understood. */
export function findModels({ models, versions, groups }: ModelRecords): FoundModels {
  const found = {
    models: sortFound(models, parseTrainedModel, 'model'),
    versions: sortFound(versions, parseModelVersion, 'version of a model'),
    groups: sortFound(groups, parseModelGroup, 'model group'),
  };
  return {
    known: { models: found.models.values, versions: found.versions.values, groups: found.groups.values },
    problems: [...found.models.problems, ...found.versions.problems, ...found.groups.problems],
  };
}

export async function readModels(transaction: WriteTransaction): Promise<FoundModels> {
  const [models, versions, groups] = await Promise.all([
    transaction.objectStore('models').getAll(),
    transaction.objectStore('modelVersions').getAll(),
    transaction.objectStore('modelGroups').getAll(),
  ]);
  return findModels({ models, versions, groups });
}

/** Pickles that nothing names any more go with the records that did. */
export async function writeModels(transaction: WriteTransaction, changes: ModelChanges): Promise<void> {
  const [models, versions, groups] = [
    transaction.objectStore('models'),
    transaction.objectStore('modelVersions'),
    transaction.objectStore('modelGroups'),
  ] as const;
  const unnamed: BlobHash[] = [];
  for (const id of changes.removedModels ?? []) {
    for (const version of await versions.index('by-model').getAll(id)) {
      unnamed.push(version.blob);
      await versions.delete([version.modelId, version.number]);
    }
    await models.delete(id);
  }
  for (const { modelId, number } of changes.removedVersions ?? []) {
    const version = await versions.get([modelId, number]);
    if (version) unnamed.push(version.blob);
    await versions.delete([modelId, number]);
  }
  for (const id of changes.removedGroups ?? []) await groups.delete(id);
  for (const model of changes.models ?? []) await models.put(model);
  for (const version of changes.versions ?? []) await versions.put(version);
  for (const group of changes.groups ?? []) await groups.put(group);
  await dropUnused(transaction, unnamed);
}

/** Puts what a job saves of models by what is there now, or nothing where that is refused. */
export async function putModels(
  transaction: WriteTransaction,
  { saveModels }: Pick<JobWithLog, 'saveModels'>,
): Promise<CommittedModels> {
  if (!saveModels) return succeed(null);
  const { known } = await readModels(transaction);
  const saving = saveModels(known);
  if (!saving.isOk) return fail({ kind: 'refused', message: saving.problem });
  const { changes, saved } = saving.value;
  await writeModels(transaction, changes);
  return succeed({ saved, known: changeKnown(known, changes) });
}
