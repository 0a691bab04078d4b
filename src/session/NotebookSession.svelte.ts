import type { TableEngine } from '../data/TableEngine.ts';
import type { TableSource } from '../data/TableSource.ts';
import type { Kernel } from '../kernel/Kernel.ts';
import { createCell } from '../model/create-cell.ts';
import { isSamePlace } from '../model/connections.ts';
import { findCircle, listDependents, listSources, planRun, type RunRequest } from '../model/dataflow.ts';
import type { Connection } from '../model/handles.ts';
import { applyEdit, type Edit } from '../model/edits.ts';
import { SessionId, type BlobHash, type CellId, type JobId } from '../model/ids.ts';
import { isDone, type Job, type StoredImage } from '../model/job.ts';
import type { KernelState } from '../model/kernel-state.ts';
import {
  cellKindNames,
  createFreeTitle,
  findCell,
  type Cell,
  type CellKind,
  type Notebook,
} from '../model/notebook.ts';
import { isAvailable, type StoredDataset } from '../model/outputs.ts';
import type { StoredTable, StoredValue } from '../model/preview.ts';
import { getCellState, type CellState } from '../model/run-state.ts';
import { listChangedCells } from '../model/staleness.ts';
import type { Storage } from '../storage/Storage.ts';
import { Autosave } from './Autosave.ts';
import { CellRun } from './CellRun.svelte.ts';
import { CellRunner } from './CellRunner.ts';
import type { Asker } from './NetworkGate.svelte.ts';
import { NotebookFiles } from './NotebookFiles.ts';
import { listOwnPackages, NotebookPackages, type PackagesServices } from './NotebookPackages.svelte.ts';
import type { Notices } from './Notices.svelte.ts';
import { RunQueue } from './RunQueue.svelte.ts';

/** What a notebook session works with. */
export interface NotebookServices {
  readonly storage: Storage;
  readonly tables: TableEngine;
  readonly notices: Notices;
  /** Makes a kernel that has these packages ready. */
  readonly createKernel: (packages: readonly string[]) => Kernel;
  /** Gets a file of another host for a kernel's notebook, as far as the workspace allows it. Rejects with a sentence. */
  readonly fetchOutside: (kernelId: string, url: string) => Promise<Blob>;
  /** Told of every change to the notebook. */
  readonly onChange: (notebook: Notebook) => void;
  /** Saves the notebook; a failure is told by whoever does it. */
  readonly save: (notebook: Notebook) => void;
  /** Takes an edit back in whichever session the notebook is open then. */
  readonly takeBack: (inverse: Edit) => void;
  /** Told when a job has ended, however it did. */
  readonly onJobEnd: (jobId: JobId) => void;
  /** Told when the last cell that ran or waited has ended. */
  readonly onIdle: () => void;
}

/** What is stored of a notebook beside what was written in it. */
export interface StoredContents {
  readonly jobs: readonly Job[];
  /** The contents of its wheels. */
  readonly wheels: ReadonlyMap<BlobHash, Blob>;
}

/** An open notebook: its cells, their runs, the queue, and the Python that runs them. */
export class NotebookSession {
  /** What it brings along beside the packages that can be imported anyway. */
  readonly packages: NotebookPackages;
  /** Kept with it, and found by its jobs in their directory. */
  readonly files: NotebookFiles;
  readonly #services: NotebookServices;
  readonly #kernel: Kernel;
  readonly #autosave: Autosave<Notebook>;
  readonly #queue: RunQueue;
  readonly #runner: CellRunner;
  /** Not reactive itself: a run is made when it is first asked for, also while a view is drawn. */
  readonly #runs = new Map<CellId, CellRun>();
  #notebook: Notebook;
  #kernelState: KernelState;
  /** The Python that runs the jobs, as far as is known: its packages go with it. */
  #kernelId: string | null;
  /** The cells whose results are not those that they would have now. */
  readonly #changedCells = $derived.by(() =>
    listChangedCells(this.#notebook, (cellId) => this.getRun(cellId), this.#kernelId),
  );
  #announcement = $state('');
  /** The inverses of what was done, newest last. */
  #past: Edit[] = [];
  #isDisposed = false;

  constructor(notebook: Notebook, { jobs, wheels }: StoredContents, services: NotebookServices) {
    this.#services = services;
    this.#notebook = $state.raw(notebook);
    this.#autosave = new Autosave(services.save);
    this.#queue = new RunQueue((cellId, sessionId) => this.#run(cellId, sessionId), services.onIdle);
    for (const { id } of notebook.cells) this.getRun(id).restore(jobs.filter((job) => job.cellId === id));
    this.#kernel = services.createKernel(this.#listPackages());
    this.#kernelState = $state.raw(this.#kernel.state);
    this.#kernelId = $state.raw(this.#kernel.kernelId);
    this.packages = new NotebookPackages(this.#createEditing(), wheels);
    this.files = new NotebookFiles({ storage: services.storage, ...this.#createEditing() });
    this.#runner = this.#createRunner();
    this.#kernel.subscribe((state) => {
      this.#kernelState = state;
      if (this.#kernel.kernelId === this.#kernelId) return;
      this.#kernelId = this.#kernel.kernelId;
      this.packages.noteRestart();
    });
  }

  get notebook(): Notebook {
    return this.#notebook;
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
    return this.#queue.isBusy;
  }

  /** Who asks when a kernel does: the job that it runs, or the notebook itself; null when it is not of this notebook. */
  findAsker(kernelId: string): Asker | null {
    if (!this.#kernel.kernelIds.has(kernelId)) return null;
    const job = kernelId === this.#kernel.kernelId ? this.#runner.runningJob : null;
    return { notebookTitle: this.#notebook.title, job };
  }

  getRun(cellId: CellId): CellRun {
    const known = this.#runs.get(cellId);
    if (known) return known;
    const run = new CellRun();
    this.#runs.set(cellId, run);
    return run;
  }

  /** Whether there is something to run that has changed, or was never done. */
  get hasStaleCells(): boolean {
    return this.#notebook.cells.some(({ id }) => this.#findState(id) !== 'done');
  }

  getState({ id }: Cell): CellState {
    return this.#findState(id);
  }

  /** Makes an edit and saves it soon. Returns the edit that takes it back, null when nothing changed. */
  edit(edit: Edit): Edit | null {
    const inverse = this.#apply(edit);
    // Typing is taken back where it is typed: an editor knows its steps.
    const isTyping = edit.type === 'set-source' || edit.type === 'set-requirements';
    if (inverse && !isTyping) this.#past.push(inverse);
    return inverse;
  }

  /** Takes an edit back, by what it gave; it is no step of its own that could be taken back in turn. */
  takeBack(inverse: Edit): void {
    this.#past = this.#past.filter((step) => step !== inverse);
    this.#apply(inverse);
  }

  /** Takes back the last change to the notebook's structure that still can be. */
  undo(): void {
    for (let inverse = this.#past.pop(); inverse; inverse = this.#past.pop()) {
      // A cell that goes may have been typed in since it was added: it goes as any other, with an offer.
      const added = inverse.type === 'remove-cell' ? findCell(this.#notebook, inverse.cellId) : undefined;
      if (added) this.deleteCell(added);
      if (added || this.#apply(inverse)) return;
    }
  }

  /** Adds a cell at a position; returns its id. */
  addCell(kind: CellKind, index: number): CellId {
    const titles = this.#notebook.cells.map((cell) => cell.title);
    const cell = createCell(kind, createFreeTitle(cellKindNames[kind], titles));
    this.edit({ type: 'add-cell', cell, index, connections: [] });
    return cell.id;
  }

  #findState(cellId: CellId): CellState {
    const run = this.getRun(cellId);
    return getCellState(run.phase, run.lastJob, this.#changedCells.has(cellId));
  }

  /** Whether what depends on the cell finds something there that Python can be given. */
  #hasOutputs(cellId: CellId): boolean {
    const { doneJob } = this.getRun(cellId);
    return doneJob?.outcome.outputs.every((output) => isAvailable(output, this.#kernelId)) ?? false;
  }

  #listVariables(): string[] {
    const jobs = this.#notebook.cells.map(({ id }) => this.getRun(id).doneJob);
    return jobs.flatMap((job) =>
      (job?.outcome.outputs ?? []).flatMap((output) => (output.kind === 'variable' ? [output.key] : [])),
    );
  }

  #createRunner(): CellRunner {
    const { storage, tables, notices, onJobEnd } = this.#services;
    return new CellRunner({
      storage,
      tables,
      notices,
      onJobEnd,
      kernel: this.#kernel,
      packages: this.packages,
      files: this.files,
      apply: (edit) => {
        this.#apply(edit);
      },
      getNotebook: () => this.#notebook,
      getRun: (cellId) => this.getRun(cellId),
      findJobs: (cellId) => this.getRun(cellId),
      readBlob: (hash, what) => this.#readBlob(hash, what),
      listVariables: () => this.#listVariables(),
      announce: (text) => {
        this.#announcement = text;
      },
    });
  }

  async #readBlob(hash: BlobHash, what: string): Promise<Blob> {
    const content = await this.#services.storage.readBlob(hash);
    if (!content) throw new Error(describeMissing(what));
    return content;
  }

  /** Connects an output to an input. Returns why it was not, as a sentence; null when it was. */
  connect(connection: Connection): string | null {
    const others = this.#notebook.connections.filter(({ to }) => !isSamePlace(to, connection.to));
    const circle = findCircle(others, connection);
    if (circle) return `That would close a circle: ${circle.map((id) => this.#nameCell(id)).join(' → ')}.`;
    this.edit({ type: 'connect', connection });
    return null;
  }

  /** Connects an output to an input, and tells by a notice why it did not. */
  connectOrTell(connection: Connection): void {
    const problem = this.connect(connection);
    if (problem !== null) this.#services.notices.tell(problem);
  }

  /** Takes a handle away, says what was connected to it, and offers to bring it back. */
  removeHandle(edit: Edit, name: string): void {
    const before = this.#notebook.connections.length;
    const inverse = this.edit(edit);
    if (!inverse) return;
    const cut = before - this.#notebook.connections.length;
    const cutText =
      cut === 0 ? '' : cut === 1 ? ' One connection went with it.' : ` ${cut} connections went with it.`;
    this.#services.notices.offer(`“${name}” was removed.${cutText}`, {
      label: 'Undo',
      run: () => {
        this.#services.takeBack(inverse);
      },
    });
  }

  #nameCell(cellId: CellId): string {
    return `“${findCell(this.#notebook, cellId)?.title ?? 'a cell that is gone'}”`;
  }

  /** What the parts of a notebook that are kept as files change it by. */
  #createEditing(): PackagesServices {
    const { storage, notices, takeBack } = this.#services;
    return {
      getNotebook: () => this.#notebook,
      edit: (edit) => this.edit(edit),
      takeBack: (inverse) => {
        this.takeBack(inverse);
      },
      save: (blobs) => storage.saveNotebook(this.#notebook, blobs),
      offerUndo: (text, inverse) => {
        notices.offer(text, {
          label: 'Undo',
          run: () => {
            takeBack(inverse);
          },
        });
      },
    };
  }

  /** Deletes a cell, stopping it first, and offers to bring it back. */
  deleteCell(cell: Cell): void {
    this.stopCell(cell.id);
    const lost = listDependents(this.#notebook, [cell.id]).filter((id) =>
      listSources(this.#notebook, id).includes(cell.id),
    );
    const inverse = this.edit({ type: 'remove-cell', cellId: cell.id });
    if (!inverse) return;
    const lostText =
      lost.length === 0 ? '' : ` ${lost.map((id) => this.#nameCell(id)).join(', ')} took from it.`;
    this.#services.notices.offer(`“${cell.title}” was deleted.${lostText}`, {
      label: 'Undo',
      run: () => {
        this.#services.takeBack(inverse);
      },
    });
  }

  /** Runs a cell, and first what it needs and is not there. */
  runCell(cellId: CellId): void {
    this.run({ type: 'one', cellId });
  }

  /** Queues what is asked for, as a session of its own; cells that run or wait already are left where they are. */
  run(request: RunRequest): void {
    if (this.#isDisposed) return;
    const planned = planRun(this.#notebook, request, {
      hasOutputs: (id) => this.#hasOutputs(id),
      isDone: (id) => this.#findState(id) === 'done',
    });
    const cellIds = planned.filter((id) => !this.getRun(id).isBusy);
    for (const id of cellIds) this.getRun(id).queue();
    this.#queue.add(cellIds, SessionId.create());
  }

  stopCell(cellId: CellId): void {
    if (this.#queue.runningId === cellId) this.#runner.stop();
    else this.#dequeue([cellId]);
  }

  /** Stops the cell that runs and lets none of those that wait begin. */
  stopAll(): void {
    this.#dequeue(this.#queue.waiting);
    this.#runner.stop();
  }

  /** Gives the cell that asks for input a line; null closes its input. */
  answerInput(cellId: CellId, answer: string | null): void {
    const run = this.getRun(cellId);
    if (run.phase.phase !== 'running' || run.phase.prompt === null) return;
    run.setPhase({ ...run.phase, prompt: null });
    this.#kernel.answerInput(answer);
  }

  restartPython(): void {
    this.#dequeue(this.#queue.waiting);
    this.#kernel.restart();
  }

  /** The table of an output of the cell's newest results. Rejects with a sentence for the reader. */
  openTable(cellId: CellId, { handle, blob }: StoredDataset): Promise<TableSource> {
    return this.getRun(cellId).getTable(handle, async () =>
      this.#services.tables.openTable(await this.#readBlob(blob, `dataset “${handle}”`)),
    );
  }

  /** The bytes of something that a job put out or showed. Rejects with a sentence for the reader. */
  async readValue(cellId: CellId, { blob }: StoredValue, what: string): Promise<Blob> {
    return this.getRun(cellId).previews.find(blob) ?? (await this.#readBlob(blob, what));
  }

  /** What the previews of a cell are read through; whoever opens a table closes it. Rejects with sentences for the reader. */
  createPreviewReader(cellId: CellId): {
    readonly readValue: (value: StoredValue) => Promise<Blob>;
    readonly openTable: (table: StoredTable) => Promise<TableSource>;
    readonly fetchRemote: (url: string) => Promise<Blob>;
  } {
    const { tables, fetchOutside } = this.#services;
    const readValue = (value: StoredValue): Promise<Blob> => this.readValue(cellId, value, 'preview');
    return {
      readValue,
      openTable: async (table) => tables.openTable(await readValue(table)),
      fetchRemote: async (url) => {
        if (this.#kernelId === null)
          throw new Error('Python is starting, and asks for it. Try again in a moment.');
        return await fetchOutside(this.#kernelId, url);
      },
    };
  }

  /** The bytes of an image of the cell's newest results. Rejects with a sentence for the reader. */
  readImage(image: StoredImage): Promise<Blob> {
    return this.#readBlob(image.blob, `image “${image.name}”`);
  }

  /** Fetches the log of the cell's last job, if none is shown yet. */
  async loadLog(cellId: CellId): Promise<void> {
    const run = this.getRun(cellId);
    const job = run.lastJob;
    if (run.isBusy || run.log.lines.length > 0 || !job) return;
    const entries = await this.#services.storage.loadLog(job.id);
    if (!run.isBusy && run.lastJob === job) run.log.replace(entries);
  }

  saveNow(): void {
    this.#autosave.flush();
  }

  /** Ends the session; what waits to be saved is saved, and what runs is stopped. */
  dispose(): void {
    this.#isDisposed = true;
    this.#dequeue(this.#queue.waiting);
    this.#autosave.flush();
    this.#kernel.dispose();
    for (const run of this.#runs.values()) run.closeTables();
  }

  /** The packages that the cells imported when they were last run, sorted, without those the notebook brings itself. */
  #listPackages(): string[] {
    const names = this.#notebook.cells.flatMap((cell) => this.getRun(cell.id).lastJob?.packages ?? []);
    const own = listOwnPackages(this.#notebook);
    return [...new Set(names)].filter((name) => !own.has(name)).sort();
  }

  #apply(edit: Edit): Edit | null {
    const result = this.#isDisposed ? null : applyEdit(this.#notebook, edit);
    if (!result) return null;
    this.#notebook = { ...result.notebook, changedAt: Date.now() };
    this.#services.onChange(this.#notebook);
    this.#autosave.schedule(this.#notebook);
    this.packages.noteEdit(edit);
    this.files.noteEdit(edit);
    return result.inverse;
  }

  #dequeue(cellIds: readonly CellId[], reason: string | null = null): void {
    for (const cellId of this.#queue.waiting) {
      if (cellIds.includes(cellId)) this.getRun(cellId).skip(reason);
    }
    this.#queue.remove(cellIds);
  }

  async #run(cellId: CellId, sessionId: SessionId): Promise<void> {
    const job = await this.#runner.run(cellId, sessionId);
    if (this.#isDisposed) this.getRun(cellId).closeTables();
    else this.#kernel.setPackages(this.#listPackages());
    if (job && !isDone(job)) this.#skipDependents(cellId, job);
  }

  /** What depends on a cell that was not done is not run; everything else is. */
  #skipDependents(cellId: CellId, { title, outcome }: Job): void {
    const dependents = listDependents(this.#notebook, [cellId]);
    const reason = `Not run: “${title}” ${outcome.status === 'stopped' ? 'was stopped' : 'failed'}.`;
    this.#dequeue(dependents, reason);
  }
}

function describeMissing(what: string): string {
  return `The ${what} is missing from this browser's storage. Run the cell to make it anew.`;
}
