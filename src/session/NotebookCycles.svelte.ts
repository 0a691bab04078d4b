import { SvelteMap } from 'svelte/reactivity';
import { planNextCycle, type CyclePlace } from '../model/cycles.ts';
import { CyclesId, type CellId } from '../model/ids.ts';
import { isDone, type DoneJob, type Job } from '../model/job.ts';
import { findCell, type Notebook } from '../model/notebook.ts';

/** A Statement that runs in cycles. */
export interface CyclesView {
  /** The cycle that runs, or ran last; from 1. */
  readonly cycle: number;
  /** How many there will be; null where nobody knows. */
  readonly total: number | null;
  /** When the next begins, in milliseconds since 1970; null while one runs. */
  readonly nextAt: number | null;
}

interface Running extends CyclesView {
  readonly cyclesId: CyclesId;
  readonly timer: ReturnType<typeof setTimeout> | null;
  /** How many rows were there before the cycle, where its own are added to them. */
  readonly rowsBefore: number;
}

export interface CyclesServices {
  readonly getNotebook: () => Notebook;
  readonly findDoneJob: (cellId: CellId) => DoneJob | null;
  /** Queues one cycle, as a session of its own. Returns whether it could. */
  readonly run: (cellId: CellId, cycle: CyclePlace) => boolean;
}

/** Runs Statements in cycles: each is stored before the next begins, so that a tab that is closed loses none that ended. */
export class NotebookCycles {
  readonly #services: CyclesServices;
  readonly #running = new SvelteMap<CellId, Running>();

  constructor(services: CyclesServices) {
    this.#services = services;
  }

  /** Whether a Statement runs in cycles, or waits for its next. */
  get isActive(): boolean {
    return this.#running.size > 0;
  }

  /** Null where the cell does not run in cycles now. */
  get(cellId: CellId): CyclesView | null {
    return this.#running.get(cellId) ?? null;
  }

  /** Begins the first cycle of a Statement that is to run in some. Returns whether it is. */
  start(cellId: CellId): boolean {
    const cell = findCell(this.#services.getNotebook(), cellId);
    if (cell?.kind !== 'statement' || cell.configuration.cycles.type === 'once') return false;
    this.stop(cellId);
    this.#begin(cellId, { cyclesId: CyclesId.create(), cycle: 1 });
    return true;
  }

  /** Lets no further cycle begin. Returns whether one was waited for. */
  stop(cellId: CellId): boolean {
    const running = this.#running.get(cellId);
    if (!running) return false;
    if (running.timer !== null) clearTimeout(running.timer);
    this.#running.delete(cellId);
    return running.nextAt !== null;
  }

  stopAll(): void {
    for (const cellId of [...this.#running.keys()]) this.stop(cellId);
  }

  /** A job of the cell has ended, and is stored. */
  noteEnd(cellId: CellId, job: Job | null): void {
    const running = this.#running.get(cellId);
    if (!running || running.nextAt !== null) return;
    const cell = findCell(this.#services.getNotebook(), cellId);
    if (cell?.kind !== 'statement' || !job) {
      this.#running.delete(cellId);
      return;
    }
    const { cyclesId, cycle } = running;
    const { cycles } = cell.configuration;
    const isAppending = job.setup.kind === 'statement' && job.setup.isAppending;
    const rowCount = countRows(job) - (isAppending ? running.rowsBefore : 0);
    const wait = planNextCycle(cycles, { cycle, isDone: isDone(job), rowCount });
    if (wait === null) {
      this.#running.delete(cellId);
      return;
    }
    // Also without a wait it begins once the queue has let go of the cell.
    const timer = setTimeout(() => {
      this.#begin(cellId, { cyclesId, cycle: cycle + 1 });
    }, wait);
    this.#running.set(cellId, { ...running, timer, nextAt: Date.now() + wait });
  }

  #begin(cellId: CellId, place: CyclePlace): void {
    const cell = findCell(this.#services.getNotebook(), cellId);
    if (cell?.kind !== 'statement') {
      this.#running.delete(cellId);
      return;
    }
    const { cycles } = cell.configuration;
    const total = cycles.type === 'times' ? cycles.count : null;
    const before = this.#services.findDoneJob(cellId);
    const rowsBefore = before ? countRows(before) : 0;
    this.#running.set(cellId, { ...place, total, nextAt: null, timer: null, rowsBefore });
    if (!this.#services.run(cellId, place)) this.#running.delete(cellId);
  }
}

function countRows(job: Job): number {
  const output = isDone(job) ? job.outcome.outputs[0] : undefined;
  return output?.kind === 'dataset' ? output.summary.rowCount : 0;
}
