import type { ModelGroupId, ModelId } from './ids.ts';
import type { ModelRename } from './model-renames.ts';
import type { ModelGroup, ModelVersion, TrainedModel } from './trained-model.ts';

/** What is stored of models, without their pickles; what is in the trash as well. */
export interface KnownModels {
  readonly models: readonly TrainedModel[];
  readonly versions: readonly ModelVersion[];
  readonly groups: readonly ModelGroup[];
}

export const noKnownModels: KnownModels = { models: [], versions: [], groups: [] };

/** The model in use that has this name. */
export function findModel({ models }: KnownModels, name: string): TrainedModel | undefined {
  return models.find((model) => model.name === name && model.deletedAt === null);
}

/** The versions of a model that are in use, newest first. */
export function listVersions({ versions }: KnownModels, modelId: ModelId): ModelVersion[] {
  return versions
    .filter((version) => version.modelId === modelId && version.deletedAt === null)
    .sort((one, other) => other.number - one.number);
}

/** The version of this number, or the newest one for null. */
export function findVersion(
  known: KnownModels,
  modelId: ModelId,
  number: number | null,
): ModelVersion | undefined {
  return listVersions(known, modelId).find((version) => number === null || version.number === number);
}

/** The number of the next version of a model: greater than all that were given, be it noted in the model or not. */
export function getNextNumber({ versions }: KnownModels, { id, lastNumber }: TrainedModel): number {
  return versions.reduce(
    (next, { modelId, number }) => (modelId === id ? Math.max(next, number + 1) : next),
    lastNumber + 1,
  );
}

export function findGroup({ groups }: KnownModels, name: string): ModelGroup | undefined {
  return groups.find((group) => group.name === name);
}

/** Records to put into storage, in the place of those with the same keys, and records to remove for good. */
export interface ModelChanges {
  readonly models?: readonly TrainedModel[];
  readonly versions?: readonly ModelVersion[];
  readonly groups?: readonly ModelGroup[];
  readonly removedModels?: readonly ModelId[];
  readonly removedVersions?: readonly VersionKey[];
  readonly removedGroups?: readonly ModelGroupId[];
  /** What got another name: the rows of all notebooks follow. */
  readonly renames?: readonly ModelRename[];
}

/** What tells a version from all others. */
export type VersionKey = Pick<ModelVersion, 'modelId' | 'number'>;

/** What is stored of models after a change; the versions of a removed model go with it. */
export function changeKnown(known: KnownModels, changes: ModelChanges): KnownModels {
  const { models = [], versions = [], groups = [] } = changes;
  const { removedModels = [], removedVersions = [], removedGroups = [] } = changes;
  const isReplaced = (version: ModelVersion): boolean =>
    removedModels.includes(version.modelId) ||
    [...versions, ...removedVersions].some((other) => isSameVersion(version, other));
  return {
    models: [
      ...known.models.filter(({ id }) => !removedModels.includes(id) && !models.some((one) => one.id === id)),
      ...models,
    ],
    versions: [...known.versions.filter((version) => !isReplaced(version)), ...versions],
    groups: [
      ...known.groups.filter(({ id }) => !removedGroups.includes(id) && !groups.some((one) => one.id === id)),
      ...groups,
    ],
  };
}

export function isSameVersion(one: VersionKey, other: VersionKey): boolean {
  return one.modelId === other.modelId && one.number === other.number;
}
