// Longer than most files: what becomes of each kind of record, which hangs together by ids and names.
import type { SchemaId } from '../../model/data-schema.ts';
import {
  NotebookId,
  ProfileId,
  WorkspaceId,
  type ImportId,
  type JobId,
  type ModelGroupId,
  type ModelId,
  type ProductionLineId,
  type ScheduleId,
} from '../../model/ids.ts';
import { describeArrival, type ImportedFile } from '../../model/imported-file.ts';
import { followInNotebook, type ModelRename } from '../../model/model-renames.ts';
import type { Notebook } from '../../model/notebook.ts';
import { longestProfileName } from '../../model/profile.ts';
import type { TrainedModel } from '../../model/trained-model.ts';
import type { ConflictChoice, ImportChoice, ImportedKind } from '../../model/workspace-import.ts';
import { compareWithHere } from './compare-with-here.ts';
import { followNames, listRenames } from './follow-names.ts';
import { FreeNames, type NameRule } from './FreeNames.ts';
import { IdRenaming, type IdKind } from './IdRenaming.ts';
import { idKindOf, importedKinds, matchRecords, noMatches, type Matches } from './match-records.ts';
import {
  renameCheckpoint,
  renameGroup,
  renameJob,
  renameLine,
  renameModel,
  renameNotebook,
  renameProfile,
  renameSchedule,
  renameSchema,
  renameSession,
  renameVersion,
  toRunScope,
  type Renaming,
} from './rename-records.ts';
import { isUntouched, planTrash, type MovedIds, type TrashPlan } from './plan-trash.ts';
import type { StoredState } from './stored-state.ts';
import type { WorkspaceInfo, WorkspaceRecords } from './workspace-records.ts';

/** Which import this is. */
export interface ImportOrigin {
  readonly importId: ImportId;
  /** The file's name, or the address it came from. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Records that are put where there are none of their ids, or in the place of those. */
export type ImportedRecords = Omit<WorkspaceRecords, 'workspace' | 'settings'>;

/** What goes for good: of notebooks those in which nothing was made yet. */
export interface RemovedRecords {
  readonly notebooks: readonly NotebookId[];
  readonly groups: readonly ModelGroupId[];
  readonly schemas: readonly SchemaId[];
  readonly profiles: readonly ProfileId[];
  readonly lines: readonly ProductionLineId[];
  readonly schedules: readonly ScheduleId[];
}

/** All that an import changes of what is stored; what goes, goes first. */
export interface ImportPlan {
  readonly imported: ImportedFile;
  /** Where a workspace is made; null where it is there. */
  readonly added: Pick<WorkspaceInfo, 'id' | 'title' | 'createdAt'> | null;
  /** What changes of the workspace that is there; null where nothing does. */
  readonly retitled: Pick<WorkspaceInfo, 'title' | 'createdAt'> | null;
  /** Of the workspace itself, where all that is in it comes from the file. */
  readonly settings: {
    readonly openNotebook: NotebookId | null;
    readonly activeProfile: ProfileId | null;
  } | null;
  readonly removed: RemovedRecords;
  /** What goes to the trash. */
  readonly trashed: TrashPlan;
  readonly records: ImportedRecords;
  /** Of each job that is put the one of the file, whose log it has. */
  readonly logs: readonly { readonly from: JobId; readonly to: JobId }[];
  /** Notebooks that are here and name models or groups that get other names. */
  readonly followers: readonly Notebook[];
  /** Models and groups that are here and get other names, one after the other. */
  readonly renames: readonly ModelRename[];
  /** The first, to be opened. */
  readonly notebookId: NotebookId | null;
  /** How ids and names of the file were changed, for what lies in its values. */
  readonly renaming: Renaming;
  /** Of the notebooks that are put: their ids in the file, by those here. */
  readonly notebookIds: ReadonlyMap<NotebookId, NotebookId>;
  /** A sentence for each thing that leads to nothing here. */
  readonly losses: readonly string[];
}

/** Decides what an import of a file changes of what is stored, by what is stored at that moment. */
export function planImport(
  file: WorkspaceRecords,
  stored: StoredState,
  choice: ImportChoice,
  origin: ImportOrigin,
): ImportPlan {
  return new Planning(file, stored, choice, origin).plan();
}

/** skip: what is here stays, and what names that of the file names it; else it is put, under the id that is said. */
type Decision = 'skip' | 'add' | Exclude<ConflictChoice, 'keep'>;

/** Those of models and groups are followed. */
type NamedKind = Exclude<ImportedKind, 'notebook'>;

class Planning {
  readonly #file: WorkspaceRecords;
  readonly #stored: StoredState;
  readonly #choice: ImportChoice;
  readonly #origin: ImportOrigin;
  readonly #matches: Matches;
  readonly #decisions: ReadonlyMap<string, Decision>;
  readonly #workspaceId: WorkspaceId;
  readonly #removed: RemovedRecords;
  /** The ids of what goes to the trash and gets other ids there, as something of the file gets its own. */
  readonly #moved: MovedIds;
  readonly #ids: IdRenaming;

  constructor(file: WorkspaceRecords, stored: StoredState, choice: ImportChoice, origin: ImportOrigin) {
    this.#file = file;
    this.#stored = stored;
    this.#choice = choice;
    this.#origin = origin;
    this.#matches = choice.way === 'merge' ? matchRecords(file, stored.here) : noMatches;
    this.#decisions = this.#decide();
    this.#workspaceId = this.#chooseWorkspace();
    this.#removed = this.#listRemoved();
    this.#moved = this.#listMoved();
    this.#ids = this.#renameIds();
  }

  plan(): ImportPlan {
    const { file, here } = { file: this.#file, here: this.#stored.here };
    const { importId, name, now } = this.#origin;
    const { way, title } = this.#choice;
    const names = this.#nameAll();
    const follow = followNames({ model: names.model.followed, group: names['model-group'].followed });
    const renaming: Renaming = { ids: this.#ids, workspaceId: this.#workspaceId, follow };
    const notebooks = this.#listPut('notebook', file.notebooks);
    const putIds = new Set(notebooks.map(({ id }) => id));
    const isPut = ({ notebookId }: { readonly notebookId: NotebookId }): boolean => putIds.has(notebookId);
    const models = this.#listPut('model', file.models);
    const modelIds = new Set(models.map(({ id }) => id));
    const versions = file.versions.filter(({ modelId }) => modelIds.has(modelId));
    const jobs = file.jobs.filter(isPut);
    const titles = new FreeNames(here.notebooks.map((notebook) => notebook.title));
    const records: ImportedRecords = {
      profiles: this.#listPut('profile', file.profiles).map((profile) => ({
        ...renameProfile(profile, renaming),
        username: names.profile.of(profile.id),
      })),
      schemas: this.#listPut('schema', file.schemas).map((schema) => ({
        ...renameSchema(schema, renaming),
        name: names.schema.of(schema.id),
      })),
      models: models.map((model) => ({
        ...renameModel(model, renaming),
        name: names.model.of(model.id),
        // No number of what it takes the place of is given again.
        lastNumber: Math.max(model.lastNumber, this.#findTaken(model.id)?.lastNumber ?? 0),
        deletedAt: null,
      })),
      versions: versions.map((version) => ({
        ...renameVersion(version, renaming),
        importId,
        deletedAt: null,
      })),
      groups: this.#listPut('model-group', file.groups).map((group) => ({
        ...renameGroup(group, renaming),
        name: names['model-group'].of(group.id),
      })),
      lines: this.#listPut('production-line', file.lines).map((line) => ({
        ...renameLine(line, renaming),
        title: names['production-line'].of(line.id),
      })),
      schedules: this.#listPut('schedule', file.schedules).map((schedule) => ({
        ...renameSchedule(schedule, renaming),
        title: names.schedule.of(schedule.id),
        paused: schedule.paused ?? { reason: `It ${describeArrival({ name })}.` },
        running: null,
      })),
      notebooks: notebooks.map((notebook) => ({
        ...renameNotebook(notebook, renaming),
        title: this.#isBoth('notebook', notebook.id) ? titles.take(notebook.title) : notebook.title,
        importId,
        deletedAt: null,
      })),
      checkpoints: file.checkpoints.filter(isPut).map((checkpoint) => renameCheckpoint(checkpoint, renaming)),
      sessions: file.sessions.filter(isPut).map((session) => renameSession(session, renaming)),
      jobs: jobs.map((job) => renameJob(job, renaming)),
    };
    const notebookId = this.#findFirst();
    return {
      imported: { id: importId, workspaceId: this.#workspaceId, name, importedAt: now, isTrusted: false },
      added: way === 'new' ? { id: this.#workspaceId, title, createdAt: now } : null,
      retitled:
        way === 'replace' ? { title: file.workspace.title, createdAt: file.workspace.createdAt } : null,
      settings: way === 'merge' ? null : { openNotebook: notebookId, activeProfile: this.#findProfile() },
      removed: this.#removed,
      trashed: this.#planTrash(names.model.here, names['model-group'].here),
      records,
      logs: jobs.flatMap(({ id }, index) => {
        const job = records.jobs[index];
        return job ? [{ from: id, to: job.id }] : [];
      }),
      followers: this.#listFollowers(names.model.here, names['model-group'].here),
      renames: [
        ...listRenames('model', names.model.here),
        ...listRenames('group', names['model-group'].here),
      ],
      notebookId,
      renaming,
      notebookIds: new Map(notebooks.map(({ id }) => [this.#toNotebook(id), id])),
      losses: this.#listLosses(records.notebooks),
    };
  }

  #decide(): ReadonlyMap<string, Decision> {
    if (this.#choice.way !== 'merge') return new Map();
    const chosen = new Map(this.#choice.conflicts.map(({ kind, id, choice }) => [toKey(kind, id), choice]));
    const toDecision = (choice: ConflictChoice = 'keep'): Decision => (choice === 'keep' ? 'skip' : choice);
    return new Map(
      compareWithHere(this.#file, this.#stored.here).map(({ kind, id, state }) => {
        const key = toKey(kind, id);
        if (state === 'new') return [key, 'add'];
        return [key, state === 'same' ? 'skip' : toDecision(chosen.get(key))];
      }),
    );
  }

  #getDecision(kind: ImportedKind, id: string): Decision {
    return this.#decisions.get(toKey(kind, id)) ?? 'add';
  }

  #isBoth(kind: ImportedKind, id: string): boolean {
    return this.#getDecision(kind, id) === 'both';
  }

  #findTaken(id: ModelId): TrainedModel | undefined {
    return this.#getDecision('model', id) === 'take' ? this.#matches.model.get(id) : undefined;
  }

  #listPut<Known extends { readonly id: string }>(kind: ImportedKind, records: readonly Known[]): Known[] {
    return records.filter(({ id }) => this.#getDecision(kind, id) !== 'skip');
  }

  /** That of the file where it is free: who hands the same workspace on has one that is the same. */
  #chooseWorkspace(): WorkspaceId {
    const { here, workspaceIds } = this.#stored;
    if (this.#choice.way !== 'new') return here.workspace.id;
    const { id } = this.#file.workspace;
    return workspaceIds.includes(id) ? WorkspaceId.create() : id;
  }

  #listRemoved(): RemovedRecords {
    const { here } = this.#stored;
    const isReplaced = this.#choice.way === 'replace';
    const list = <Id extends string>(kind: ImportedKind, records: readonly { readonly id: Id }[]): Id[] => {
      const taken = this.#listTakenHere(kind);
      return records.map(({ id }) => id).filter((id) => isReplaced || taken.has(id));
    };
    return {
      notebooks: isReplaced
        ? here.notebooks.filter((notebook) => isUntouched(notebook, here)).map(({ id }) => id)
        : [],
      groups: list('model-group', here.groups),
      schemas: list('schema', here.schemas),
      profiles: list('profile', here.profiles),
      lines: list('production-line', here.lines),
      schedules: list('schedule', here.schedules),
    };
  }

  /** The ids of what is here and is taken the place of. */
  #listTakenHere(kind: ImportedKind): Set<string> {
    return new Set(
      [...this.#matches[kind]].flatMap(([id, { id: hereId }]) =>
        this.#getDecision(kind, id) === 'take' ? [hereId] : [],
      ),
    );
  }

  #listMoved(): MovedIds {
    if (this.#choice.way !== 'replace') {
      return { notebooks: this.#listTakenHere('notebook'), models: this.#listTakenHere('model') };
    }
    const { notebooks, models } = this.#file;
    const gone = new Set<string>(this.#removed.notebooks);
    const inBoth = (
      file: readonly { readonly id: string }[],
      here: readonly { readonly id: string }[],
    ): Set<string> => {
      const ids = new Set(file.map(({ id }) => id));
      return new Set(here.map(({ id }) => id).filter((id) => ids.has(id) && !gone.has(id)));
    };
    const { here } = this.#stored;
    return { notebooks: inBoth(notebooks, here.notebooks), models: inBoth(models, here.models) };
  }

  #planTrash(model: ReadonlyMap<string, string>, group: ReadonlyMap<string, string>): TrashPlan {
    const { here } = this.#stored;
    const gone = new Set<string>(this.#removed.notebooks);
    const isReplaced = this.#choice.way === 'replace';
    return planTrash({
      notebooks: here.notebooks.filter(({ id }) =>
        isReplaced ? !gone.has(id) : this.#moved.notebooks.has(id),
      ),
      models: here.models.filter(({ id }) => isReplaced || this.#moved.models.has(id)),
      moved: this.#moved,
      workspaceId: this.#workspaceId,
      follow: followNames({ model, group }),
      now: this.#origin.now,
    });
  }

  #renameIds(): IdRenaming {
    const ids = new IdRenaming(this.#listTaken());
    const lists = {
      notebook: this.#file.notebooks,
      schema: this.#file.schemas,
      model: this.#file.models,
      'model-group': this.#file.groups,
      profile: this.#file.profiles,
      'production-line': this.#file.lines,
      schedule: this.#file.schedules,
    } as const satisfies Record<ImportedKind, unknown>;
    for (const kind of importedKinds) {
      for (const [id, { id: hereId }] of this.#matches[kind]) {
        if (this.#isBoth(kind, id)) ids.setFresh(idKindOf[kind], id);
        else ids.set(idKindOf[kind], id, hereId);
      }
    }
    for (const kind of importedKinds) for (const { id } of lists[kind]) ids.rename(idKindOf[kind], id);
    for (const { id, cells } of this.#file.notebooks) {
      const isHere = this.#getDecision('notebook', id) === 'skip';
      const isOwn = ids.rename('notebook', id) === id;
      ids.setScope(id, isHere ? 'here' : isOwn ? 'own' : 'fresh');
      if (!isHere) for (const cell of cells) ids.rename('cell', cell.id, id);
    }
    const setRuns = (kind: 'line' | 'schedule', id: ProductionLineId | ScheduleId): void => {
      ids.setScope(toRunScope(id), ids.rename(kind, id) === id ? 'own' : 'fresh');
    };
    for (const { id } of this.#file.lines) setRuns('line', id);
    for (const { id } of this.#file.schedules) setRuns('schedule', id);
    return ids;
  }

  /** The ids of what stays. */
  #listTaken(): Partial<Record<IdKind, Iterable<string>>> {
    const { here, taken } = this.#stored;
    const removed = this.#removed;
    const moved = this.#moved;
    const gone = new Set<string>([...removed.notebooks, ...moved.notebooks]);
    const notebooks = here.notebooks.filter(({ id }) => gone.has(id));
    const results = here.results.filter(({ notebookId }) => gone.has(notebookId));
    const checkpoints = here.checkpoints.filter(({ notebookId }) => gone.has(notebookId));
    const without = (all: readonly string[], some: Iterable<string>): Set<string> => {
      const left = new Set(all);
      for (const id of some) left.delete(id);
      return left;
    };
    return {
      notebook: without(taken.notebook, gone),
      cell: without(taken.cell, [
        ...notebooks.flatMap(({ cells }) => cells.map(({ id }) => id)),
        ...checkpoints.map(({ cellId }) => cellId),
      ]),
      job: without(
        taken.job,
        results.flatMap(({ jobIds }) => jobIds),
      ),
      session: without(
        taken.session,
        results.flatMap(({ sessionIds }) => sessionIds),
      ),
      schema: without(taken.schema, removed.schemas),
      model: without(taken.model, moved.models),
      group: without(taken.group, removed.groups),
      profile: without(taken.profile, removed.profiles),
      line: without(taken.line, removed.lines),
      schedule: without(taken.schedule, removed.schedules),
    };
  }

  #nameAll(): Readonly<Record<NamedKind, Names>> {
    const { file, here } = { file: this.#file, here: this.#stored.here };
    const isInUse = ({ deletedAt }: { readonly deletedAt: number | null }): boolean => deletedAt === null;
    const getName = ({ name }: { readonly name: string }): string => name;
    const getTitle = ({ title }: { readonly title: string }): string => title;
    return {
      model: this.#name('model', file.models, here.models.filter(isInUse), getName),
      'model-group': this.#name('model-group', file.groups, here.groups, getName),
      schema: this.#name('schema', file.schemas, here.schemas, getName),
      profile: this.#name('profile', file.profiles, here.profiles, ({ username }) => username, {
        longest: longestProfileName,
        toKey: (name) => name.toLowerCase(),
      }),
      'production-line': this.#name('production-line', file.lines, here.lines, getTitle),
      schedule: this.#name('schedule', file.schedules, here.schedules, getTitle),
    };
  }

  /** Gives each record that is put a name that no other one has; those that take the place of others choose first. */
  #name<Known extends { readonly id: string }>(
    kind: NamedKind,
    file: readonly Known[],
    here: readonly Known[],
    nameOf: (record: Known) => string,
    rule?: NameRule,
  ): Names {
    const removed = new Set<string>(this.#listRemovedOf(kind));
    const stays = here.filter(({ id }) => !removed.has(id)).map(nameOf);
    const free = new FreeNames(stays, rule);
    const hereNames = new Map(here.map((record) => [record.id, nameOf(record)]));
    const given = new Map<string, string>();
    const followed = new Map<string, string>();
    const renamedHere = new Map<string, string>();
    const give = (record: Known, name: string): void => {
      given.set(record.id, name);
      // Of two that have one name in the file, the first is meant.
      if (!followed.has(nameOf(record))) followed.set(nameOf(record), name);
    };
    const decide = (record: Known): Decision => this.#getDecision(kind, record.id);
    const hereNameOf = (record: Known): string | undefined =>
      hereNames.get(this.#matches[kind].get(record.id)?.id ?? '');
    for (const record of file.filter((each) => decide(each) === 'skip')) {
      give(record, hereNameOf(record) ?? nameOf(record));
    }
    for (const record of file.filter((each) => decide(each) === 'take')) {
      const name = free.take(nameOf(record));
      give(record, name);
      const before = hereNameOf(record);
      if (before !== undefined && before !== name) renamedHere.set(before, name);
    }
    for (const record of file.filter((each) => ['add', 'both'].includes(decide(each)))) {
      give(record, free.take(nameOf(record)));
    }
    return { of: (id) => given.get(id) ?? '', followed, here: renamedHere };
  }

  #listRemovedOf(kind: NamedKind): readonly string[] {
    const { groups, schemas, profiles, lines, schedules } = this.#removed;
    const isReplaced = this.#choice.way === 'replace';
    return {
      // What is in the trash has no name that others could not have.
      model: isReplaced ? this.#stored.here.models.map(({ id }) => id) : [...this.#moved.models],
      'model-group': groups,
      schema: schemas,
      profile: profiles,
      'production-line': lines,
      schedule: schedules,
    }[kind];
  }

  #listFollowers(model: ReadonlyMap<string, string>, group: ReadonlyMap<string, string>): Notebook[] {
    if (model.size + group.size === 0) return [];
    const follow = followNames({ model, group });
    return this.#stored.here.notebooks
      .filter(({ id }) => !this.#moved.notebooks.has(id))
      .flatMap((notebook) => followInNotebook(notebook, follow) ?? []);
  }

  /** The one that was open in the file, else the first; none that stays in the trash. */
  #findFirst(): NotebookId | null {
    const { notebooks, settings } = this.#file;
    const open = notebooks.filter(({ id }) => id === settings.openNotebook);
    const found = [...open, ...notebooks].find(
      ({ id }) =>
        this.#getDecision('notebook', id) !== 'skip' || this.#matches.notebook.get(id)?.deletedAt === null,
    );
    return found ? this.#toNotebook(found.id) : null;
  }

  #findProfile(): ProfileId | null {
    const { profiles, settings } = this.#file;
    const active = profiles.find(({ id }) => id === settings.activeProfile);
    return active ? ProfileId.from(this.#ids.rename('profile', active.id)) : null;
  }

  #toNotebook(id: NotebookId): NotebookId {
    return NotebookId.from(this.#ids.rename('notebook', id));
  }

  /** Rows of cells that are put and load a version that the model that is kept here does not have. */
  #listLosses(notebooks: readonly Notebook[]): string[] {
    const { here } = this.#stored;
    const kept = new Map(
      [...this.#matches.model].flatMap(([id, { id: hereId, name }]) => {
        if (this.#getDecision('model', id) !== 'skip') return [];
        const numbers = here.versions.filter(
          ({ modelId, deletedAt }) => modelId === hereId && deletedAt === null,
        );
        return [[name, new Set(numbers.map(({ number }) => number))] as const];
      }),
    );
    return notebooks.flatMap(({ title, cells }) =>
      cells.flatMap((cell) => {
        if (cell.kind !== 'data-generator') return [];
        return cell.configuration.models.load.flatMap(({ name, version }) => {
          const numbers = kept.get(name);
          if (version === null || !numbers || numbers.has(version)) return [];
          return `“${cell.title}” of “${title}” loads version ${version} of “${name}”, which the model that was kept does not have. Choose another version there.`;
        });
      }),
    );
  }
}

/** The names that things of one kind get. */
interface Names {
  /** That of one of the file, by its id. */
  readonly of: (id: string) => string;
  /** Those of the file, by the names that they have there. */
  readonly followed: ReadonlyMap<string, string>;
  /** Those that take the place of what is here, by the names that this has. */
  readonly here: ReadonlyMap<string, string>;
}

function toKey(kind: ImportedKind, id: string): string {
  return `${kind} ${id}`;
}
