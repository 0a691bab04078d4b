// Longer than most files: all that an open notebook is made of is tied together here, and nowhere else.
import { listBereft, listDependents, planRun, sortWaiting, type RunRequest } from '../model/dataflow.ts';
import type { CellId, SessionId } from '../model/ids.ts';
import { hasDataset, isDone, type Job } from '../model/job.ts';
import type { KernelState } from '../model/kernel-state.ts';
import { findCell, isProcessor, type Cell, type Notebook } from '../model/notebook.ts';
import type { CellState } from '../model/run-state.ts';
import type { Session, SessionCause, SkippedCell } from '../model/session.ts';
import { mostSessions } from '../model/session-retention.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import { groupBy } from '../shared/group-by.ts';
import { fail } from '../shared/result.ts';
import { ImportEngine } from '../data/import/ImportEngine.ts';
import { importJson } from '../data/import/import-json.ts';
import { startImportWorker } from '../data/import/start-import-worker.ts';
import { CellResults } from './CellResults.ts';
import type { CellRun } from './CellRun.svelte.ts';
import { CellRunner } from './CellRunner.ts';
import { CellRuns } from './CellRuns.svelte.ts';
import { DatasetImports } from './DatasetImports.svelte.ts';
import { GuardedKernel } from './GuardedKernel.ts';
import type { Asker } from './NetworkGate.svelte.ts';
import { NotebookCheckpoints } from './NotebookCheckpoints.svelte.ts';
import { NotebookCycles } from './NotebookCycles.svelte.ts';
import { NotebookDatasets } from './NotebookDatasets.ts';
import { NotebookEditor, readOnlyRefusal } from './NotebookEditor.svelte.ts';
import { NotebookFiles } from './NotebookFiles.ts';
import { NotebookHistory } from './NotebookHistory.svelte.ts';
import { NotebookPackages, type PackagesServices } from './NotebookPackages.svelte.ts';
import type { NotebookServices, StoredContents } from './notebook-services.ts';
import { OrderedRuns } from './OrderedRuns.svelte.ts';
import type { RunAs } from './run-as.ts';
import { RunQueue, type QueueView } from './RunQueue.svelte.ts';
import { shortenTitle } from './shorten-title.ts';

/** What is said of a run beside what is run. */
export interface RunOptions {
  /** Told of its session before anything of it begins. */
  readonly onBegin?: (sessionId: SessionId) => void;
  readonly runAs?: RunAs;
  /** Why it is run, where the request does not say all of it. */
  readonly cause?: SessionCause;
}

/** An open notebook: its cells, their runs, the queue, and the Python that runs them. */
export class NotebookSession {
  readonly editor: NotebookEditor;
  readonly results: CellResults;
  /** What it brings along beside the packages that can be imported anyway. */
  readonly packages: NotebookPackages;
  /** Kept with it, and found by its jobs in their directory. */
  readonly files: NotebookFiles;
  /** Those that its inputs are given. */
  readonly datasets: NotebookDatasets;
  /** Files on their way into its Datasets. */
  readonly imports: DatasetImports;
  readonly history: NotebookHistory;
  readonly checkpoints: NotebookCheckpoints;
  /** Statements that run more than once at one press. */
  readonly cycles = new NotebookCycles({
    getNotebook: () => this.notebook,
    findDoneJob: (cellId) => this.getRun(cellId).doneJob,
    getTurn: (cellId) => {
      if (this.#queue.waiting.includes(cellId)) return 'waiting';
      return this.#queue.runningId === cellId ? 'running' : 'none';
    },
    tell: (text) => {
      this.#services.notices.tell(text);
    },
    run: (cellId, cycle, onBegin) => this.run({ type: 'one', cellId, cycle }, { onBegin }),
  });
  /** Those that schedules and production lines ordered. */
  readonly ordered = new OrderedRuns({
    isDisposed: () => this.#isDisposed,
    isTaken: () => this.#queue.isBusy || this.#isRestoring || this.editor.isHeld,
    findRefusal: () => this.#findDistrust(),
    run: ({ cause, runAs }, onBegin) => this.run({ type: 'all' }, { cause, runAs, onBegin }),
    hasSession: (id) => this.#queue.hasSession(id),
    stopSession: (id) => {
      this.#stopSession(id);
    },
    onEnd: () => {
      if (!this.isBusy && !this.#isDisposed) this.#services.onIdle();
    },
  });
  readonly #services: NotebookServices;
  readonly #kernel: GuardedKernel;
  readonly #queue: RunQueue;
  readonly #runner: CellRunner;
  readonly #runs = new CellRuns({
    getNotebook: () => this.notebook,
    // One that has what was removed since runs nothing more.
    getKernelId: () => (this.packages.isOutdated ? null : this.#kernelId),
    findSchema: (id) => this.#services.findSchema(id),
    getSecretHash: () => this.#services.hashSecret,
    getKnownModels: () => this.#services.getKnownModels(),
  });
  #kernelState: KernelState;
  /** The Python that runs the jobs, as far as is known: its packages go with it. */
  #kernelId: string | null;
  #announcement = $state('');
  #isDisposed = false;
  #isRestoring = false;

  constructor(notebook: Notebook, { jobs, checkpoints, wheels }: StoredContents, services: NotebookServices) {
    this.#services = services;
    this.editor = this.#createEditor(notebook);
    this.results = this.#createResults();
    this.#queue = new RunQueue(
      (cellId, sessionId) => this.#run(cellId, sessionId),
      () => {
        this.ordered.noteChange();
        // Between two cycles only now and then: it looks at all that is kept.
        if (!this.cycles.isActive || this.history.untrimmedCount >= mostSessions) void this.history.trim();
        services.onIdle();
      },
    );
    for (const { id } of notebook.cells) this.getRun(id).restore(jobs.filter((job) => job.cellId === id));
    // Tables are read while the page is drawn.
    const hasTables = jobs.some(hasDataset) || notebook.cells.some(({ kind }) => kind === 'dataset');
    if (hasTables) services.tables.prepare();
    this.#kernel = new GuardedKernel(
      { createKernel: services.createKernel, findRefusal: () => this.#findDistrust() },
      this.#runs.listPackages(),
    );
    this.#kernelState = $state.raw(this.#kernel.state);
    this.#kernelId = $state.raw(this.#kernel.kernelId);
    this.packages = new NotebookPackages({ tables: services.tables, ...this.#createEditing() }, wheels);
    this.files = new NotebookFiles({
      storage: services.storage,
      tables: services.tables,
      ...this.#createEditing(),
    });
    this.datasets = new NotebookDatasets({
      storage: services.storage,
      tables: services.tables,
      findDoneJob: (cellId) => this.getRun(cellId).doneJob,
      ...this.#createEditing(),
    });
    this.imports = new DatasetImports({
      engine: new ImportEngine(startImportWorker),
      hold: (blobs) => {
        this.datasets.hold(blobs);
      },
      fetchRemote: (url, watch) => this.results.fetchRemote(url, watch),
      ...this.#createEditing(),
    });
    this.history = this.#createHistory();
    this.checkpoints = new NotebookCheckpoints(
      {
        storage: services.storage,
        notices: services.notices,
        getNotebook: () => this.notebook,
        findRefusal: () => this.#findReadOnlyReason(),
      },
      checkpoints,
    );
    this.#runner = this.#createRunner();
    this.#kernel.subscribe((state) => {
      this.#kernelState = state;
      if (this.#kernel.kernelId === this.#kernelId) return;
      this.#kernelId = this.#kernel.kernelId;
      this.packages.noteRestart();
    });
  }

  get notebook(): Notebook {
    return this.editor.notebook;
  }

  /** Whether it was made here, or came with a file that is trusted. Where not, nothing of it runs, and it can only be read. */
  get isTrusted(): boolean {
    return this.#findDistrust() === null;
  }

  /** Whether it can only be read here, as another tab has it open, or it is not trusted. What schedules order runs in the first case all the same. */
  get isReadOnly(): boolean {
    return this.#findReadOnlyReason() !== null;
  }

  /** To be told when it may be trusted that was not, or the other way round: what runs ends with the trust. */
  noteTrust(): void {
    if (this.#isDisposed) return;
    if (!this.isTrusted) {
      this.cycles.stopAll();
      this.#dequeue(this.#queue.waiting, 'Not run: the notebook is not trusted any more.');
    }
    this.#kernel.noteRefusal();
    this.ordered.noteChange();
  }

  #findDistrust(): string | null {
    const distrust = this.#services.describeDistrust(this.notebook);
    return distrust === null ? null : `Nothing of this notebook runs: it ${distrust}.`;
  }

  /** Why nothing can be changed here, in sentences; null where it can. */
  #findReadOnlyReason(): string | null {
    const distrust = this.#services.describeDistrust(this.notebook);
    if (distrust !== null) return `This notebook can only be read: it ${distrust}.`;
    return this.#services.isReadOnly() ? readOnlyRefusal : null;
  }

  get kernelState(): KernelState {
    return this.#kernelState;
  }

  /** The newest thing that happened to a run, in words for those who do not see it. */
  get announcement(): string {
    return this.#announcement;
  }

  /** Whether a cell runs or waits to. */
  get isBusy(): boolean {
    return this.#queue.isBusy || this.cycles.isActive || this.ordered.isActive;
  }

  /** Whether something of a session runs or waits. */
  isRunning(id: SessionId): boolean {
    return this.#queue.hasSession(id);
  }

  /** The cell that runs and those that wait. */
  get queue(): QueueView {
    return this.#queue.view;
  }

  /** Who asks when a kernel does: the job that it runs, or the notebook itself; null when it is not of this notebook. */
  findAsker(kernelId: string): Asker | null {
    if (!this.#kernel.kernelIds.has(kernelId)) return null;
    const job = kernelId === this.#kernel.kernelId ? this.#runner.runningJob : null;
    return { notebookTitle: this.notebook.title, job };
  }

  /** Tells a person something that they have to know. */
  tell(text: string): void {
    this.#services.notices.tell(text);
  }

  getRun(cellId: CellId): CellRun {
    return this.#runs.get(cellId);
  }

  /** Whether there is something to run that has changed, or was never done. */
  get hasStaleCells(): boolean {
    return this.notebook.cells.some((cell) => isProcessor(cell) && this.#runs.getState(cell.id) !== 'done');
  }

  getState({ id }: Cell): CellState {
    return this.#runs.getState(id);
  }

  #findTitle(cellId: CellId): string {
    return findCell(this.notebook, cellId)?.title ?? '';
  }

  /** Puts the results of an earlier session back. Returns what of that did not work, in sentences; null when all did. */
  async restore(session: Session): Promise<string | null> {
    const refusal = this.#findReadOnlyReason();
    if (refusal !== null) return refusal;
    if (this.isBusy || this.#isRestoring)
      return 'Something runs now. Put the results back when it has ended.';
    // Nothing runs until they are there.
    this.#isRestoring = true;
    const restored = await this.history.restore(session).finally(() => {
      this.#isRestoring = false;
      this.ordered.noteChange();
    });
    if (!restored.isOk) return restored.problem;
    const { jobs, kept } = restored.value;
    for (const job of jobs) {
      if (!findCell(this.notebook, job.cellId)) continue;
      this.getRun(job.cellId).begin();
      this.getRun(job.cellId).finish(job, new Map());
    }
    return kept.length > 0 ? `The other cells show these results again. ${kept.join(' ')}` : null;
  }

  /** Shows what jobs came to that another tab has run since; where something runs here, that is what is waited for. */
  takeResults({ jobs, checkpoints }: Pick<StoredContents, 'jobs' | 'checkpoints'>): void {
    if (this.isBusy || this.#isRestoring || this.#isDisposed) return;
    this.checkpoints.refresh(checkpoints);
    for (const { id } of this.notebook.cells) {
      const run = this.getRun(id);
      const newer = jobs
        .filter(({ cellId, finishedAt }) => cellId === id && finishedAt > (run.lastJob?.finishedAt ?? 0))
        .sort((one, other) => one.finishedAt - other.finishedAt);
      for (const job of newer) {
        run.begin();
        run.finish(job, new Map());
      }
    }
    void this.history.refresh();
  }

  /** Shows what another tab has stored of the notebook; whoever calls has made sure that nothing newer is written here. */
  follow(notebook: Notebook, contents: StoredContents): void {
    if (this.#isDisposed) return;
    this.editor.follow(notebook);
    this.noteTrust();
    // What is made while something is drawn, that drawing does not follow.
    for (const { id } of notebook.cells) this.getRun(id);
    this.packages.take(contents.wheels);
    this.datasets.noteEdit();
    this.#services.onChange(notebook);
    this.takeResults(contents);
  }

  /** Saves nothing of what is written by itself, and begins no ordered run, until `goOn`. */
  hold(): void {
    this.editor.hold();
  }

  goOn(): void {
    this.editor.goOn();
    this.ordered.noteChange();
  }

  #describeCause(request: RunRequest): SessionCause {
    if (!('cellId' in request)) return { type: request.type };
    const cellTitle = this.#findTitle(request.cellId);
    if (request.type === 'from') return { type: request.type, cellTitle };
    const { type, cycle } = request;
    return { type, cellTitle, ...cycle };
  }

  #createHistory(): NotebookHistory {
    const { storage, tables, notices } = this.#services;
    return new NotebookHistory({
      storage,
      tables,
      notices,
      getNotebook: () => this.notebook,
      getActiveProfile: this.#services.getActiveProfile,
      getPythonVersion: () =>
        this.#kernelState.status === 'ready' || this.#kernelState.status === 'busy'
          ? this.#kernelState.pythonVersion
          : null,
      listCurrentJobs: () => this.#runs.listCurrentJobs(),
      checkpoints: () => this.checkpoints,
      isRunning: (id) => this.#queue.hasSession(id),
    });
  }

  #createRunner(): CellRunner {
    const { storage, tables, notices, hashSecret, onJobEnd, findSchema, createAuthorization } =
      this.#services;
    const { getKnownModels, onModelsSaved, renames, describeDistrust } = this.#services;
    return new CellRunner({
      renames,
      getKnownModels,
      describeDistrust,
      onModelsSaved,
      findSchema,
      checkpoints: this.checkpoints,
      storage,
      tables,
      notices,
      hashSecret,
      onJobEnd,
      createAuthorization,
      askForFiles: (runAs, changedPaths) => this.#services.askForFiles(this, runAs, changedPaths),
      kernel: this.#kernel,
      packages: this.packages,
      files: this.files,
      history: this.history,
      apply: (edit) => {
        this.editor.apply(edit);
      },
      getNotebook: () => this.notebook,
      getRun: (cellId) => this.getRun(cellId),
      findJobs: (cellId) => this.getRun(cellId),
      readBlob: (hash, what) => this.results.readBlob(hash, what),
      handOverVariables: (taken) => this.#runs.handOverVariables(taken),
      finish: (job, tables) => {
        this.ordered.noteJob(job);
        this.#queue.letGo();
        this.#runs.finish(job, tables);
        this.#services.onStored();
      },
      announce: (text) => {
        this.#announcement = text;
      },
    });
  }

  /** What the parts of a notebook that are kept as files change it by. */
  #createEditing(): Omit<PackagesServices, 'tables'> {
    return {
      getNotebook: () => this.notebook,
      edit: (edit) => this.editor.edit(edit),
      takeBack: (inverse) => {
        this.editor.takeBack(inverse);
      },
      save: async (blobs) => {
        // When it is known whether the edit that they came with is to be asked about.
        await Promise.resolve();
        if (this.isReadOnly) return fail({ kind: 'failed', message: 'the notebook can only be read here' });
        const written = await this.#services.storage.saveNotebook(this.editor.savable, blobs);
        if (written.isOk) this.#services.onStored();
        return written;
      },
      offerUndo: (text, inverse) => {
        this.editor.offerUndo(text, inverse);
      },
    };
  }

  #createEditor(notebook: Notebook): NotebookEditor {
    const { notices, save, takeBack, renames, onChange } = this.#services;
    return new NotebookEditor(notebook, {
      notices,
      save,
      takeBack,
      renames,
      findRefusal: () => this.#findReadOnlyReason(),
      stopCell: (cellId) => {
        this.stopCell(cellId);
      },
      onEdited: (edit, inverse) => {
        this.#services.onEdited(this, edit, inverse);
      },
      onChange: (changed, edit) => {
        // What is made while something is drawn, that drawing does not follow.
        for (const { id } of changed.cells) this.getRun(id);
        onChange(changed);
        this.packages.noteEdit(edit);
        this.files.noteEdit(edit);
        this.datasets.noteEdit();
      },
    });
  }

  #createResults(): CellResults {
    const { storage, tables, fetchOutside } = this.#services;
    return new CellResults({
      storage,
      tables,
      getRun: (cellId) => this.getRun(cellId),
      findHeld: (hash) => this.datasets.findHeld(hash),
      importJson: (content, name) => importJson(content, name, new AbortController().signal),
      isTrusted: () => this.isTrusted,
      fetchRemote: async (url, watch) => {
        const distrust = this.#services.describeDistrust(this.notebook);
        if (distrust !== null) throw new Error(`No other host is asked: the notebook ${distrust}.`);
        if (this.#kernelId === null) {
          throw new Error('Python is starting, and asks for it. Try again in a moment.');
        }
        return await fetchOutside(this.#kernelId, url, watch);
      },
    });
  }

  /** Runs a cell, and first what it needs and is not there; a Statement as often as it is to. */
  runCell(cellId: CellId): void {
    if (!this.cycles.start(cellId)) this.run({ type: 'one', cellId });
  }

  /**
   * Queues what is asked for, as a session of its own. What waits already stays in its session and waits behind what it
   * depends on. A cell that runs is queued again where it took something else than it would then. Returns whether
   * anything was queued; `onBegin` is told of its session first. It runs as the active profile, by hand, unless `runAs`
   * says otherwise.
   */
  run(request: RunRequest, { onBegin, runAs, cause }: RunOptions = {}): boolean {
    if (this.#isDisposed) return false;
    // What is ordered runs beside another tab that has the notebook open, but as little as anything without trust.
    const refusal = runAs ? this.#findDistrust() : (this.#findDistrust() ?? this.#findReadOnlyReason());
    if (refusal !== null) {
      this.#services.notices.refuse(refusal);
      return false;
    }
    if (this.#isRestoring) {
      this.#services.notices.tell('Earlier results are being put back. Run again in a moment.');
      return false;
    }
    const planned = planRun(this.notebook, request, {
      isReady: (connection) => this.#runs.isReady(connection),
      isDone: (id) => this.#runs.getState(id) === 'done',
    });
    const { runningId, waiting } = this.#queue;
    const cellIds = planned.filter(
      (id) => !waiting.includes(id) && (id !== runningId || this.#isToRunAgain(id, planned)),
    );
    for (const id of cellIds) if (id !== runningId) this.getRun(id).queue();
    if (cellIds.length === 0) return false;
    const sessionId = this.history.begin(cause ?? this.#describeCause(request), runAs);
    onBegin?.(sessionId);
    this.#queue.add(cellIds, sessionId);
    this.#queue.arrange(sortWaiting(this.notebook, this.#queue.waiting));
    return true;
  }

  /** Whether a cell that runs was begun with something else than it would take after what is planned. */
  #isToRunAgain(runningId: CellId, planned: readonly CellId[]): boolean {
    const others = planned.filter((id) => id !== runningId);
    return this.#runner.isOutdated || listDependents(this.notebook, others).includes(runningId);
  }

  /** Stops the cell that runs, and its cycles with it; one that waits is taken out of the queue. */
  stopCell(cellId: CellId): void {
    this.cycles.stop(cellId);
    if (this.#queue.runningId !== cellId) {
      this.#takeOut(cellId);
      return;
    }
    this.#dequeue([cellId], 'Not run again: it was stopped.');
    this.#runner.stop();
  }

  /** Stops the cell that runs and lets none of those that wait begin. */
  stopAll(): void {
    this.cycles.stopAll();
    this.#dequeue(this.#queue.waiting, 'Not run: all was stopped.');
    this.#runner.stop();
  }

  /** Stops the cell of a session that runs, and lets none of those of it that wait begin. */
  #stopSession(sessionId: SessionId): void {
    const reason = 'Not run: its run was stopped.';
    this.#dequeue(this.#queue.listWaiting(sessionId), reason);
    if (this.#queue.hasSession(sessionId)) this.#runner.stop();
    this.ordered.noteChange();
  }

  /** Gives the cell that asks for input a line; null closes its input. */
  answerInput(cellId: CellId, answer: string | null): void {
    const run = this.getRun(cellId);
    if (run.phase.phase !== 'running' || run.phase.prompt === null) return;
    run.setPhase({ ...run.phase, prompt: null });
    this.#kernel.answerInput(answer);
  }

  /** What is wrong with a Statement; null where Python has no time to look: ask again when it is ready. */
  checkStatement(source: string): Promise<readonly SourceProblem[] | null> {
    return this.#kernel.checkStatement(source);
  }

  restartPython(): void {
    this.#dequeue(this.#queue.waiting, 'Not run: Python was restarted.');
    this.#kernel.restart();
  }

  /** Ends the session; what waits to be saved is saved, and what runs is stopped. */
  dispose(): void {
    this.#isDisposed = true;
    this.imports.dispose();
    this.cycles.stopAll();
    this.#dequeue(this.#queue.waiting);
    this.editor.dispose();
    this.#kernel.dispose();
    this.#runs.closeTables();
    this.ordered.noteChange();
  }

  /** Takes cells out of the queue; the sessions that they were to run in note it where there is a reason. */
  #dequeue(cellIds: readonly CellId[], reason: string | null = null): void {
    const turns = this.#queue.remove(cellIds);
    for (const { cellId, sessionId } of turns) this.cycles.noteEnd(cellId, sessionId, null);
    for (const { cellId } of turns) {
      // One that runs was to run again: how it ends now is what it shows.
      if (cellId !== this.#queue.runningId) this.getRun(cellId).skip(reason);
    }
    if (reason === null) return;
    for (const [sessionId, skipped] of groupBy(turns, (turn) => turn.sessionId)) {
      this.#noteSkipped(
        sessionId,
        skipped.map(({ cellId }) => ({ cellId, title: this.#findTitle(cellId), reason })),
      );
    }
    this.ordered.noteChange();
  }

  #noteSkipped(sessionId: SessionId, cells: readonly SkippedCell[]): void {
    this.history.skip(sessionId, cells);
    this.ordered.noteSkipped(sessionId, cells);
  }

  /** Takes out a cell that waits, and with it those that could not run without what it would have put out. */
  #takeOut(cellId: CellId): void {
    if (!this.#queue.waiting.includes(cellId)) return;
    const title = this.#findTitle(cellId);
    this.#dequeue([cellId], 'Not run: removed from the queue.');
    this.#announcement = `${title}: removed from the queue`;
    const bereft = listBereft(this.notebook, cellId, this.#queue.waiting, (connection) =>
      this.#runs.isReady(connection),
    );
    this.#dequeue(bereft, `Not run: “${shortenTitle(title)}” was removed from the queue.`);
  }

  async #run(cellId: CellId, sessionId: SessionId): Promise<void> {
    const cell = findCell(this.notebook, cellId);
    const reason = cell ? this.#runs.describeUnfed(cell) : null;
    if (cell && reason !== null) {
      this.#leaveOut(cell, sessionId, reason);
      return;
    }
    this.cycles.noteBegin(cellId, sessionId);
    // Results that are stored without the source that made them would be stale tomorrow; but what is asked about waits.
    if (!this.editor.isHeld) this.editor.saveNow();
    const job = await this.#runner.run(cellId, sessionId);
    if (this.#isDisposed) this.getRun(cellId).closeTables();
    else this.#kernel.setPackages(this.#runs.listPackages());
    this.cycles.noteEnd(cellId, sessionId, job);
    if (this.#queue.waiting.includes(cellId)) this.getRun(cellId).queue();
    else if (job && !isDone(job)) this.#skipDependents(cellId, job);
    this.ordered.noteChange();
  }

  /** A cell whose turn has come is not run, and neither is what depends on it. */
  #leaveOut({ id, title }: Cell, sessionId: SessionId, reason: string): void {
    this.#queue.letGo();
    this.cycles.noteEnd(id, sessionId, null);
    if (this.#queue.waiting.includes(id)) this.getRun(id).queue();
    else this.getRun(id).skip(reason);
    this.#noteSkipped(sessionId, [{ cellId: id, title, reason }]);
    this.#announcement = `${title}: not run`;
    this.#dequeueDependents(id, `Not run: “${shortenTitle(title)}” was not run.`);
    this.ordered.noteChange();
  }

  /** What depends on a cell that was not done is not run; everything else is. */
  #skipDependents(cellId: CellId, { title, outcome }: Job): void {
    const how = outcome.status === 'stopped' ? 'was stopped' : 'failed';
    this.#dequeueDependents(cellId, `Not run: “${shortenTitle(title)}” ${how}.`);
  }

  #dequeueDependents(cellId: CellId, reason: string): void {
    this.#dequeue(listDependents(this.notebook, [cellId]), reason);
  }
}
