import type { TableEngine } from '../data/TableEngine.ts';
import type { TableSource } from '../data/TableSource.ts';
import type { Kernel } from '../kernel/Kernel.ts';
import { applyEdit, type Edit } from '../model/edits.ts';
import { JobId, type CellId } from '../model/ids.ts';
import { createPlainError, isDone, type Job, type StoredImage, type StoredOutput } from '../model/job.ts';
import type { KernelState } from '../model/kernel-state.ts';
import {
  createDataGenerator,
  createFreeTitle,
  findCell,
  type Cell,
  type Notebook,
} from '../model/notebook.ts';
import { getCellState, type CellState } from '../model/run-state.ts';
import type { Storage } from '../storage/Storage.ts';
import { Autosave } from './Autosave.ts';
import { CellRun } from './CellRun.svelte.ts';
import { concludeJob, type Conclusion } from './conclude-job.ts';
import type { Notices } from './Notices.svelte.ts';

/** What a notebook session works with. */
export interface NotebookServices {
  readonly storage: Storage;
  readonly tables: TableEngine;
  readonly notices: Notices;
  readonly createKernel: () => Kernel;
  /** Told of every change to the notebook. */
  readonly onChange: (notebook: Notebook) => void;
  /** Saves the notebook; a failure is told by whoever does it. */
  readonly save: (notebook: Notebook) => void;
}

/** An open notebook: its cells, their runs, the queue, and the Python that runs them. */
export class NotebookSession {
  readonly #services: NotebookServices;
  readonly #kernel: Kernel;
  readonly #autosave: Autosave<Notebook>;
  /** Not reactive itself: a run is made when it is first asked for, also while a view is drawn. */
  readonly #runs = new Map<CellId, CellRun>();
  #notebook: Notebook;
  #kernelState: KernelState;
  #queue = $state.raw<readonly CellId[]>([]);
  #runningId = $state.raw<CellId | null>(null);
  #announcement = $state('');
  /** The inverses of what was done, newest last. */
  #past: Edit[] = [];

  constructor(notebook: Notebook, jobs: readonly Job[], services: NotebookServices) {
    this.#services = services;
    this.#notebook = $state.raw(notebook);
    this.#autosave = new Autosave(services.save);
    for (const [cellId, ofCell] of Map.groupBy(jobs, (job) => job.cellId))
      this.getRun(cellId).restore(ofCell);
    this.#kernel = services.createKernel();
    this.#kernelState = $state.raw(this.#kernel.state);
    this.#kernel.subscribe((state) => {
      this.#kernelState = state;
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
    return this.#runningId !== null || this.#queue.length > 0;
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
    const result = applyEdit(this.#notebook, edit);
    if (!result) return null;
    this.#notebook = { ...result.notebook, changedAt: Date.now() };
    this.#services.onChange(this.#notebook);
    this.#autosave.schedule(this.#notebook);
    // Typing is taken back by the editor, which knows its steps.
    if (edit.type !== 'set-source') this.#past.push(result.inverse);
    return result.inverse;
  }

  /** Takes back the last change to the notebook's structure that still can be. */
  undo(): void {
    for (let inverse = this.#past.pop(); inverse; inverse = this.#past.pop()) {
      const redo = this.edit(inverse);
      if (!redo) continue;
      this.#past.pop();
      return;
    }
  }

  /** Adds a Data Generator at a position; returns its id. */
  addCell(index: number): CellId {
    const titles = this.#notebook.cells.map((cell) => cell.title);
    const cell = createDataGenerator(createFreeTitle('Data Generator', titles));
    this.edit({ type: 'add-cell', cell, index });
    return cell.id;
  }

  /** Deletes a cell, stopping it first, and offers to bring it back. */
  deleteCell(cell: Cell): void {
    this.stopCell(cell.id);
    const inverse = this.edit({ type: 'remove-cell', cellId: cell.id });
    if (!inverse) return;
    this.#services.notices.offer(`“${cell.title}” was deleted.`, {
      label: 'Undo',
      run: () => this.edit(inverse),
    });
  }

  runCell(cellId: CellId): void {
    if (this.getRun(cellId).isBusy || !findCell(this.#notebook, cellId)) return;
    this.getRun(cellId).setPhase({ phase: 'queued' });
    this.#queue = [...this.#queue, cellId];
    void this.#runNext();
  }

  runAll(): void {
    for (const cell of this.#notebook.cells) this.runCell(cell.id);
  }

  stopCell(cellId: CellId): void {
    if (this.#runningId === cellId) this.#kernel.stop();
    else this.#dequeue([cellId]);
  }

  /** Stops the cell that runs and lets none of those that wait begin. */
  stopAll(): void {
    this.#dequeue(this.#queue);
    this.#kernel.stop();
  }

  restartPython(): void {
    this.#dequeue(this.#queue);
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
    if (run.isBusy || run.log.entries.length > 0 || !run.lastJob) return;
    const entries = await this.#services.storage.loadLog(run.lastJob.id);
    if (!run.isBusy) run.log.replace(entries);
  }

  saveNow(): void {
    this.#autosave.flush();
  }

  /** Ends the session; what waits to be saved is saved. */
  dispose(): void {
    this.#dequeue(this.#queue);
    this.#autosave.flush();
    this.#kernel.dispose();
    for (const run of this.#runs.values()) run.closeTables();
  }

  #dequeue(cellIds: readonly CellId[]): void {
    for (const cellId of cellIds) {
      if (this.#queue.includes(cellId)) this.getRun(cellId).setPhase({ phase: 'resting' });
    }
    this.#queue = this.#queue.filter((cellId) => !cellIds.includes(cellId));
  }

  async #runNext(): Promise<void> {
    if (this.#runningId !== null) return;
    for (let cellId = this.#queue[0]; cellId; cellId = this.#queue[0]) {
      this.#queue = this.#queue.slice(1);
      const cell = findCell(this.#notebook, cellId);
      if (!cell) continue;
      this.#runningId = cellId;
      await this.#run(cell);
      this.#runningId = null;
    }
  }

  async #run(cell: Cell): Promise<void> {
    const run = this.getRun(cell.id);
    const { kind, title, source, configuration } = cell;
    const id = JobId.create();
    let startedAt = Date.now();
    run.log.replace([]);
    const ending = await this.#kernel.run(
      { id, kind, title, source, configuration },
      {
        onHandedOver: () => {
          startedAt = Date.now();
          run.setPhase({ phase: 'running', startedAt, loading: null });
          this.#announcement = `${title} is running`;
        },
        onLoading: (loading) => {
          run.setPhase({ phase: 'running', startedAt, loading });
        },
        onScriptStarted: () => {
          run.setPhase({ phase: 'running', startedAt, loading: null });
        },
        onLog: (entries) => {
          run.log.append(entries);
        },
      },
    );
    const finishedAt = Date.now();
    run.setPhase({ phase: 'storing', startedAt });
    const conclusion = await concludeJob(ending, this.#services.tables);
    const { outcome } = conclusion;
    const notebookId = this.#notebook.id;
    const job: Job = {
      id,
      notebookId,
      cellId: cell.id,
      startedAt,
      finishedAt,
      source,
      configuration,
      outcome,
    };
    await this.#commit(run, job, conclusion);
  }

  /** Stores a job, and only then shows it as ended. A job whose results cannot be kept has failed. */
  async #commit(run: CellRun, job: Job, { blobs, tables }: Conclusion): Promise<void> {
    const log = run.log.flush();
    const written = await this.#services.storage.commitJob({ job, log }, blobs);
    if (written.isOk) {
      this.#finish(run, job, tables);
      return;
    }
    for (const table of tables.values()) table.close();
    const message =
      written.problem.kind === 'full'
        ? 'The script ran to its end, but this browser has no room left for its results. Delete notebooks that are not needed, then run the cell again. Earlier results are kept.'
        : `The script ran to its end, but its results could not be stored (${written.problem.message}). Run the cell again. Earlier results are kept.`;
    const failed: Job = isDone(job)
      ? { ...job, outcome: { status: 'failed', error: createPlainError('storage', message) } }
      : job;
    // Without its results the record is small and may still find room; if not, it is shown until the page goes.
    await this.#services.storage.commitJob({ job: failed, log: [] }, []);
    this.#finish(run, failed, new Map());
  }

  #finish(run: CellRun, job: Job, tables: ReadonlyMap<string, TableSource>): void {
    run.finish(job, tables);
    const title = findCell(this.#notebook, job.cellId)?.title ?? 'A deleted cell';
    this.#announcement = `${title}: ${job.outcome.status}`;
  }
}

function describeMissing(what: string): string {
  return `The ${what} is missing from this browser's storage. Run the cell to make it anew.`;
}
