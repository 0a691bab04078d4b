import type { LoadedModel, SavedModel } from '../../model/job-models.ts';

/** The versions of models that a job was given: "churn, version 3; prices, version 1". */
export function describeLoadedModels(models: readonly LoadedModel[]): string {
  return models.map(describeVersion).join('; ');
}

/** Those that it saved, with their groups: "churn, version 4, in the group “all”". */
export function describeSavedModels(models: readonly SavedModel[]): string {
  return models.map((model) => `${describeVersion(model)}${describeGroups(model.groups)}`).join('; ');
}

function describeVersion({ name, number }: LoadedModel): string {
  return `${name}, version ${number}`;
}

/** What follows the name of a model that went into groups; empty for none. */
export function describeGroups(groups: readonly string[]): string {
  if (groups.length === 0) return '';
  const names = groups.map((name) => `“${name}”`).join(', ');
  return groups.length === 1 ? `, in the group ${names}` : `, in the groups ${names}`;
}
