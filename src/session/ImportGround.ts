import type { NamedThing, PresentContents } from '../model/import-choices.ts';
import { NotebookId } from '../model/ids.ts';
import type { Notebook } from '../model/notebook.ts';
import { standardWorkspaceTitle } from '../model/workspace.ts';
import type { ImportChoice, ImportResult } from '../model/workspace-import.ts';
import { createDeferred } from '../shared/deferred.ts';
import type { ModelRepository } from './ModelRepository.svelte.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import type { NotebookShelf } from './NotebookShelf.svelte.ts';
import type { ProductionLines } from './ProductionLines.svelte.ts';
import type { Profiles } from './Profiles.svelte.ts';
import type { Schedules } from './Schedules.svelte.ts';
import type { SchemaRepository } from './SchemaRepository.svelte.ts';
import type { Workspaces } from './Workspaces.svelte.ts';

/** What keeps a choice from being carried out. */
export interface ImportObstacle {
  /** running: something runs in it in this tab, or is imported, and would be lost; elsewhere: another tab changes it. */
  readonly type: 'running' | 'elsewhere';
  /** Of the notebook. */
  readonly title: string;
}

export interface GroundServices {
  readonly shelf: NotebookShelf;
  readonly profiles: Profiles;
  readonly schemas: SchemaRepository;
  readonly models: ModelRepository;
  readonly lines: ProductionLines;
  readonly schedules: Schedules;
  readonly listSessions: () => readonly NotebookSession[];
  /** Whether another tab may change a notebook. */
  readonly isElsewhere: (id: NotebookId) => Promise<boolean>;
  /** Keeps other tabs from changing a notebook until that is released; null where one of them may change it. */
  readonly reserve: (id: NotebookId) => Promise<(() => void) | null>;
  /** Stores all that was written; gives the titles of the notebooks that could not be stored. */
  readonly save: () => Promise<readonly string[]>;
  readonly workspaces: Pick<Workspaces, 'title' | 'createFreeTitle' | 'openImported'>;
  /** Tells other tabs that something else is stored of a notebook, or nothing any more. */
  readonly tellChange: (id: NotebookId) => void;
}

/** How long is waited for runs to stop: so often, and so many milliseconds in between. */
const mostLooks = 200;
const betweenLooks = 50;

/** The workspace as an import finds it: what there is, what is in its way, and what has to wait for it. */
export class ImportGround {
  readonly #services: GroundServices;
  #free: Promise<unknown> = Promise.resolve();

  constructor(services: GroundServices) {
    this.#services = services;
  }

  /** What there is, as far as somebody has made it. */
  async describe(): Promise<PresentContents> {
    const { shelf, profiles, schemas, models, lines, schedules } = this.#services;
    await models.load();
    const { models: known, groups } = models.known;
    // One is in every workspace.
    const people = profiles.profiles.length > 1 ? profiles.profiles : [];
    const inUse = known.filter(({ deletedAt }) => deletedAt === null);
    return {
      notebooks: shelf.notebooks.length,
      cells: shelf.notebooks.reduce((sum, { cells }) => sum + cells.length, 0),
      files: shelf.notebooks.reduce(
        (sum, { files, wheels, requirements }) =>
          sum + files.length + wheels.length + (requirements === '' ? 0 : 1),
        0,
      ),
      models: inUse.length,
      modelGroups: groups.length,
      schemas: schemas.schemas.length,
      productionLines: lines.lines.length,
      schedules: schedules.schedules.length,
      profiles: Math.max(0, profiles.profiles.length - 1),
      inTrash: shelf.trash.length + known.length - inUse.length,
      withoutTrash: [
        ...groups.map(({ name }): NamedThing => ({ kind: 'model-group', title: name })),
        ...schemas.schemas.map(({ name }): NamedThing => ({ kind: 'schema', title: name })),
        ...lines.lines.map(({ title }): NamedThing => ({ kind: 'production-line', title })),
        ...schedules.schedules.map(({ title }): NamedThing => ({ kind: 'schedule', title })),
        ...people.map(({ username }): NamedThing => ({ kind: 'profile', title: username })),
      ],
    };
  }

  /** How a workspace of a file would be called beside the others; by the name of the file where nobody has named it. */
  proposeTitle(title: string, fileName: string): string {
    const isNamed = title !== '' && title !== standardWorkspaceTitle;
    const ofFile = fileName.replace(/\.[^.]+$/, '');
    return this.#services.workspaces.createFreeTitle(isNamed ? title : ofFile || standardWorkspaceTitle);
  }

  /** What a choice would take away from under somebody. What runs here ends in any case, as the page is loaded anew. */
  async findObstacles(choice: ImportChoice): Promise<readonly ImportObstacle[]> {
    const { isElsewhere } = this.#services;
    const obstacles = this.#listBusy().map(({ notebook: { title } }): ImportObstacle => ({
      type: 'running',
      title,
    }));
    for (const { id, title } of this.#listReplaced(choice)) {
      if (await isElsewhere(id)) obstacles.push({ type: 'elsewhere', title });
    }
    return obstacles;
  }

  /** Stops all that runs in this tab; settles when it has ended, or does not end soon. */
  async stopRuns(): Promise<void> {
    const { schedules, lines, listSessions } = this.#services;
    for (const { id } of schedules.schedules) schedules.getOngoing(id)?.stop();
    for (const { id } of lines.lines) lines.getOngoing(id)?.stop();
    for (const session of listSessions()) {
      session.stopAll();
      for (const one of session.imports.others) one.cancel();
    }
    for (let look = 0; look < mostLooks && this.#listBusy().length > 0; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, betweenLooks));
    }
  }

  /**
   * Has what was written here stored, and runs wait until `work` has failed; where it does not, for good. So long no other tab that
   * opens a notebook which goes may change it. Other tabs are told of what it did to these notebooks and those that there were.
   */
  async hold(
    choice: ImportChoice,
    notebookIds: readonly NotebookId[],
    work: () => Promise<ImportResult>,
  ): Promise<ImportResult> {
    const { shelf, profiles, tellChange } = this.#services;
    const { promise, resolve } = createDeferred<null>();
    this.#free = promise;
    const reserved: (() => void)[] = [];
    try {
      for (const { id, title } of this.#listReplaced(choice)) {
        const release = await this.#services.reserve(id);
        if (!release) throw new Error(`“${title}” is open in another tab. Close it there, then try again.`);
        reserved.push(release);
      }
      // Where nobody was chosen it is the oldest, and an older one may come with the file.
      profiles.switchTo(profiles.active.id);
      const [unsaved] = await this.#services.save();
      if (unsaved !== undefined) {
        throw new Error(
          `“${unsaved}” could not be stored as it is shown here, and would be lost. Make room for it first.`,
        );
      }
      const result = await work();
      const changed = [...shelf.notebooks, ...shelf.trash].map(({ id }) => id);
      const { notebookId, trashedIds } = result;
      const all = new Set([...changed, ...notebookIds, ...trashedIds, notebookId]);
      for (const id of all) if (id) tellChange(id);
      return result;
    } catch (error) {
      for (const release of reserved) release();
      resolve(null);
      throw error;
    }
  }

  /** Settles when no import is being stored: a run that begins by itself waits for that. */
  async whenFree(): Promise<void> {
    await this.#free;
  }

  /** How the workspace is called that is open. */
  get title(): string {
    return this.#services.workspaces.title;
  }

  /** Shows what an import came to, and tells of it, in a page that knows nothing of what was here before. */
  async leaveFor({ workspaceId, notebookId }: ImportResult, told: string): Promise<void> {
    await this.#services.workspaces.openImported(workspaceId, notebookId, told);
  }

  /** The notebooks that a choice puts others in the place of, or takes away. */
  #listReplaced({ way, conflicts }: ImportChoice): readonly Notebook[] {
    const { shelf } = this.#services;
    if (way === 'replace') return [...shelf.notebooks, ...shelf.trash];
    if (way === 'new') return [];
    return conflicts.flatMap(({ kind, id, choice }) =>
      kind === 'notebook' && choice === 'take' ? (shelf.find(NotebookId.from(id)) ?? []) : [],
    );
  }

  #listBusy(): readonly NotebookSession[] {
    return this.#services
      .listSessions()
      .filter(({ isBusy, imports }) => isBusy || imports.others.some(({ state }) => state.step !== 'failed'));
  }
}
