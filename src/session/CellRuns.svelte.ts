import type { TableSource } from '../data/TableSource.ts';
import type { FindSchema } from '../model/data-schema.ts';
import type { Connection } from '../model/handles.ts';
import type { CellId } from '../model/ids.ts';
import { isDone, type Job } from '../model/job.ts';
import type { KnownModels } from '../model/known-models.ts';
import { findCell, takesInputs, type Cell, type Notebook } from '../model/notebook.ts';
import { isAvailable, listKeys, type HeldObjects } from '../model/outputs.ts';
import { listOwnPackages } from '../model/own-packages.ts';
import { getCellState, type CellState } from '../model/run-state.ts';
import type { HashSecret } from '../model/secret-hash.ts';
import { findOutput, findOutputs, listChangedCells, type FindJobs } from '../model/staleness.ts';
import { describeUnfedInput, findUnfedInput } from '../model/unfed-inputs.ts';
import { CellRun } from './CellRun.svelte.ts';
import { keepIfEqual } from '../shared/keep-if-equal.ts';
import { shortenTitle } from './shorten-title.ts';

/** What the runs of a notebook's cells are seen against. */
export interface RunsServices {
  readonly getNotebook: () => Notebook;
  /** The Python that runs the jobs, which has the objects that they put out; null where none does. */
  readonly getKernelId: () => string | null;
  readonly findSchema: FindSchema;
  readonly getSecretHash: () => HashSecret;
  readonly getKnownModels: () => KnownModels | null;
}

/** How the cells of a notebook stand: what runs, what is done, and what has changed since. */
export class CellRuns {
  readonly #services: RunsServices;
  /** Not reactive itself: a run is made when it is first asked for, also while a view is drawn. */
  readonly #runs = new Map<CellId, CellRun>();
  /** The keys of the objects that Python was told to keep last, and of those that were put out since. */
  #keptKeys = $state.raw<ReadonlySet<string>>(new Set());
  /** The cells whose results are not those that they would have now. */
  readonly #changedCells = $derived.by(() => {
    const changed = listChangedCells(
      this.#services.getNotebook(),
      {
        findJobs: (cellId) => this.get(cellId),
        findSchema: this.#services.findSchema,
        hashSecret: this.#services.getSecretHash(),
        getKnownModels: this.#services.getKnownModels,
      },
      this.#held,
    );
    this.#lastChanged = keepIfEqual(this.#lastChanged, changed);
    return this.#lastChanged;
  });
  /** What `#changedCells` was before: as long as it says the same it stays the same set, and nothing is drawn anew. */
  #lastChanged: ReadonlySet<CellId> = new Set();

  constructor(services: RunsServices) {
    this.#services = services;
  }

  get(cellId: CellId): CellRun {
    const known = this.#runs.get(cellId);
    if (known) return known;
    const run = new CellRun();
    this.#runs.set(cellId, run);
    return run;
  }

  getState(cellId: CellId): CellState {
    const cell = findCell(this.#services.getNotebook(), cellId);
    if (cell?.kind === 'dataset') return cell.content ? 'done' : 'idle';
    const run = this.get(cellId);
    return getCellState(run.phase, run.lastJob, this.#changedCells.has(cellId));
  }

  /**
   * Whether a connection needs no run of the cell that it comes from: it hands over something that Python can be given,
   * or nothing, as would be so again after a run of a cell that is not stale.
   */
  isReady(connection: Connection): boolean {
    const { cellId } = connection.from;
    const notebook = this.#services.getNotebook();
    const cell = findCell(notebook, connection.to.cellId);
    const findJobs: FindJobs = (id) => this.get(id);
    if (!cell || !takesInputs(cell) || !findOutputs(cellId, notebook, findJobs)) return false;
    const found = findOutput(connection, cell, notebook, findJobs);
    return found ? isAvailable(found.output, this.#held) : !this.#changedCells.has(cellId);
  }

  /** Why a cell whose turn has come cannot be run, for the reader; null where it can. */
  describeUnfed(cell: Cell): string | null {
    const notebook = this.#services.getNotebook();
    const unfed = findUnfedInput(cell, notebook, (id) => this.get(id));
    if (!unfed) return null;
    const source = findCell(notebook, unfed.connection.from.cellId);
    return describeUnfedInput(unfed, shortenTitle(source?.title ?? ''));
  }

  get #held(): HeldObjects {
    return { kernelId: this.#services.getKernelId(), keys: this.#keptKeys };
  }

  /** The jobs whose results the cells show, those that are deleted and can come back too. */
  listCurrentJobs(): Job[] {
    return [...this.#runs.values()].flatMap(({ lastJob, doneJob }) =>
      [lastJob, doneJob].flatMap((job) => job ?? []),
    );
  }

  /**
   * The keys of the objects that the cells have put out, for the next job: Python lets all others go with it. Those that
   * the job takes are among them, though their cell may be gone since it was looked what these are.
   */
  handOverVariables(taken: readonly string[]): string[] {
    const jobs = this.#services.getNotebook().cells.map(({ id }) => this.get(id).doneJob);
    const keys = new Set([...jobs.flatMap((job) => listKeys(job?.outcome.outputs ?? [])), ...taken]);
    this.#keep([...keys]);
    return [...keys];
  }

  /** Shows a job that is stored; `tables` are those of its outputs, if it was done. */
  finish(job: Job, tables: ReadonlyMap<string, TableSource>): void {
    if (isDone(job)) this.#keep([...this.#keptKeys, ...listKeys(job.outcome.outputs)]);
    this.get(job.cellId).finish(job, tables);
  }

  #keep(keys: readonly string[]): void {
    this.#keptKeys = keepIfEqual(this.#keptKeys, new Set(keys));
  }

  /** The packages that the cells imported when they were last run, sorted, without those the notebook brings itself. */
  listPackages(): string[] {
    const notebook = this.#services.getNotebook();
    const names = notebook.cells.flatMap(({ id }) => this.get(id).lastJob?.packages ?? []);
    const own = new Set(listOwnPackages(notebook).map(({ name }) => name));
    return [...new Set(names)].filter((name) => !own.has(name)).sort();
  }

  closeTables(): void {
    for (const run of this.#runs.values()) run.closeTables();
  }
}
