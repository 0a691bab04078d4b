import type { DataSchema } from '../../model/data-schema.ts';
import type { Notebook } from '../../model/notebook.ts';
import type { ProductionLine } from '../../model/production-line.ts';
import type { Profile } from '../../model/profile.ts';
import type { Schedule } from '../../model/schedule.ts';
import type { ModelGroup, TrainedModel } from '../../model/trained-model.ts';
import type { ImportedKind } from '../../model/workspace-import.ts';
import type { IdKind } from './IdRenaming.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/** The names of kinds of ids, by the kinds of things. */
export const idKindOf = {
  notebook: 'notebook',
  schema: 'schema',
  model: 'model',
  'model-group': 'group',
  profile: 'profile',
  'production-line': 'line',
  schedule: 'schedule',
} as const satisfies Readonly<Record<ImportedKind, IdKind>>;

export const importedKinds = [
  'notebook',
  'schema',
  'model',
  'model-group',
  'profile',
  'production-line',
  'schedule',
] as const satisfies readonly ImportedKind[];

/** Records of things that a person sees and decides on. */
export type OwnedRecords = Pick<
  WorkspaceRecords,
  'notebooks' | 'schemas' | 'models' | 'groups' | 'profiles' | 'lines' | 'schedules'
>;

/** For each record of a file, by its id, that which is here in its place: of the same id, else of the same unique name. */
export interface Matches {
  readonly notebook: ReadonlyMap<string, Notebook>;
  readonly schema: ReadonlyMap<string, DataSchema>;
  readonly model: ReadonlyMap<string, TrainedModel>;
  readonly 'model-group': ReadonlyMap<string, ModelGroup>;
  readonly profile: ReadonlyMap<string, Profile>;
  readonly 'production-line': ReadonlyMap<string, ProductionLine>;
  readonly schedule: ReadonlyMap<string, Schedule>;
}

export const noMatches: Matches = {
  notebook: new Map(),
  schema: new Map(),
  model: new Map(),
  'model-group': new Map(),
  profile: new Map(),
  'production-line': new Map(),
  schedule: new Map(),
};

export function matchRecords(file: OwnedRecords, here: OwnedRecords): Matches {
  return {
    // Titles of notebooks are not unique.
    notebook: matchList(file.notebooks, here.notebooks, () => null),
    schema: matchList(file.schemas, here.schemas, ({ name }) => name),
    model: matchList(file.models, here.models, ({ name, deletedAt }) => (deletedAt === null ? name : null)),
    'model-group': matchList(file.groups, here.groups, ({ name }) => name),
    profile: matchList(file.profiles, here.profiles, ({ username }) => username.toLowerCase()),
    'production-line': matchList(file.lines, here.lines, ({ title }) => title),
    schedule: matchList(file.schedules, here.schedules, ({ title }) => title),
  };
}

/** Ids come first; nothing that is here is in the place of two. `nameOf` gives null for what no name stands for. */
function matchList<Known extends { readonly id: string }>(
  file: readonly Known[],
  here: readonly Known[],
  nameOf: (record: Known) => string | null,
): ReadonlyMap<string, Known> {
  const byId = new Map(here.map((record) => [record.id, record]));
  const matches = new Map<string, Known>();
  for (const { id } of file) {
    const found = byId.get(id);
    if (found) matches.set(id, found);
  }
  const matched = new Set(matches.values());
  const byName = new Map(
    here.filter((record) => !matched.has(record)).map((record) => [nameOf(record), record]),
  );
  byName.delete(null);
  for (const record of file) {
    const name = nameOf(record);
    const found = matches.has(record.id) ? undefined : byName.get(name);
    if (!found) continue;
    matches.set(record.id, found);
    byName.delete(name);
  }
  return matches;
}
