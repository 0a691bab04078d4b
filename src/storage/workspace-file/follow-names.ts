import type { FollowName, ModelRename } from '../../model/model-renames.ts';
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

/**
 * The same as renames that are followed one after the other: each name is free when it is given, and where two change theirs with
 * each other, one has a name in between that nothing else has.
 */
export function listRenames(
  what: ModelRename['what'],
  names: ReadonlyMap<string, string>,
): readonly ModelRename[] {
  const left = new Map(names);
  const renames: ModelRename[] = [];
  for (let next = findNext(left); next; next = findNext(left)) {
    const { from, to } = next;
    left.delete(from);
    const isFree = !left.has(to);
    const given = isFree ? to : crypto.randomUUID();
    renames.push({ what, from, to: given });
    if (!isFree) left.set(given, to);
  }
  return renames;
}

/** One whose new name nothing else has, or else the first, if there is one. */
function findNext(
  left: ReadonlyMap<string, string>,
): { readonly from: string; readonly to: string } | undefined {
  for (const [from, to] of left) if (!left.has(to)) return { from, to };
  const [first] = left;
  return first && { from: first[0], to: first[1] };
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
