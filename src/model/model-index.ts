import { groupBy } from '../shared/group-by.ts';
import type { ModelGroupId, ModelId } from './ids.ts';
import type { KnownModels } from './known-models.ts';
import type { ModelGroup, ModelVersion, TrainedModel } from './trained-model.ts';

/** A model with what is known of it. */
export interface IndexedModel {
  readonly model: TrainedModel;
  /** Those in use, newest first. */
  readonly versions: readonly ModelVersion[];
  /** Those in the trash, the last that was put there first. */
  readonly deletedVersions: readonly ModelVersion[];
  readonly groups: readonly ModelGroup[];
}

/** What is stored of models, arranged for being looked up: of many, one look at each is a long time. */
export interface ModelIndex {
  /** Those in use, by their names. */
  readonly models: readonly IndexedModel[];
  /** Those in the trash, the last that was put there first. */
  readonly trash: readonly IndexedModel[];
  /** By their names. */
  readonly groups: readonly ModelGroup[];
  readonly byId: ReadonlyMap<ModelId, IndexedModel>;
  /** Those in use. */
  readonly byName: ReadonlyMap<string, IndexedModel>;
  readonly groupsById: ReadonlyMap<ModelGroupId, ModelGroup>;
}

const order = new Intl.Collator(undefined, { numeric: true });

export function indexModels(known: KnownModels): ModelIndex {
  const versionsOf = groupBy(known.versions, ({ modelId }) => modelId);
  const groupsOf = new Map<ModelId, ModelGroup[]>();
  const groups = sortByName(known.groups, (group) => group);
  for (const group of groups) {
    for (const id of group.modelIds) groupsOf.set(id, [...(groupsOf.get(id) ?? []), group]);
  }
  const all = known.models.map((model): IndexedModel => {
    const versions = (versionsOf.get(model.id) ?? []).sort((one, other) => other.number - one.number);
    return {
      model,
      versions: versions.filter(({ deletedAt }) => deletedAt === null),
      deletedVersions: sortDeleted(versions, (version) => version),
      groups: groupsOf.get(model.id) ?? [],
    };
  });
  const inUse = all.filter(({ model }) => model.deletedAt === null);
  return {
    models: sortByName(inUse, ({ model }) => model),
    trash: sortDeleted(all, ({ model }) => model),
    groups,
    byId: new Map(all.map((each) => [each.model.id, each])),
    byName: new Map(inUse.map((each) => [each.model.name, each])),
    groupsById: new Map(groups.map((group) => [group.id, group])),
  };
}

/** The bytes of all pickles that a model keeps, those in the trash too, each counted once. */
export function sumSizes({ versions, deletedVersions }: IndexedModel): number {
  const sizes = new Map([...versions, ...deletedVersions].map(({ blob, byteSize }) => [blob, byteSize]));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function sortByName<Item>(items: readonly Item[], get: (item: Item) => { readonly name: string }): Item[] {
  return [...items].sort((one, other) => order.compare(get(one).name, get(other).name));
}

function sortDeleted<Item>(
  items: readonly Item[],
  get: (item: Item) => { readonly deletedAt: number | null },
): Item[] {
  return items
    .filter((item) => get(item).deletedAt !== null)
    .sort((one, other) => (get(other).deletedAt ?? 0) - (get(one).deletedAt ?? 0));
}
