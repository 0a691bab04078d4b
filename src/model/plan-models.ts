import type { ModelId } from './ids.ts';
import type { DescribeDistrust } from './imported-file.ts';
import { findGroup, findModel, findVersion, listVersions, type KnownModels } from './known-models.ts';
import {
  saveModeNames,
  type ModelConfiguration,
  type ModelToLoad,
  type ModelToSave,
} from './model-configuration.ts';
import { findNameProblem } from './model-names.ts';
import type { ModelGroup, ModelVersion, TrainedModel } from './trained-model.ts';

/** How each list of rows is called. */
export const modelListNames: Readonly<Record<keyof ModelConfiguration, string>> = {
  load: 'Load One or More Models',
  loadGroups: 'Load One or More Model Groups',
  save: 'Save One or More Models',
  saveGroups: 'Save One or More Model Groups With Assigned Models',
};

/** What is wrong with a row, as sentences that say what to do. Rows count from 0. */
export interface ModelProblem {
  readonly list: keyof ModelConfiguration;
  readonly row: number;
  readonly message: string;
}

/** A version that a script is given. */
export interface PlannedModel {
  readonly model: TrainedModel;
  readonly version: ModelVersion;
}

/** All that is wrong with what a cell is to load and save of the models that there are, in the order of the rows. */
export function findModelProblems(
  configuration: ModelConfiguration,
  known: KnownModels,
  describeDistrust: DescribeDistrust = () => null,
): ModelProblem[] {
  const { load, loadGroups, save, saveGroups } = configuration;
  const findDistrusted = (
    rows: Pick<ModelConfiguration, 'load' | 'loadGroups'>,
    isMeant: (planned: PlannedModel) => boolean = () => true,
  ): string | null => {
    for (const { model, version } of listLoaded(rows, known).filter(isMeant)) {
      const distrust = describeDistrust(version);
      const what = `Version ${version.number} of the model “${model.name}”`;
      if (distrust !== null) return `${what} ${distrust}, or load another version.`;
    }
    return null;
  };
  return [
    ...findRowProblems(
      'load',
      load,
      ({ name }) => name,
      (row) => findLoadProblem(row, known) ?? findDistrusted({ load: [row], loadGroups: [] }),
    ),
    ...findRowProblems(
      'loadGroups',
      loadGroups,
      (name) => name,
      // What has a row of its own is looked at there.
      (name) =>
        findGroupProblem(name, known) ??
        findDistrusted(
          { load: [], loadGroups: [name] },
          ({ model }) => !load.some((row) => row.name === model.name),
        ),
    ),
    ...findRowProblems(
      'save',
      save,
      ({ name }) => name,
      (row) => findSaveProblem(row, known),
    ),
    ...findRowProblems(
      'saveGroups',
      saveGroups,
      ({ name }) => name,
      ({ name, models }) => findNameProblem('model group', name, []) ?? findMembersProblem(name, models),
    ),
  ];
}

/** A problem with the place that it is in. */
export function describeModelProblem({ list, row, message }: ModelProblem): string {
  return `“${modelListNames[list]}”, row ${row + 1}: ${message}`;
}

/**
 * What a script is given, each model once: the versions that rows name, then the newest of the models of groups. What is not
 * there is left out.
 */
export function listLoaded(
  { load, loadGroups }: Pick<ModelConfiguration, 'load' | 'loadGroups'>,
  known: KnownModels,
): PlannedModel[] {
  if (load.length === 0 && loadGroups.length === 0) return [];
  const found = new Map<ModelId, PlannedModel>();
  for (const row of load) {
    const model = findModel(known, row.name);
    const version = model && findVersion(known, model.id, row.version);
    if (version && !found.has(model.id)) found.set(model.id, { model, version });
  }
  if (loadGroups.length === 0) return [...found.values()];
  const newest = listNewest(known);
  for (const name of loadGroups) {
    for (const model of listMembers(findGroup(known, name), known)) {
      const version = newest.get(model.id);
      if (version && !found.has(model.id)) found.set(model.id, { model, version });
    }
  }
  return [...found.values()];
}

/** What of the groups is not loaded as the newest version, in sentences. */
export function describeExceptions({ load, loadGroups }: ModelConfiguration, known: KnownModels): string[] {
  const newest = loadGroups.length > 0 ? listNewest(known) : null;
  return loadGroups.flatMap((name) => {
    const group = findGroup(known, name);
    const gone = (group?.modelIds ?? []).flatMap((id) => {
      const model = known.models.find((each) => each.id === id);
      if (!model) return [`A model of the group “${name}” is not there any more and is not loaded.`];
      const isInUse = model.deletedAt === null && newest?.has(id);
      return isInUse
        ? []
        : [`The model “${model.name}” of the group “${name}” is in the trash and is not loaded.`];
    });
    const named = listMembers(group, known).flatMap((model) => {
      const row = load.find((each) => each.name === model.name);
      const which = typeof row?.version !== 'number' ? 'its newest version' : `version ${row.version}`;
      return row
        ? [`The model “${model.name}” of the group “${name}” is loaded in ${which}, as its own row says.`]
        : [];
    });
    return [...gone, ...named];
  });
}

function findRowProblems<Row>(
  list: keyof ModelConfiguration,
  rows: readonly Row[],
  getName: (row: Row) => string,
  find: (row: Row) => string | null,
): ModelProblem[] {
  const names = rows.map(getName);
  return rows.flatMap((each, row) => {
    const name = getName(each);
    const first = names.indexOf(name);
    const isTwice = name !== '' && first < row;
    const message = isTwice ? `“${name}” is in row ${first + 1} already. Remove one of them.` : find(each);
    return message === null ? [] : [{ list, row, message }];
  });
}

function findLoadProblem({ name, version }: ModelToLoad, known: KnownModels): string | null {
  if (name === '') return 'No model is chosen. Choose one, or remove the row.';
  const model = findModel(known, name);
  if (!model) {
    return isInTrash(name, known)
      ? `The model “${name}” is in the trash. Bring it back, or choose another.`
      : `There is no model “${name}”. Run the cell that saves it first, or choose another.`;
  }
  if (findVersion(known, model.id, version)) return null;
  const numbers = listVersions(known, model.id).map((each) => each.number);
  if (numbers.length === 0) {
    return `All versions of the model “${name}” are in the trash. Bring one back, or choose another model.`;
  }
  const isDeleted = known.versions.some((each) => each.modelId === model.id && each.number === version);
  return isDeleted
    ? `Version ${version} of the model “${name}” is in the trash. Bring it back, or choose ${listNumbers(numbers)}.`
    : `The model “${name}” has no version ${version}. Choose ${listNumbers(numbers)}.`;
}

function findGroupProblem(name: string, known: KnownModels): string | null {
  if (name === '') return 'No model group is chosen. Choose one, or remove the row.';
  const group = findGroup(known, name);
  if (!group)
    return `There is no model group “${name}”. Run the cell that saves it first, or choose another.`;
  if (group.modelIds.length === 0) {
    return `The model group “${name}” holds no models. Put some into it, or choose another.`;
  }
  const newest = listNewest(known);
  return listMembers(group, known).some(({ id }) => newest.has(id))
    ? null
    : `All models of the model group “${name}” are gone or in the trash. Bring one back, or choose another group.`;
}

function findSaveProblem({ mode, name }: ModelToSave, known: KnownModels): string | null {
  const problem = findNameProblem('model', name, []);
  if (problem !== null) return problem;
  const either = saveModeNames['create-or-add'];
  const isThere = findModel(known, name) !== undefined;
  if (mode === 'create' && isThere) {
    return `There is a model “${name}” already. Choose “${either}” to give it one more version, or another name.`;
  }
  if (mode === 'add-version' && !isThere) {
    return isInTrash(name, known)
      ? `The model “${name}”, which a version is to be added to, is in the trash. Bring it back, or choose another.`
      : `There is no model “${name}” to add a version to. Choose “${either}” to have it made, or another model.`;
  }
  return null;
}

function findMembersProblem(group: string, models: readonly string[]): string | null {
  if (models.length === 0) {
    return `No model is named for the group “${group}”. Add those that the script saves into it, or remove the row.`;
  }
  const twice = models.find((name, index) => models.indexOf(name) < index);
  if (twice !== undefined && twice !== '') return `“${twice}” is named twice. Remove it once.`;
  return models.map((name) => findNameProblem('model', name, [])).find((problem) => problem !== null) ?? null;
}

/** The models of a group that are in use. */
function listMembers(group: ModelGroup | undefined, { models }: KnownModels): TrainedModel[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  return (group?.modelIds ?? []).flatMap((id) => {
    const model = byId.get(id);
    return model?.deletedAt === null ? [model] : [];
  });
}

/** The newest version in use of each model. */
function listNewest({ versions }: KnownModels): Map<ModelId, ModelVersion> {
  const newest = new Map<ModelId, ModelVersion>();
  for (const version of versions) {
    const before = newest.get(version.modelId);
    if (version.deletedAt === null && version.number > (before?.number ?? 0))
      newest.set(version.modelId, version);
  }
  return newest;
}

function isInTrash(name: string, { models }: KnownModels): boolean {
  return models.some((model) => model.name === name && model.deletedAt !== null);
}

/** More are not named. */
const mostNumbers = 10;

/** The newest first. */
function listNumbers(numbers: readonly number[]): string {
  const named = numbers.slice(0, mostNumbers);
  const rest = numbers.length > mostNumbers ? ['an older one'] : [];
  const words = [...named.map(String), ...rest];
  const last = words.pop() ?? '';
  return words.length > 0 ? `${words.join(', ')} or ${last}` : last;
}
