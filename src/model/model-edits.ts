import type { ModelId } from './ids.ts';
import {
  findVersion,
  getNextNumber,
  isSameVersion,
  listVersions,
  type KnownModels,
  type ModelChanges,
  type VersionKey,
} from './known-models.ts';
import { createFreeName, findNameProblem } from './model-names.ts';
import { filterByVersion, nameCells, type ModelUse } from './model-uses.ts';
import { isTrashOver } from './trash-time.ts';
import type { ModelVersion, TrainedModel } from './trained-model.ts';
import { fail, succeed, type Result } from '../shared/result.ts';

/** What is to be stored for an edit of models, or why it is not made, as a sentence. */
export type ModelEdit = Result<ModelChanges, string>;

const goneModel = fail('The model is not there any more: it was deleted in another tab.');
const goneVersion = fail('The version is not there any more: it was deleted in another tab.');

/** Gives a model another name, which the rows of cells that name it take over. */
export function renameModel(known: KnownModels, id: ModelId, wanted: string, now: number): ModelEdit {
  const model = findInUse(known, id);
  if (!model) return goneModel;
  const name = wanted.trim();
  if (name === model.name) return succeed({});
  const problem = findNameProblem('model', name, listNames(known));
  if (problem !== null) return fail(problem);
  return succeed({
    models: [{ ...model, name, changedAt: now }],
    renames: [{ what: 'model', from: model.name, to: name }],
  });
}

export function noteModel(known: KnownModels, id: ModelId, notes: string, now: number): ModelEdit {
  const model = findInUse(known, id);
  return model ? succeed({ models: [{ ...model, notes, changedAt: now }] }) : goneModel;
}

export function noteVersion(known: KnownModels, key: VersionKey, notes: string): ModelEdit {
  const version = findVersion(known, key.modelId, key.number);
  return version ? succeed({ versions: [{ ...version, notes }] }) : goneVersion;
}

/**
 * Puts a version into the trash. One that a cell loads by its number stays, and with it the model; of a model that has no
 * other one, the model goes as a whole.
 */
export function deleteVersion(
  known: KnownModels,
  key: VersionKey,
  uses: readonly ModelUse[],
  now: number,
): ModelEdit {
  const model = findInUse(known, key.modelId);
  const version = model && findVersion(known, model.id, key.number);
  if (!model || !version) return goneVersion;
  const loading = filterByVersion(uses, version.number);
  if (loading.length > 0) {
    return fail(
      `Version ${version.number} of “${model.name}” cannot be deleted while ${nameCells(loading)} ${loading.length === 1 ? 'loads' : 'load'} it by its number. Choose another version there first.`,
    );
  }
  if (listVersions(known, model.id).length === 1) return deleteModel(known, model.id, uses, now);
  return succeed({
    models: [{ ...model, changedAt: now }],
    versions: [{ ...version, deletedAt: now }],
  });
}

/** Puts a model into the trash with all its versions. One of which a cell loads a version by its number stays. */
export function deleteModel(
  known: KnownModels,
  id: ModelId,
  uses: readonly ModelUse[],
  now: number,
): ModelEdit {
  const model = findInUse(known, id);
  if (!model) return goneModel;
  const loading = listVersions(known, id).flatMap(({ number }) =>
    filterByVersion(uses, number).map((use) => ({ ...use, number })),
  );
  const [first] = loading;
  if (first) {
    return fail(
      `“${model.name}” cannot be deleted while ${nameCells([first])} loads its version ${first.number} by number. Choose the latest version or another model there first.`,
    );
  }
  return succeed({ models: [{ ...model, deletedAt: now, changedAt: now }] });
}

/** Brings a model back from the trash, under a free name where another one has its own now. */
export function restoreModel(known: KnownModels, id: ModelId, now: number): ModelEdit {
  const model = known.models.find((each) => each.id === id);
  if (!model) return goneModel;
  if (model.deletedAt === null) return succeed({});
  const name = createFreeName(model.name, listNames(known));
  return succeed({ models: [{ ...model, name, deletedAt: null, changedAt: now }] });
}

/** Brings a version back from the trash, under its number. */
export function restoreVersion(known: KnownModels, key: VersionKey, now: number): ModelEdit {
  const model = findInUse(known, key.modelId);
  const version = known.versions.find((each) => isSameVersion(each, key));
  if (!model || !version) return goneVersion;
  return succeed({
    models: [{ ...model, changedAt: now }],
    versions: [{ ...version, deletedAt: null }],
  });
}

/** Removes a model that is in the trash for good, from its groups as well. */
export function removeModel(known: KnownModels, id: ModelId): ModelEdit {
  const model = known.models.find((each) => each.id === id);
  return succeed(model && model.deletedAt !== null ? removeAll(known, [model], []) : {});
}

/** Removes a version that is in the trash for good. */
export function removeVersion(known: KnownModels, key: VersionKey): ModelEdit {
  const version = known.versions.find((each) => isSameVersion(each, key));
  return succeed(version && version.deletedAt !== null ? { removedVersions: [toKey(version)] } : {});
}

/** Removes for good what has been in the trash for long enough; null where nothing has. */
export function emptyModelTrash(known: KnownModels, now: number): ModelChanges | null {
  const models = known.models.filter(({ deletedAt }) => isTrashOver(deletedAt, now));
  const versions = known.versions.filter(({ deletedAt }) => isTrashOver(deletedAt, now));
  return models.length + versions.length === 0 ? null : removeAll(known, models, versions);
}

/** Makes an older version the newest again, as one more version with the same pickle, which somebody asked for. */
export function rollBack(
  known: KnownModels,
  key: VersionKey,
  { now, profile }: { readonly now: number; readonly profile: ModelVersion['profile'] },
): ModelEdit {
  const model = findInUse(known, key.modelId);
  const version = model && findVersion(known, model.id, key.number);
  if (!model || !version) return goneVersion;
  const [newest] = listVersions(known, model.id);
  if (newest?.number === version.number) {
    return fail(`Version ${version.number} of “${model.name}” is the newest one already.`);
  }
  const number = getNextNumber(known, model);
  return succeed({
    models: [{ ...model, lastNumber: number, changedAt: now }],
    versions: [
      {
        ...version,
        number,
        createdAt: now,
        origin: { type: 'rollback', number: version.number },
        profile,
        notes: '',
      },
    ],
  });
}

/** The names that models in use have. */
function listNames({ models }: KnownModels): string[] {
  return models.filter(({ deletedAt }) => deletedAt === null).map(({ name }) => name);
}

function findInUse({ models }: KnownModels, id: ModelId): TrainedModel | undefined {
  return models.find((model) => model.id === id && model.deletedAt === null);
}

function toKey({ modelId, number }: ModelVersion): VersionKey {
  return { modelId, number };
}

function removeAll(
  { groups }: KnownModels,
  models: readonly TrainedModel[],
  versions: readonly ModelVersion[],
): ModelChanges {
  const ids = new Set(models.map(({ id }) => id));
  return {
    removedModels: [...ids],
    removedVersions: versions.filter(({ modelId }) => !ids.has(modelId)).map(toKey),
    groups: groups
      .filter((group) => group.modelIds.some((id) => ids.has(id)))
      .map((group) => ({ ...group, modelIds: group.modelIds.filter((id) => !ids.has(id)) })),
  };
}
