import type { TableEngine } from '../data/TableEngine.ts';
import type { TableSource } from '../data/TableSource.ts';
import type { Kernel } from '../kernel/Kernel.ts';
import { applyEdit, type Edit } from '../model/edits.ts';
import { JobId, type BlobHash, type CellId } from '../model/ids.ts';
import type { Job, StoredImage, StoredOutput } from '../model/job.ts';
import type { KernelState } from '../model/kernel-state.ts';
import {
  createDataGenerator,
  createFreeTitle,
  findCell,
  type Cell,
  type Notebook,
} from '../model/notebook.ts';
import { getCellState, type CellState, type PackageLoading } from '../model/run-state.ts';
import type { Storage } from '../storage/Storage.ts';
import { Autosave } from './Autosave.ts';
import { CellRun } from './CellRun.svelte.ts';
import { commitJob } from './commit-job.ts';
import { concludeJob } from './conclude-job.ts';
import type { Asker, AskingJob } from './NetworkGate.svelte.ts';
import { listOwnPackages, NotebookPackages } from './NotebookPackages.svelte.ts';
import type { Notices } from './Notices.svelte.ts';
import { RunQueue } from './RunQueue.svelte.ts';

/** What a notebook session works with. */
export interface NotebookServices {
  readonly storage: Storage;
  readonly tables: TableEngine;
  readonly notices: Notices;
  /** Makes a kernel that has these packages ready. */
  readonly createKernel: (packages: readonly string[]) => Kernel;
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
  readonly #services: NotebookServices;
  readonly #kernel: Kernel;
  readonly #autosave: Autosave<Notebook>;
  readonly #queue: RunQueue;
  /** Not reactive itself: a run is made when it is first asked for, also while a view is drawn. */
  readonly #runs = new Map<CellId, CellRun>();
  #notebook: Notebook;
  #kernelState: KernelState;
  /** The Python that runs the jobs, as far as is known: its packages go with it. */
  #kernelId: string | null;
  /** Not reactive: only requests to other hosts ask for it. */
  #runningJob: AskingJob | null = null;
  #announcement = $state('');
  /** The inverses of what was done, newest last. */
  #past: Edit[] = [];
  #isDisposed = false;

  constructor(notebook: Notebook, { jobs, wheels }: StoredContents, services: NotebookServices) {
    this.#services = services;
    this.#notebook = $state.raw(notebook);
    this.#autosave = new Autosave(services.save);
    this.#queue = new RunQueue((cellId) => this.#run(cellId), services.onIdle);
    for (const { id } of notebook.cells) this.getRun(id).restore(jobs.filter((job) => job.cellId === id));
    this.#kernel = services.createKernel(this.#listPackages());
    this.#kernelState = $state.raw(this.#kernel.state);
    this.#kernelId = this.#kernel.kernelId;
    this.packages = this.#createPackages(wheels);
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
    const job = kernelId === this.#kernel.kernelId ? this.#runningJob : null;
    return { notebookTitle: this.#notebook.title, job };
  }

  getRun(cellId: CellId): CellRun {
    const known = this.#runs.get(cellId);
    if (known) return known;
    const run = new CellRun();
    this.#runs.set(cellId, run);
    return run;
  }

  getState(cell: Cell): CellState {
    const run = this.getRun(cell.id);
    return getCellState(cell, run.phase, run.lastJob);
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

  /** Adds a Data Generator at a position; returns its id. */
  addCell(index: number): CellId {
    const titles = this.#notebook.cells.map((cell) => cell.title);
    const cell = createDataGenerator(createFreeTitle('Data Generator', titles));
    this.edit({ type: 'add-cell', cell, index });
    return cell.id;
  }

  #createPackages(wheels: ReadonlyMap<BlobHash, Blob>): NotebookPackages {
    const { storage, notices, takeBack } = this.#services;
    return new NotebookPackages(
      {
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
      },
      wheels,
    );
  }

  /** Deletes a cell, stopping it first, and offers to bring it back. */
  deleteCell(cell: Cell): void {
    this.stopCell(cell.id);
    const inverse = this.edit({ type: 'remove-cell', cellId: cell.id });
    if (!inverse) return;
    this.#services.notices.offer(`“${cell.title}” was deleted.`, {
      label: 'Undo',
      run: () => {
        this.#services.takeBack(inverse);
      },
    });
  }

  runCell(cellId: CellId): void {
    if (this.#isDisposed || this.getRun(cellId).isBusy || !findCell(this.#notebook, cellId)) return;
    this.getRun(cellId).setPhase({ phase: 'queued' });
    this.#queue.add(cellId);
  }

  runAll(): void {
    for (const cell of this.#notebook.cells) this.runCell(cell.id);
  }

  stopCell(cellId: CellId): void {
    if (this.#queue.runningId === cellId) this.#kernel.stop();
    else this.#dequeue([cellId]);
  }

  /** Stops the cell that runs and lets none of those that wait begin. */
  stopAll(): void {
    this.#dequeue(this.#queue.waiting);
    this.#kernel.stop();
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
  openTable(cellId: CellId, output: StoredOutput): Promise<TableSource> {
    return this.getRun(cellId).getTable(output.handle, async () => {
      const file = await this.#services.storage.readBlob(output.blob);
      if (!file) throw new Error(describeMissing(`dataset “${output.handle}”`));
      return await this.#services.tables.openTable(file);
    });
  }

  /** The bytes of an image of the cell's newest results. Rejects with a sentence for the reader. */
  async readImage(image: StoredImage): Promise<Blob> {
    const content = await this.#services.storage.readBlob(image.blob);
    if (!content) throw new Error(describeMissing(`image “${image.name}”`));
    return content;
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
    return result.inverse;
  }

  #dequeue(cellIds: readonly CellId[]): void {
    for (const cellId of cellIds) {
      if (this.#queue.waiting.includes(cellId)) this.getRun(cellId).setPhase({ phase: 'resting' });
    }
    this.#queue.remove(cellIds);
  }

  async #run(cellId: CellId): Promise<void> {
    const cell = findCell(this.#notebook, cellId);
    if (!cell) return;
    const run = this.getRun(cellId);
    const { kind, title, source, configuration } = cell;
    const id = JobId.create();
    let startedAt = Date.now();
    let packages: readonly string[] = [];
    run.log.replace([]);
    const setRunning = (loading: PackageLoading | null, prompt: string | null): void => {
      run.setPhase({ phase: 'running', startedAt, loading, prompt });
    };
    this.#runningJob = { id, cellTitle: title };
    // Python forgets nothing that it was given: without it, it has to be another one.
    if (this.packages.isOutdated) this.#kernel.restart();
    const brought = this.packages.prepareJob();
    const ending = await this.#kernel.run(
      { id, kind, title, source, configuration, packages: brought },
      {
        onHandedOver: () => {
          startedAt = Date.now();
          this.packages.noteGiven(brought);
          setRunning(null, null);
          this.#announcement = `${title} is running`;
        },
        onPackagesFound: (names) => {
          packages = names;
        },
        onPackagesInstalled: (installed) => {
          this.packages.noteInstalled(installed);
        },
        onLoading: (loading) => {
          setRunning(loading, null);
        },
        onScriptStarted: () => {
          setRunning(null, null);
        },
        onInputAsked: (prompt) => {
          setRunning(null, prompt);
          this.#announcement = `${title} asks for input`;
        },
        onLog: (entries) => {
          run.log.append(entries);
        },
      },
    );
    this.#runningJob = null;
    this.#services.onJobEnd(id);
    const finishedAt = Date.now();
    run.setPhase({ phase: 'storing', startedAt });
    const conclusion = await concludeJob(ending, this.#services.tables);
    const { outcome } = conclusion;
    const notebookId = this.#notebook.id;
    const ended: Job = {
      id,
      notebookId,
      cellId,
      startedAt,
      finishedAt,
      source,
      configuration,
      packages,
      outcome,
    };
    const { job, tables } = await commitJob(this.#services, { job: ended, log: run.log.flush() }, conclusion);
    run.finish(job, tables);
    if (this.#isDisposed) run.closeTables();
    else this.#kernel.setPackages(this.#listPackages());
    this.#announcement = `${title}: ${job.outcome.status}`;
  }
}

function describeMissing(what: string): string {
  return `The ${what} is missing from this browser's storage. Run the cell to make it anew.`;
}
