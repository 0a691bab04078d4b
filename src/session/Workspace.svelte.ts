// Longer than most files: all that is open is tied together here, in one short method after the other.
import type { ImportEngine } from '../data/import/ImportEngine.ts';
import type { TableEngine } from '../data/TableEngine.ts';
import type { Kernel } from '../kernel/Kernel.ts';
import type { FetchWatch } from '../model/fetch-watch.ts';
import { applyEdit, type Edit } from '../model/edits.ts';
import { NotebookId, type CellId, type SessionId, type WorkspaceId } from '../model/ids.ts';
import type { KeptFiles } from '../model/kept-files.ts';
import type { LinkedNotebook } from '../model/linked-notebook.ts';
import { keepOriginal } from '../model/lesson.ts';
import type { RunStep } from '../model/line-run.ts';
import { renameInNotebook, type ModelRename } from '../model/model-renames.ts';
import { duplicateNotebook, type Notebook } from '../model/notebook.ts';
import { createSecretHash, type HashSecret } from '../model/secret-hash.ts';
import type { SettingName, Settings } from '../model/settings.ts';
import { timeAfter } from '../model/time-after.ts';
import { Lanes } from '../shared/Lanes.ts';
import { logger } from '../shared/logger.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { toMessage } from '../shared/to-message.ts';
import type { Storage, StorageProblem } from '../storage/Storage.ts';
import type { LinkSources } from '../storage/notebook-link/write-link.ts';
import { startExportWorker } from '../storage/workspace-file/start-export-worker.ts';
import { WorkspaceExporter } from '../storage/workspace-file/WorkspaceExporter.ts';
import type { OfferedExample } from '../examples/list-examples.ts';
import { ApiServer } from './ApiServer.svelte.ts';
import { Profiles } from './Profiles.svelte.ts';
import type { PresentLinked } from './find-linked.ts';
import { LessonSources, type NewerLesson } from './LessonSources.ts';
import { makeExample } from './make-example.ts';
import { ImportGround } from './ImportGround.ts';
import { IncomingFiles, type IncomingTools } from './IncomingFiles.svelte.ts';
import { nameFiles, type FoundFlows, type ImportNote } from './flow-files.ts';
import type { NotebookAddress } from './notebook-links.ts';
import { loadContents } from './load-contents.ts';
import { NetworkGate, type Asker } from './NetworkGate.svelte.ts';
import { NetworkSettings } from './NetworkSettings.svelte.ts';
import { NotebookAccess } from './NotebookAccess.ts';
import type { NotebookClaims } from './NotebookClaims.svelte.ts';
import { NotebookSession } from './NotebookSession.svelte.ts';
import { NotebookShelf } from './NotebookShelf.svelte.ts';
import type { NotebookRunner } from './OngoingRun.svelte.ts';
import type { Notices } from './Notices.svelte.ts';
import { ModelRenames } from './ModelRenames.ts';
import { ModelRepository } from './ModelRepository.svelte.ts';
import { ProductionLines, type LinesServices } from './ProductionLines.svelte.ts';
import type { RunOrder } from './run-order.ts';
import { ScheduledEdits } from './ScheduledEdits.svelte.ts';
import { Schedules } from './Schedules.svelte.ts';
import { SchemaRepository } from './SchemaRepository.svelte.ts';
import { StorageRoom, type RoomServices } from './StorageRoom.svelte.ts';
import type { Tabs } from './TabPresence.ts';
import type { TimeService } from './TimeService.ts';
import { Trust } from './Trust.svelte.ts';
import { Workspaces } from './Workspaces.svelte.ts';
import type { WorkspaceTab } from './WorkspaceTab.ts';
import { WorkspaceExport } from './WorkspaceExport.svelte.ts';

/** So many notebooks are run at once for schedules and production lines. */
const mostInBackground = 2;

export interface WorkspaceServices {
  readonly storage: Storage;
  readonly tables: TableEngine;
  readonly importer: ImportEngine;
  readonly notices: Notices;
  /** Makes a kernel that has these packages ready. */
  readonly createKernel: (packages: readonly string[]) => Kernel;
  /** The folder of Python's packages that scripts may fetch from; ends in a slash. */
  readonly distributionUrl: string;
  readonly time: TimeService;
  /** What this tab knows of the workspaces of other tabs, and which its own is. */
  readonly tab: WorkspaceTab;
  /** What this tab knows of others that have a workspace open. */
  readonly createTabs: (id: WorkspaceId) => Tabs;
  /** What the browser says of the room that it grants; null where it says nothing. */
  readonly storageManager: RoomServices['manager'];
  /** What the browser keeps for the app beside what is stored; not given where nothing is. */
  readonly keptFiles?: KeptFiles;
  /** Which notebooks this tab may change, beside others that have the workspace open. */
  readonly createClaims: (id: WorkspaceId) => NotebookClaims;
  /** The folder that the site is served from, with a slash at its end. */
  readonly siteUrl: string;
  readonly appVersion: string;
  /** Gets a file of another host for the notebook of a kernel. Rejects with a sentence for the reader. */
  readonly fetchOutside: (kernelId: string, url: string, watch?: FetchWatch) => Promise<Blob>;
  /** How workspace files come in. */
  readonly incoming: IncomingTools;
}

/** A cell that the focus is to go to once its notebook is shown. */
export interface CellWish {
  readonly cellId: CellId;
  isServed: boolean;
}

/** Everything that is open: the notebooks, the one shown, the settings. */
export class Workspace {
  readonly notices: Notices;
  /** Decides which hosts scripts reach. */
  readonly network: NetworkGate;
  readonly schemas: SchemaRepository;
  readonly lines: ProductionLines;
  readonly schedules: Schedules;
  /** Changes to notebooks that run on behalf of others. */
  readonly scheduledEdits: ScheduledEdits;
  readonly profiles: Profiles;
  /** The server that scripts know the API of. */
  readonly server: ApiServer;
  readonly models: ModelRepository;
  /** The workspace file that is on its way in. */
  readonly incoming: IncomingFiles;
  /** The others that there are, and what is done with this one as a whole. */
  readonly workspaces: Workspaces;
  /** Whether what came with workspace files may run. */
  readonly trust: Trust;
  readonly #id: WorkspaceId;
  /** What is stored takes of the browser's room. */
  readonly room: StorageRoom;
  readonly #services: WorkspaceServices;
  readonly #shelf: NotebookShelf;
  readonly #hashSecret: HashSecret;
  readonly #renames = new ModelRenames();
  readonly #claims: NotebookClaims;
  readonly #access: NotebookAccess;
  readonly #ground: ImportGround;
  #settings: Settings;
  #session = $state.raw<NotebookSession | null>(null);
  #cellWish = $state.raw<CellWish | null>(null);
  /** Sessions of notebooks that still ran when another was opened. */
  readonly #background = new Map<NotebookId, NotebookSession>();
  /** Sessions that are made, until one of those who wanted them has them: nobody else ends them before. */
  readonly #opening = new Map<NotebookId, Promise<NotebookSession | null>>();

  /** The notebook that is shown, and which runs of it by schedules and lines it was last seen with. */
  #seenRuns = '';

  /** Each has a Python of its own, which takes memory. */
  readonly #lanes = new Lanes(mostInBackground);

  private constructor(
    workspaces: Workspaces,
    services: WorkspaceServices,
    shelf: NotebookShelf,
    settings: Settings,
    network: NetworkSettings,
    schemas: SchemaRepository,
    profiles: Profiles,
    tabs: Tabs,
    claims: NotebookClaims,
    hashSecret: HashSecret,
    trust: Trust,
  ) {
    const { id } = workspaces;
    this.workspaces = workspaces;
    this.#id = id;
    this.#services = services;
    this.#hashSecret = hashSecret;
    this.#claims = claims;
    this.trust = trust;
    trust.onChange(() => {
      this.#noteTrust();
    });
    this.#access = new NotebookAccess(claims, {
      storage: services.storage,
      notices: services.notices,
      shelf,
      findSession: (notebookId) => this.#findSession(notebookId),
      leaveDeleted: (notebookId) => this.#leaveDeleted(notebookId),
    });
    this.notices = services.notices;
    this.#shelf = shelf;
    this.schemas = schemas;
    this.profiles = profiles;
    this.models = new ModelRepository({
      storage: services.storage,
      notices: services.notices,
      getNotebooks: () => [...shelf.notebooks, ...shelf.trash],
      getActiveProfile: () => this.profiles.active,
      saveNow: () => {
        this.saveNow();
      },
      takeNames: (renames) => {
        this.#takeNames(renames);
      },
    });
    const { distributionUrl, siteUrl, storage } = services;
    this.room = new StorageRoom({
      storage,
      notices: services.notices,
      manager: services.storageManager,
      kept: services.keptFiles,
      hasAsked: () => this.#settings.hasAskedToKeep,
      noteAsked: () => {
        this.changeSetting('hasAskedToKeep', true);
      },
    });
    const findAsker = (kernelId: string): Asker | null => this.#findAsker(kernelId);
    this.network = new NetworkGate({ settings: network, distributionUrl, findAsker });
    this.server = new ApiServer({ storage, profiles, network, siteUrl, findAsker });
    this.#settings = $state.raw(settings);
    const runner: NotebookRunner = {
      run: (notebookId, order) => this.#runNotebook(notebookId, order),
      getTitle: (notebookId) => this.#shelf.find(notebookId)?.title ?? 'A notebook that is gone',
      findDistrust: (ids) => this.#findDistrust(ids),
    };
    const shared = { ...services, people: profiles, tabs, runner };
    const listSchedules: LinesServices['listSchedules'] = (lineId) =>
      this.schedules.listOfLine(lineId).map(({ title }) => title);
    this.lines = new ProductionLines({ ...shared, listSchedules }, id);
    const onRefresh = (): void => void this.#showRunsOfOthers();
    this.schedules = new Schedules({ ...shared, lines: this.lines, onRefresh }, id);
    const { createReader, fetchFile } = services.incoming;
    this.#ground = new ImportGround({
      shelf,
      profiles,
      schemas,
      models: this.models,
      lines: this.lines,
      schedules: this.schedules,
      listSessions: () => this.#listSessions(),
      isElsewhere: (notebookId) => this.#access.isElsewhere(notebookId),
      reserve: (notebookId) => this.#access.reserve(notebookId),
      workspaces,
      save: () => this.save(),
      tellChange: (notebookId) => {
        claims.tellChange(notebookId);
      },
    });
    this.incoming = new IncomingFiles({
      siteUrl,
      reader: createReader(id),
      fetchFile,
      network: this.network,
      ground: this.#ground,
    });
    this.scheduledEdits = new ScheduledEdits({
      listSchedules: (notebookId) => this.schedules.listOf(notebookId),
      getActiveProfileId: () => profiles.active.id,
      pause: (scheduleId) => this.schedules.pause(scheduleId),
      takeBack: (notebookId, inverse) => {
        this.#takeBack(notebookId, inverse);
      },
    });
  }

  /** Reads what is stored, makes a first notebook where there is none, and opens the one opened last. */
  static async open(services: WorkspaceServices): Promise<Workspace> {
    const { storage, notices } = services;
    const workspaces = await Workspaces.open({
      storage,
      notices,
      tab: services.tab,
      listRunning: () => workspace.listRunning(),
      save: () => workspace.save(),
    });
    const { id } = workspaces;
    const found = await storage.loadNotebooks();
    for (const problem of found.problems) notices.tell(problem);
    const network = await NetworkSettings.open(storage, id, notices);
    const claims = services.createClaims(id);
    const onStored = (changed: NotebookId): void => {
      claims.tellChange(changed);
    };
    const shelf = new NotebookShelf({ storage, notices, onStored }, id, found.values);
    const schemas = await storage.loadSchemas();
    for (const problem of schemas.problems) notices.tell(problem);
    const repository = new SchemaRepository(
      { storage, notices, getNotebooks: () => [...shelf.notebooks, ...shelf.trash] },
      id,
      schemas.values.filter(({ workspaceId }) => workspaceId === id),
    );
    const hashSecret = createSecretHash(await storage.loadSecretSalt(id));
    const settings = await storage.loadSettings();
    const tabs = services.createTabs(id);
    const profiles = await Profiles.open(
      { storage, notices, tabs, listSchedules: (profileId) => workspace.schedules.listOwned(profileId) },
      id,
      settings.activeProfile,
    );
    const trust = await Trust.open({ storage, notices }, id);
    const workspace = new Workspace(
      workspaces,
      services,
      shelf,
      settings,
      network,
      repository,
      profiles,
      tabs,
      claims,
      hashSecret,
      trust,
    );
    shelf.emptyTrash();
    // Another tab may bring back what it has deleted; this one has deleted nothing yet.
    const isAlone = (await tabs.isAlone()) && !(await workspaces.isAnyOtherOpen());
    if (isAlone) void storage.dropStrayJobs();
    const { openNotebook } = workspace.settings;
    const last =
      workspace.notebooks.find((notebook) => notebook.id === openNotebook) ?? workspace.notebooks[0];
    if (last) await workspace.openNotebook(last.id);
    else await workspace.createNotebook('My first notebook');
    await workspace.schedules.open();
    // Nothing that is shown at first waits for it.
    void workspace.models.emptyTrash();
    void workspaces.emptyTrash();
    return workspace;
  }

  /** The notebooks that are not in the trash, oldest first. */
  get notebooks(): readonly Notebook[] {
    return this.#shelf.notebooks;
  }

  /** The notebooks that were deleted and can be brought back, newest first. */
  get trash(): readonly Notebook[] {
    return this.#shelf.trash;
  }

  /** The title of a notebook, also of one in the trash; null where it is gone. */
  findTitle(id: NotebookId): string | null {
    return this.#shelf.find(id)?.title ?? null;
  }

  get session(): NotebookSession | null {
    return this.#session;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** The last wish to move the focus to a cell; the notebook that has the cell notes on it that it has done so. */
  get cellWish(): CellWish | null {
    return this.#cellWish;
  }

  changeSetting<Name extends SettingName>(name: Name, value: Settings[Name]): void {
    this.#settings = { ...this.#settings, [name]: value };
    void this.#services.storage.saveSetting(name, value);
  }

  async createNotebook(title = 'Notebook'): Promise<void> {
    const notebook = this.#shelf.build({ title });
    this.#shelf.add(notebook);
    this.#shelf.save(notebook);
    await this.openNotebook(notebook.id);
  }

  /** Makes a notebook of a flow and opens it. Gives what was not taken over as it was; the problem is a sentence. */
  async importFlow({ files }: FoundFlows, path: string): Promise<Result<readonly ImportNote[], string>> {
    const { importFlow } = await import('../oomol/index.ts');
    const read = importFlow(files, path);
    if (!read.isOk) return read;
    const { title, cells, connections, requirements, notes } = read.value;
    const { files: notebookFiles, blobs } = await nameFiles(this.#services.tables, read.value.files);
    const notebook = this.#shelf.build({ title, cells, connections, requirements, files: notebookFiles });
    const written = await this.#services.storage.saveNotebook(notebook, blobs);
    if (!written.isOk) return fail(describeUnkept(title, written.problem));
    this.#addStored(notebook);
    await this.openNotebook(notebook.id);
    return succeed(notes);
  }

  /**
   * Makes a notebook of an example and opens it. Gives why it could not, as a sentence, and keeps nothing of it; null where
   * it did.
   */
  async openExample(offered: OfferedExample): Promise<string | null> {
    const { storage, importer, notices } = this.#services;
    const made = await makeExample(offered, { importer, schemas: this.schemas });
    if (!made.isOk) return made.problem;
    const { content, source, blobs, schemas } = made.value;
    const { notebook, blob } = await keepOriginal(this.#shelf.build(content), source);
    const written = await storage.saveNotebook(notebook, [...blobs, blob], schemas);
    if (!written.isOk) return describeUnkept(content.title, written.problem);
    this.schemas.addStored(schemas);
    this.#addStored(notebook);
    await this.openNotebook(notebook.id);
    notices.offer(`“${notebook.title}” was opened as a new notebook.`, {
      label: 'Undo',
      run: () => void this.deleteNotebook(notebook.id),
    });
    return null;
  }

  /** Which Cahier this is, and where it is. */
  get site(): { readonly siteUrl: string; readonly appVersion: string } {
    const { siteUrl, appVersion } = this.#services;
    return { siteUrl, appVersion };
  }

  /** The notebook that is shown as an address, which whoever opens it gets the notebook from. The problem is a sentence. */
  async createAddress({ notebook }: NotebookSession): Promise<Result<NotebookAddress, string>> {
    const { createNotebookAddress } = await import('./notebook-links.ts');
    return await createNotebookAddress(notebook, this.#services.siteUrl, this.#linkSources);
  }

  /** What is here already of the notebook that a link holds; null where nothing is. */
  async findLinked(linked: LinkedNotebook): Promise<PresentLinked | null> {
    const { findPresentLinked } = await import('./find-linked.ts');
    this.saveNow();
    return await findPresentLinked(linked, [...this.notebooks, ...this.trash], this.#linkSources);
  }

  /** Opens a notebook of which a link holds another version, and gives that. Rejects where it cannot be made. */
  async openBesideLink(
    linked: LinkedNotebook,
    id: NotebookId,
  ): Promise<{ readonly session: NotebookSession; readonly version: NewerLesson } | null> {
    await this.openNotebook(id);
    const session = this.#session;
    if (session?.notebook.id !== id) return null;
    const { tables } = this.#services;
    const { makeVersion } = await import('./notebook-links.ts');
    const services = { tables, schemas: this.schemas, readBlob: this.#linkSources.readBlob };
    return { session, version: await makeVersion(linked, session.notebook, services) };
  }

  /**
   * Adds a notebook that came by a link as a lesson, which is not trusted, and opens it. Gives why it could not, as a sentence, and keeps
   * nothing of it; null where it did.
   */
  async addLinked(linked: LinkedNotebook): Promise<string | null> {
    const { storage, tables } = this.#services;
    const { makeLinked, toLessonSource } = await import('./notebook-links.ts');
    const made = await makeLinked(linked, this.#id, { tables, schemas: this.schemas });
    const { content, blobs, schemas, imported } = made;
    const { notebook, blob } = await keepOriginal(this.#shelf.build(content), toLessonSource(linked));
    const written = await storage.saveNotebook(notebook, [...blobs, blob], schemas, imported);
    if (!written.isOk) return describeUnkept(content.title, written.problem);
    this.schemas.addStored(schemas);
    await this.trust.refresh();
    this.#addStored(notebook);
    await this.openNotebook(notebook.id);
    return null;
  }

  /** Opens a notebook and has the focus go to one of its cells. */
  async showCell(notebookId: NotebookId, cellId: CellId): Promise<void> {
    this.#cellWish = { cellId, isServed: false };
    await this.openNotebook(notebookId);
  }

  async openNotebook(id: NotebookId): Promise<void> {
    if (this.#session?.notebook.id === id) return;
    await this.#useSession(id, (session) => {
      if (!session || this.#session === session) return;
      this.#background.delete(id);
      this.#leaveSession();
      this.#session = session;
      this.changeSetting('openNotebook', id);
    });
  }

  renameNotebook(id: NotebookId, title: string): void {
    const session = this.#findSession(id);
    if (session) {
      session.editor.edit({ type: 'rename-notebook', title });
      return;
    }
    void this.#changeClosed(id, (notebook) => ({
      ...notebook,
      title,
      changedAt: timeAfter(notebook.changedAt),
    }));
  }

  /** Makes a copy with the same cells and results, and opens it. */
  async duplicateNotebook(id: NotebookId): Promise<void> {
    this.saveNow();
    const notebook = this.#shelf.find(id);
    if (!notebook) return;
    const title = this.#shelf.createFreeTitle(`${notebook.title} copy`);
    const copy = duplicateNotebook(notebook, NotebookId.create(), title, Date.now());
    const pairs = notebook.cells.flatMap((cell, index) => {
      const copied = copy.cells[index];
      return copied ? [[cell.id, copied.id] as const] : [];
    });
    const cellIds = new Map(pairs);
    const written = await this.#services.storage.addCopy({ notebook: copy, sourceId: id, cellIds });
    this.#shelf.report(written, copy);
    this.#shelf.add(copy);
    await this.openNotebook(copy.id);
  }

  /** Puts a notebook into the trash and offers to bring it back. */
  async deleteNotebook(id: NotebookId): Promise<void> {
    if (await this.#refuseElsewhere(id)) return;
    this.saveNow();
    const notebook = this.#shelf.find(id);
    if (!notebook) return;
    this.#shelf.change({ ...notebook, deletedAt: Date.now() });
    const wasOpen = this.#session?.notebook.id === id;
    const restore = (): void => {
      if (wasOpen) void this.restoreNotebook(id);
      else this.#takeFromTrash(id);
    };
    const text = `“${notebook.title}” was deleted.${this.#describeRuns(id)}`;
    this.notices.offer(text, { label: 'Undo', run: restore }, id);
    await this.#leaveDeleted(id);
  }

  /** Closes a notebook that is in the trash, and opens another one where it was shown. */
  async #leaveDeleted(id: NotebookId): Promise<void> {
    const background = this.#background.get(id);
    this.#background.delete(id);
    if (background) this.#end(background);
    if (this.#session?.notebook.id !== id) return;
    this.#end(this.#session);
    this.#session = null;
    const next = this.notebooks[0];
    if (next) await this.openNotebook(next.id);
    else await this.createNotebook();
  }

  /** Changes what is stored of a notebook that is not open, unless another tab has it. */
  async #changeClosed(id: NotebookId, change: (notebook: Notebook) => Notebook): Promise<void> {
    if (await this.#refuseElsewhere(id)) return;
    const notebook = this.#shelf.find(id);
    if (!notebook) return;
    const distrust = this.trust.describeDistrust(notebook);
    if (distrust === null) this.#shelf.change(change(notebook));
    else this.notices.refuse(`“${notebook.title}” can only be read: it ${distrust}.`);
  }

  /** Refuses to change a notebook from here that another tab has open; whether that is so. */
  async #refuseElsewhere(id: NotebookId): Promise<boolean> {
    const isElsewhere = await this.#access.isElsewhere(id);
    if (isElsewhere) {
      const title = this.findTitle(id) ?? 'This notebook';
      this.notices.refuse(
        `“${title}” is open in another tab. Close it there, or open it here and press “Edit here” first.`,
      );
    }
    return isElsewhere;
  }

  /** Lets this tab change a notebook that is open in another one too, which can read it from then on. */
  async takeOver(id: NotebookId): Promise<void> {
    await this.#access.takeOver(id);
  }

  /** Brings a notebook back from the trash, and opens it. */
  async restoreNotebook(id: NotebookId): Promise<void> {
    if (this.#takeFromTrash(id)) await this.openNotebook(id);
  }

  /** Returns whether it is there. */
  #takeFromTrash(id: NotebookId): boolean {
    const notebook = this.#shelf.find(id);
    if (!notebook) return false;
    this.notices.settle(id);
    this.#shelf.change({ ...notebook, deletedAt: null });
    return true;
  }

  /** Removes a notebook from the trash for good, which frees its room. */
  async removeForGood(id: NotebookId): Promise<void> {
    this.notices.settle(id);
    await this.#shelf.removeForGood(id);
  }

  /** Begins to make a file of the workspace as it stands, or of one of its notebooks alone; `dispose` ends it. */
  startExport(only: NotebookId | null = null): WorkspaceExport {
    this.saveNow();
    const { storage, appVersion } = this.#services;
    return new WorkspaceExport(new WorkspaceExporter(storage, this.#id, startExportWorker, only), appVersion);
  }

  /** Removes all that is in the trash for good, notebooks and models. */
  async emptyTrash(): Promise<void> {
    for (const { id } of this.trash) await this.removeForGood(id);
    await this.models.emptyTrash(Infinity);
  }

  /** Removes what is kept of earlier runs of all notebooks; why that did not work, null where it did. */
  async removeHistory(): Promise<string | null> {
    const isRunning = (id: SessionId): boolean =>
      this.#listSessions().some((session) => session.isRunning(id));
    const problem = await this.room.removeHistory(this.notebooks.map(({ id }) => ({ id, isRunning })));
    await this.#session?.history.refresh();
    return problem;
  }

  /** Writes at once what waits to be saved. */
  saveNow(): void {
    for (const session of this.#listSessions()) session.editor.saveNow();
  }

  /** Stores all that was written; gives the titles of the notebooks that could not be stored. */
  async save(): Promise<readonly string[]> {
    this.saveNow();
    await this.#services.storage.pending();
    return await this.#shelf.settle();
  }

  /** The titles of the notebooks in which something runs, or is imported. */
  listRunning(): readonly string[] {
    const isRunning = ({ isBusy, imports }: NotebookSession): boolean =>
      isBusy || imports.others.some(({ state }) => state.step !== 'failed');
    return this.#listSessions()
      .filter(isRunning)
      .map(({ notebook }) => notebook.title);
  }

  /** Uses the session of a notebook, shown or not, which is made in the background where there is none. */
  async #useSession<Outcome>(
    id: NotebookId,
    use: (session: NotebookSession | null) => Outcome,
  ): Promise<Outcome> {
    const open = this.#findSession(id);
    if (open) return use(open);
    const opening =
      this.#opening.get(id) ??
      this.#createSession(id).then((session) => {
        if (session) this.#background.set(id, session);
        return session;
      });
    this.#opening.set(id, opening);
    try {
      return use(await opening);
    } finally {
      this.#opening.delete(id);
    }
  }

  /**
   * Runs a notebook for a schedule or a production line, in the background where it is not open, when not too many others
   * are run so. Never rejects.
   */
  async #runNotebook(id: NotebookId, order: RunOrder): Promise<RunStep> {
    const step = { notebookId: id, title: this.#shelf.find(id)?.title ?? 'A notebook', sessionId: null };
    const stopped: RunStep = { ...step, status: 'stopped', reason: 'It was stopped.' };
    return (await this.#lanes.run(() => this.#runNow(id, order), order.signal)) ?? stopped;
  }

  async #runNow(id: NotebookId, order: RunOrder): Promise<RunStep> {
    const title = this.#shelf.find(id)?.title ?? 'A notebook';
    const gone = 'The notebook is not there any more. Choose another one for what runs it.';
    const failed = (reason: string): RunStep => ({
      notebookId: id,
      title,
      sessionId: null,
      status: 'failed',
      reason,
    });
    try {
      await this.#ground.whenFree();
      await this.#renewSession(id);
      const notebook = await this.#shelf.refresh(id);
      if (!notebook) return failed(gone);
      if (notebook.deletedAt !== null) {
        return failed(
          `“${notebook.title}” is in the trash. Restore it, or choose another one for what runs it.`,
        );
      }
      const end = await this.#useSession(id, (session) => session?.ordered.run(order));
      return end ? { notebookId: id, title: notebook.title, ...end } : failed(gone);
    } catch (error) {
      logger.error('a notebook could not be run', error);
      return failed(`“${title}” could not be run: ${toMessage(error)}`);
    }
  }

  /**
   * Opens a notebook anew that another tab has changed since it was opened here: what runs is what is stored, and what
   * a run changes of the notebook must not bring back what it was before.
   */
  async #renewSession(id: NotebookId): Promise<void> {
    const open = this.#findSession(id);
    const stored = open && (await this.#services.storage.loadNotebook(id));
    if (!stored || !isOutdated(open, stored)) return;
    this.#shelf.replace(stored);
    const fresh = await this.#createSession(id);
    if (!fresh) return;
    // What was written or begun meanwhile stays.
    if (!isOutdated(open, stored) || this.#findSession(id) !== open) {
      fresh.dispose();
      return;
    }
    open.dispose();
    if (this.#session === open) this.#session = fresh;
    else this.#background.set(id, fresh);
  }

  /** Has the notebook that is shown take in what a schedule or a line came to that ran it in another tab. */
  async #showRunsOfOthers(): Promise<void> {
    const session = this.#session;
    if (!session || session.isBusy) return;
    const { id } = session.notebook;
    const lastRuns = [...this.schedules.listOf(id), ...this.lines.listOf(id)].flatMap(
      ({ runs }) => runs[0]?.id ?? [],
    );
    const seen = [id, ...lastRuns].join(' ');
    if (lastRuns.length === 0 || seen === this.#seenRuns) return;
    this.#seenRuns = seen;
    const { storage } = this.#services;
    try {
      const [jobs, checkpoints] = await Promise.all([storage.loadJobs(id), storage.loadCheckpoints(id)]);
      session.takeResults({ jobs: jobs.values, checkpoints: checkpoints.values });
    } catch (error) {
      logger.warn('What another tab has run cannot be read: the results known last are shown', error);
    }
  }

  /** What runs a notebook by itself, as the end of a sentence that says that it was deleted; empty where nothing does. */
  #describeRuns(id: NotebookId): string {
    const names = [
      ...this.schedules.listOf(id).map(({ title }) => `the schedule “${title}”`),
      ...this.lines.listOf(id).map(({ title }) => `the production line “${title}”`),
    ];
    return names.length === 0 ? '' : ` Until it is restored, ${names.join(' and ')} will fail.`;
  }

  async #createSession(id: NotebookId): Promise<NotebookSession | null> {
    const { storage, tables, importer, notices, createKernel, fetchOutside } = this.#services;
    await this.#access.open(id);
    const found = this.#shelf.find(id);
    if (found) await this.trust.learn(found);
    const contents = await loadContents({ storage, notices }, id, this.#shelf.find(id)?.wheels ?? []);
    const notebook = this.#shelf.find(id);
    if (!notebook) {
      this.#access.close(id);
      return null;
    }
    return new NotebookSession(notebook, contents, {
      storage,
      tables,
      notices,
      createKernel,
      fetchOutside,
      findSchema: (schemaId) => this.schemas.find(schemaId),
      lessons: new LessonSources({ importer, schemas: this.schemas }),
      renames: this.#renames,
      hashSecret: this.#hashSecret,
      onEdited: (session, edit, inverse) => {
        this.scheduledEdits.noteEdit(session, edit, inverse);
      },
      askForFiles: (session, runAs, changedPaths) =>
        this.scheduledEdits.askForFiles(session, runAs, changedPaths),
      getActiveProfile: () => this.profiles.active,
      createAuthorization: (job) => this.server.createAuthorization(job),
      getKnownModels: () => (this.models.isLoaded ? this.models.known : null),
      onModelsSaved: (known) => {
        this.models.take(known);
      },
      onChange: (changed) => {
        this.#shelf.replace(changed);
      },
      save: (changed) => {
        this.#shelf.save(changed);
      },
      takeBack: (inverse) => {
        this.#takeBack(id, inverse);
      },
      isReadOnly: () => this.#access.isReadOnly(id),
      describeDistrust: this.trust.describeDistrust,
      onStored: () => {
        this.#claims.tellChange(id);
        void this.room.noteStored();
      },
      onJobEnd: (jobId) => {
        this.network.endJob(jobId);
      },
      onIdle: () => {
        this.#closeIdle();
        void this.#showRunsOfOthers();
      },
    });
  }

  /** The session in which a notebook is open, shown or not. */
  #findSession(id: NotebookId): NotebookSession | undefined {
    return this.#session?.notebook.id === id ? this.#session : this.#background.get(id);
  }

  /** Takes an edit back where its notebook is open now, else in what is stored of it. */
  #takeBack(id: NotebookId, inverse: Edit): void {
    const session = this.#findSession(id);
    if (session) {
      session.editor.takeBack(inverse);
      return;
    }
    void this.#changeClosed(id, (notebook) => {
      const result = applyEdit(notebook, this.#renames.renew(inverse));
      return result ? { ...result.notebook, changedAt: timeAfter(notebook.changedAt) } : notebook;
    });
  }

  /** Has all notebooks name models as they are called now; what is stored of them does. */
  #takeNames(renames: readonly ModelRename[]): void {
    this.#renames.add(renames);
    for (const session of this.#listSessions()) session.editor.takeNames(renames);
    for (const notebook of [...this.#shelf.notebooks, ...this.#shelf.trash]) {
      const renamed = renameInNotebook(notebook, renames);
      if (renamed) this.#shelf.replace(renamed);
    }
  }

  /** Why one of these notebooks may not run, as a sentence; null where all may. */
  #findDistrust(ids: readonly NotebookId[]): string | null {
    for (const id of ids) {
      const notebook = this.#shelf.find(id);
      const distrust = notebook && this.trust.describeDistrust(notebook);
      if (notebook && distrust) return `“${notebook.title}” ${distrust}.`;
    }
    return null;
  }

  /** What came with a file may run now that might not before, or the other way round. */
  #noteTrust(): void {
    for (const session of this.#listSessions()) session.noteTrust();
    void this.schedules.check();
  }

  get #linkSources(): LinkSources {
    const { storage } = this.#services;
    return {
      findSchema: (id) => this.schemas.find(id),
      readBlob: (hash) => storage.readBlob(hash),
    };
  }

  #findAsker(kernelId: string): Asker | null {
    if (this.incoming.has(kernelId)) return { notebookTitle: null, job: null };
    const [asker] = this.#listSessions().flatMap((session) => session.findAsker(kernelId) ?? []);
    return asker ?? null;
  }

  #listSessions(): NotebookSession[] {
    return [...this.#background.values(), ...(this.#session ? [this.#session] : [])];
  }

  /** Ends the sessions that stayed open only for what ran in them. */
  #closeIdle(): void {
    for (const [id, session] of this.#background) {
      if (session.isBusy || this.#opening.has(id)) continue;
      this.#background.delete(id);
      this.#end(session);
    }
  }

  #leaveSession(): void {
    const session = this.#session;
    if (!session) return;
    session.editor.saveNow();
    if (session.isBusy) this.#background.set(session.notebook.id, session);
    else this.#end(session);
  }

  /** Ends the session of a notebook that is closed, which other tabs may change from then on. */
  #end(session: NotebookSession): void {
    session.dispose();
    this.#access.close(session.notebook.id);
  }

  #addStored(notebook: Notebook): void {
    this.#shelf.add(notebook);
    this.#claims.tellChange(notebook.id);
  }
}

/** Whether a notebook was changed in another tab, and neither runs nor is changed in this one. */
function isOutdated({ notebook, isBusy, editor }: NotebookSession, stored: Notebook): boolean {
  const isOther = stored.importId !== notebook.importId || stored.changedAt > notebook.changedAt;
  return isOther && !isBusy && !editor.isHeld;
}

/** Says of a notebook that was to be added that nothing of it is kept, and what to do. */
function describeUnkept(title: string, { kind, message }: StorageProblem): string {
  return kind === 'full'
    ? `“${title}” could not be opened, as this browser has no room left for it. Nothing of it was kept. Delete notebooks that are not needed, for good in the trash as well, then open it again.`
    : `“${title}” could not be opened, as it could not be stored (${message}). Nothing of it was kept. Try again.`;
}
