import type { TableSource } from '../data/TableSource.ts';
import type { FindSchema } from '../model/data-schema.ts';
import type { Connection } from '../model/handles.ts';
import type { CellId } from '../model/ids.ts';
import { isDone, type Job } from '../model/job.ts';
import { findCell, takesInputs, type Notebook } from '../model/notebook.ts';
import { isAvailable, listKeys, type HeldObjects } from '../model/outputs.ts';
import { getCellState, type CellState } from '../model/run-state.ts';
import type { HashSecret } from '../model/secret-hash.ts';
import { findOutput, listChangedCells } from '../model/staleness.ts';
import { CellRun } from './CellRun.svelte.ts';
import { keepIfEqual } from '../shared/keep-if-equal.ts';
import { listOwnPackages } from './NotebookPackages.svelte.ts';

/** What the runs of a notebook's cells are seen against. */
export interface RunsServices {
  readonly getNotebook: () => Notebook;
  /** The Python that runs the jobs, which has the objects that they put out; null where none does. */
  readonly getKernelId: () => string | null;
  readonly findSchema: FindSchema;
  readonly getSecretHash: () => HashSecret;
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
    const run = this.get(cellId);
    return getCellState(run.phase, run.lastJob, this.#changedCells.has(cellId));
  }

  /** Whether what depends on the cell finds something there that Python can be given. */
  hasOutputs(cellId: CellId): boolean {
    const { doneJob } = this.get(cellId);
    const held = this.#held;
    return doneJob?.outcome.outputs.every((output) => isAvailable(output, held)) ?? false;
  }

  /** Whether a connection hands over nothing, and may once the cell that it comes from, which is stale, is run. */
  isAwaited(connection: Connection): boolean {
    const cell = findCell(this.#services.getNotebook(), connection.to.cellId);
    if (!cell || !takesInputs(cell) || !this.#changedCells.has(connection.from.cellId)) return false;
    return !findOutput(connection, cell, (cellId) => this.get(cellId));
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

  /** The keys of the objects that the cells have put out, for the next job: Python lets all others go with it. */
  handOverVariables(): string[] {
    const jobs = this.#services.getNotebook().cells.map(({ id }) => this.get(id).doneJob);
    const keys = jobs.flatMap((job) => listKeys(job?.outcome.outputs ?? []));
    this.#keep(keys);
    return keys;
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
    const own = listOwnPackages(notebook);
    return [...new Set(names)].filter((name) => !own.has(name)).sort();
  }

  closeTables(): void {
    for (const run of this.#runs.values()) run.closeTables();
  }
}
