import type { FollowName } from '../../model/model-renames.ts';
import type { Matches } from './match-records.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** Names that models and groups of a file have here; all at once, so that two may change theirs with each other. */
export interface NewNames {
  readonly model: ReadonlyMap<string, string>;
  readonly group: ReadonlyMap<string, string>;
}

export function followNames(names: NewNames): FollowName {
  return (what, name) => names[what].get(name) ?? name;
}

/** Follows the models and groups of a file to the names of what is here in their place. */
export function followMatches(
  { models, groups }: Pick<WorkspaceRecords, 'models' | 'groups'>,
  matches: Pick<Matches, 'model' | 'model-group'>,
): FollowName {
  return followNames({
    model: new Map(models.map(({ id, name }) => [name, matches.model.get(id)?.name ?? name])),
    group: new Map(groups.map(({ id, name }) => [name, matches['model-group'].get(id)?.name ?? name])),
  });
}
