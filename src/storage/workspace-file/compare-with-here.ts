import { addConnections } from '../../model/connections.ts';
import type { Notebook } from '../../model/notebook.ts';
import type { TrainedModel } from '../../model/trained-model.ts';
import type { ImportedKind, ImportItem } from '../../model/workspace-import.ts';
import { groupBy } from '../../shared/group-by.ts';
import { followMatches } from './follow-names.ts';
import { IdRenaming } from './IdRenaming.ts';
import { idKindOf, importedKinds, matchRecords, type Matches } from './match-records.ts';
import { renameGroup, renameLine, renameNotebook, renameSchedule, type Renaming } from './rename-records.ts';
import { writeStableJson } from './stable-json.ts';
import type { HereRecords } from './stored-state.ts';
import { withholdFromCell } from './withhold-secrets.ts';
import type { WorkspaceRecords } from './workspace-records.ts';

/**
 * Each thing of a file beside what is here. Content counts, and what belongs to it: the results of a notebook, the versions
 * of a model; it is the same where all that the file has of it is here. Times of change do not count, nor secrets, which no
 * file has, nor with which file something came. What is in the trash here is different: taking it brings it back.
 */
export function compareWithHere(file: WorkspaceRecords, here: HereRecords): ImportItem[] {
  const matches = matchRecords(file, here);
  // What is in the file, called as what is here in its place.
  const renaming: Renaming = {
    ids: identifyMatches(matches),
    workspaceId: here.workspace.id,
    follow: followMatches(file, matches),
  };
  return [
    ...compareList(
      'notebook',
      file.notebooks,
      matches.notebook,
      getTitle,
      compareNotebooks(file, here, renaming),
    ),
    ...compareList('schema', file.schemas, matches.schema, getName, (one, other) =>
      isAlike(['name', 'description', 'fields'], one, other),
    ),
    ...compareList('model', file.models, matches.model, getName, compareModels(file, here)),
    ...compareList('model-group', file.groups, matches['model-group'], getName, (one, other) =>
      isAlike(['name', 'modelIds'], renameGroup(one, renaming), other),
    ),
    ...compareList(
      'profile',
      file.profiles,
      matches.profile,
      ({ username }) => username,
      (one, other) => isAlike(['username', 'displayName'], one, other),
    ),
    ...compareList('production-line', file.lines, matches['production-line'], getTitle, (one, other) =>
      isAlike(['title', 'notebookIds'], renameLine(one, renaming), other),
    ),
    ...compareList('schedule', file.schedules, matches.schedule, getTitle, (one, other) =>
      isAlike(['title', 'target', 'rhythm', 'ownerId'], renameSchedule(one, renaming), other),
    ),
  ];
}

interface Listed {
  readonly id: string;
  readonly changedAt: number;
}

function compareList<Known extends Listed>(
  kind: ImportedKind,
  file: readonly Known[],
  matches: ReadonlyMap<string, Known>,
  titleOf: (record: Known) => string,
  isSame: (record: Known, here: Known) => boolean,
): ImportItem[] {
  return file.map((record): ImportItem => {
    const here = matches.get(record.id);
    const known = here && (isSame(record, here) ? 'same' : 'different');
    return {
      kind,
      id: record.id,
      title: titleOf(record),
      hereTitle: here ? titleOf(here) : null,
      state: known ?? 'new',
      changedAt: record.changedAt,
      hereChangedAt: here?.changedAt ?? null,
      bothProblem: null,
    };
  });
}

function identifyMatches(matches: Matches): IdRenaming {
  const ids = new IdRenaming({});
  for (const kind of importedKinds) {
    for (const [id, here] of matches[kind]) ids.set(idKindOf[kind], id, here.id);
  }
  for (const id of matches.notebook.keys()) ids.setScope(id, 'here');
  return ids;
}

type IsSame<Known> = (record: Known, here: Known) => boolean;

function compareNotebooks(file: WorkspaceRecords, here: HereRecords, renaming: Renaming): IsSame<Notebook> {
  const results = new Map(here.results.map((each) => [each.notebookId, each]));
  const checkpoints = new Map(here.checkpoints.map((each) => [each.cellId, each]));
  const jobs = groupBy(file.jobs, ({ notebookId }) => notebookId);
  const sessions = groupBy(file.sessions, ({ notebookId }) => notebookId);
  const kept = groupBy(file.checkpoints, ({ notebookId }) => notebookId);
  return (one, other) => {
    if (other.deletedAt !== null) return false;
    const names = ['title', 'cells', 'connections', 'files', 'requirements', 'wheels'] as const;
    if (!isAlike(names, toExported(renameNotebook(one, renaming)), toExported(other))) return false;
    const { jobIds = [], sessionIds = [] } = results.get(other.id) ?? {};
    const known = new Set<string>([...jobIds, ...sessionIds]);
    const added = [...(jobs.get(one.id) ?? []), ...(sessions.get(one.id) ?? [])];
    return (
      added.every(({ id }) => known.has(id)) &&
      (kept.get(one.id) ?? []).every((checkpoint) => {
        const found = checkpoints.get(checkpoint.cellId);
        const value = (each: typeof found): unknown => each && [each.column, each.history[0].value];
        return JSON.stringify(value(found)) === JSON.stringify(value(checkpoint));
      })
    );
  };
}

/** A notebook as a file has it. */
function toExported(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map(withholdFromCell),
    connections: addConnections(notebook.cells, [], notebook.connections),
  };
}

function compareModels(file: WorkspaceRecords, here: HereRecords): IsSame<TrainedModel> {
  const versions = groupBy(file.versions, ({ modelId }) => modelId);
  const inUse = here.versions.filter(({ deletedAt }) => deletedAt === null);
  const known = new Set(
    inUse.map(({ modelId, number, blob, notes }) => JSON.stringify([modelId, number, blob, notes])),
  );
  return (one, other) =>
    other.deletedAt === null &&
    isAlike(['name', 'notes'], one, other) &&
    (versions.get(one.id) ?? []).every(({ number, blob, notes }) =>
      known.has(JSON.stringify([other.id, number, blob, notes])),
    );
}

function isAlike<Known, Name extends keyof Known>(names: readonly Name[], one: Known, other: Known): boolean {
  const pick = (record: Known): string => writeStableJson(names.map((name) => record[name]));
  return pick(one) === pick(other);
}

function getTitle({ title }: { readonly title: string }): string {
  return title;
}

function getName({ name }: { readonly name: string }): string {
  return name;
}
