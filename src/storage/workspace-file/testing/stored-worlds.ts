import { WorkspaceId } from '../../../model/ids.ts';
import type { ImportedFile } from '../../../model/imported-file.ts';
import { listBlobs } from '../../../model/job.ts';
import { listNotebookBlobs } from '../../../model/notebook.ts';
import { carrySettings } from '../carried-records.ts';
import { standardSettings } from '../../../model/settings.ts';
import type { ImportPlan } from '../plan-import.ts';
import type { Trashed, TrashPlan } from '../plan-trash.ts';
import {
  renameCheckpoint,
  renameJob,
  renameSession,
  renameVersion,
  type Renaming,
} from '../rename-records.ts';
import type { StoredState } from '../stored-state.ts';
import type { WorkspaceRecords } from '../workspace-records.ts';

/** All that a browser has stored, as far as plans are about it. */
export interface StoredWorld {
  readonly workspaces: readonly WorkspaceRecords[];
  readonly imports: readonly ImportedFile[];
}

export function createWorld(...workspaces: readonly WorkspaceRecords[]): StoredWorld {
  return { workspaces, imports: [] };
}

/** A workspace with nothing in it. */
export function buildEmptyRecords(id: WorkspaceId): WorkspaceRecords {
  return {
    workspace: { id, title: 'Workspace', createdAt: 1 },
    settings: carrySettings(standardSettings),
    profiles: [],
    schemas: [],
    models: [],
    versions: [],
    groups: [],
    lines: [],
    schedules: [],
    notebooks: [],
    checkpoints: [],
    sessions: [],
    jobs: [],
  };
}

/** A workspace with some records and nothing else. */
export function buildRecords(
  partial: Partial<WorkspaceRecords>,
  id = WorkspaceId.from('workspace'),
): WorkspaceRecords {
  return moveRecords({ ...buildEmptyRecords(id), ...partial }, id);
}

/** The same records in another workspace. */
export function moveRecords(records: WorkspaceRecords, id: WorkspaceId): WorkspaceRecords {
  const own = <Value extends { readonly workspaceId: WorkspaceId }>(values: readonly Value[]): Value[] =>
    values.map((value) => ({ ...value, workspaceId: id }));
  return {
    ...records,
    workspace: { ...records.workspace, id },
    profiles: own(records.profiles),
    schemas: own(records.schemas),
    models: own(records.models),
    groups: own(records.groups),
    lines: own(records.lines),
    schedules: own(records.schedules),
    notebooks: own(records.notebooks),
  };
}

export function findWorkspace({ workspaces }: StoredWorld, id: WorkspaceId): WorkspaceRecords {
  const found = workspaces.find(({ workspace }) => workspace.id === id);
  if (!found) throw new Error('there is no such workspace');
  return found;
}

function forgetSettings({
  settings: _settings,
  ...records
}: WorkspaceRecords): Omit<WorkspaceRecords, 'settings'> {
  return records;
}

/** What an import sees of it. */
export function toState(world: StoredWorld, id: WorkspaceId): StoredState {
  const { jobs, sessions, ...here } = forgetSettings(findWorkspace(world, id));
  const all = <Value>(list: (records: WorkspaceRecords) => readonly Value[]): Value[] =>
    world.workspaces.flatMap(list);
  const ids = <Value extends { readonly id: string }>(
    list: (records: WorkspaceRecords) => readonly Value[],
  ): string[] => all(list).map((value) => value.id);
  return {
    here: {
      ...here,
      results: here.notebooks.map(({ id: notebookId }) => ({
        notebookId,
        jobIds: jobs.filter((job) => job.notebookId === notebookId).map((job) => job.id),
        sessionIds: sessions.filter((each) => each.notebookId === notebookId).map((each) => each.id),
      })),
    },
    workspaceIds: world.workspaces.map(({ workspace }) => workspace.id),
    taken: {
      notebook: ids(({ notebooks }) => notebooks),
      cell: all(({ notebooks, checkpoints }) => [
        ...notebooks.flatMap(({ cells }) => cells.map((cell): string => cell.id)),
        ...checkpoints.map(({ cellId }): string => cellId),
      ]),
      job: ids((records) => records.jobs),
      session: ids((records) => records.sessions),
      schema: ids(({ schemas }) => schemas),
      model: ids(({ models }) => models),
      group: ids(({ groups }) => groups),
      profile: ids(({ profiles }) => profiles),
      line: ids(({ lines }) => lines),
      schedule: ids(({ schedules }) => schedules),
    },
    hashes: all((records) => [
      ...records.notebooks.flatMap(listNotebookBlobs),
      ...records.jobs.flatMap(listBlobs),
      ...records.versions.map(({ blob }) => blob),
    ]),
  };
}

/** What is stored once a plan was carried out. */
export function carryOut(world: StoredWorld, plan: ImportPlan): StoredWorld {
  const { imported, added, retitled, settings, removed, trashed, records, followers } = plan;
  const workspaces = added
    ? [...world.workspaces, { ...buildEmptyRecords(added.id), workspace: added }]
    : world.workspaces;
  const change = (all: WorkspaceRecords): WorkspaceRecords => {
    const before = moveToTrash(all, trashed);
    const gone = new Set<string>(Object.values(removed).flat());
    const stays = ({ id }: { readonly id: string }): boolean => !gone.has(id);
    return {
      workspace: { ...before.workspace, ...retitled },
      settings: { ...before.settings, ...settings },
      profiles: put(before.profiles.filter(stays), records.profiles),
      schemas: put(before.schemas.filter(stays), records.schemas),
      models: put(before.models, records.models),
      versions: [...before.versions, ...records.versions],
      groups: put(before.groups.filter(stays), records.groups),
      lines: put(before.lines.filter(stays), records.lines),
      schedules: put(before.schedules.filter(stays), records.schedules),
      notebooks: put(put(before.notebooks.filter(stays), followers), records.notebooks),
      checkpoints: [...before.checkpoints, ...records.checkpoints],
      sessions: put(before.sessions, records.sessions),
      jobs: put(before.jobs, records.jobs),
    };
  };
  return {
    workspaces: workspaces.map((each) => (each.workspace.id === imported.workspaceId ? change(each) : each)),
    imports: [...world.imports, imported],
  };
}

function moveToTrash(
  records: WorkspaceRecords,
  { notebooks, models, renaming }: TrashPlan,
): WorkspaceRecords {
  const replaced = <Known extends { readonly id: string }>(
    known: readonly Known[],
    trashed: readonly Trashed<Known>[],
  ): Known[] => {
    const byId = new Map<string, Known>(trashed.map(({ formerId, record }) => [formerId, record]));
    return known.map((each) => byId.get(each.id) ?? each);
  };
  const listMoved = (trashed: readonly Trashed<{ readonly id: string }>[]): Set<string> =>
    new Set(trashed.flatMap(({ formerId, record }) => (formerId === record.id ? [] : [formerId])));
  const movedNotebooks = listMoved(notebooks);
  const movedModels = listMoved(models);
  const move = <Known extends { readonly notebookId: string }>(
    known: readonly Known[],
    rename: (record: Known, renaming: Renaming) => Known,
  ): Known[] => known.map((each) => (movedNotebooks.has(each.notebookId) ? rename(each, renaming) : each));
  return {
    ...records,
    notebooks: replaced(records.notebooks, notebooks),
    models: replaced(records.models, models),
    jobs: move(records.jobs, renameJob),
    sessions: move(records.sessions, renameSession),
    checkpoints: move(records.checkpoints, renameCheckpoint),
    versions: records.versions.map((version) =>
      movedModels.has(version.modelId) ? renameVersion(version, renaming) : version,
    ),
  };
}

function put<Value extends { readonly id: string }>(
  values: readonly Value[],
  added: readonly Value[],
): readonly Value[] {
  const ids = new Set(added.map(({ id }) => id));
  return [...values.filter(({ id }) => !ids.has(id)), ...added];
}
