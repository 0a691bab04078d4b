import { SvelteMap } from 'svelte/reactivity';
import { planNextCycle, type CyclePlace, type Cycles } from '../model/cycles.ts';
import { CyclesId, type CellId, type SessionId } from '../model/ids.ts';
import { countRows, isDone, type DoneJob, type Job } from '../model/job.ts';
import { findCell, type Notebook } from '../model/notebook.ts';
import { shortenTitle } from './shorten-title.ts';

/** A Statement that runs in cycles. */
export interface CyclesView {
  /** The cycle that runs, is due, or ran last; from 1. */
  readonly cycle: number;
  /** How many there will be; null where nobody knows. */
  readonly total: number | null;
  /** When the next begins, in milliseconds since 1970; null while one runs or is due. */
  readonly nextAt: number | null;
}

/** How far the cycles of a cell are. */
type Progress =
  /** The cell runs, or waits to, in the session of this cycle. `rowsBefore` were there when it began to run. */
  | { readonly type: 'running'; readonly sessionId: SessionId; readonly rowsBefore: number }
  /** The next begins at a time. */
  | { readonly type: 'waiting'; readonly timer: ReturnType<typeof setTimeout>; readonly nextAt: number }
  /** The cell runs, or waits to, in a session of another run: the cycle begins after that. */
  | { readonly type: 'due' };

interface Running {
  /** That which runs, is due, or ran last. */
  readonly place: CyclePlace;
  readonly progress: Progress;
}

export interface CyclesServices {
  readonly getNotebook: () => Notebook;
  readonly findDoneJob: (cellId: CellId) => DoneJob | null;
  /** What the cell does in the queue. */
  readonly getTurn: (cellId: CellId) => 'none' | 'running' | 'waiting';
  /** Tells the person that the cycles have ended by themselves though more were to come. */
  readonly tell: (text: string) => void;
  /**
   * Queues one cycle, as a session of its own that `onBegin` is told of before anything runs. Returns whether it could: a
   * cell that runs is queued again only where it has changed.
   */
  readonly run: (cellId: CellId, cycle: CyclePlace, onBegin: (sessionId: SessionId) => void) => boolean;
}

/**
 * Runs Statements in cycles: each is stored before the next begins, so that a tab that is closed loses none that ended.
 *
 * - Run pressed between two cycles begins them anew at once. Pressed during one it does nothing, or, where the cell has
 *   changed since, begins them anew after it.
 * - A cycle that is due while the cell runs or waits for another reason, such as “Run all”, begins after that.
 * - Only the end of a cycle's own job decides on the next. One that is not done ends the cycles, which is told where
 *   nobody stopped it.
 */
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

  /** The Statements that run in cycles, or wait for their next. */
  get cellIds(): readonly CellId[] {
    return [...this.#running.keys()];
  }

  /** Null where the cell does not run in cycles now. */
  get(cellId: CellId): CyclesView | null {
    const running = this.#running.get(cellId);
    if (!running) return null;
    const { place, progress } = running;
    const cycles = this.#findCycles(cellId);
    return {
      cycle: place.cycle,
      total: cycles?.type === 'times' ? cycles.count : null,
      nextAt: progress.type === 'waiting' ? progress.nextAt : null,
    };
  }

  /** Begins the first cycle of a Statement that is to run in some. Returns whether it is. */
  start(cellId: CellId): boolean {
    const cycles = this.#findCycles(cellId);
    if (!cycles || cycles.type === 'once') return false;
    const place: CyclePlace = { cyclesId: CyclesId.create(), cycle: 1 };
    if (this.#running.get(cellId)?.progress.type !== 'running') {
      this.stop(cellId);
      this.#begin(cellId, place);
    } else if (this.#services.getTurn(cellId) !== 'waiting') {
      // Where it runs it is queued again if it has changed, and what runs is no cycle of these.
      this.#queue(cellId, place);
    }
    return true;
  }

  /** Lets no further cycle begin. */
  stop(cellId: CellId): void {
    const progress = this.#running.get(cellId)?.progress;
    if (progress?.type === 'waiting') clearTimeout(progress.timer);
    this.#running.delete(cellId);
  }

  stopAll(): void {
    for (const cellId of [...this.#running.keys()]) this.stop(cellId);
  }

  /** A job of the cell begins. */
  noteBegin(cellId: CellId, sessionId: SessionId): void {
    const running = this.#running.get(cellId);
    if (running?.progress.type !== 'running' || running.progress.sessionId !== sessionId) return;
    const before = this.#services.findDoneJob(cellId);
    const rowsBefore = before ? countRows(before) : 0;
    this.#running.set(cellId, { ...running, progress: { ...running.progress, rowsBefore } });
  }

  /** A job of the cell has ended, and is stored; null where its turn in that session passed without one. */
  noteEnd(cellId: CellId, sessionId: SessionId, job: Job | null): void {
    const running = this.#running.get(cellId);
    if (!running) return;
    const { place, progress } = running;
    if (progress.type === 'due') this.#wait(cellId, running, place, 0);
    if (progress.type !== 'running' || progress.sessionId !== sessionId) return;
    const wait = job && this.#planNext(cellId, running.place, job, progress.rowsBefore);
    if (wait === null) {
      this.#running.delete(cellId);
      this.#tellEnd(cellId, place, job);
    } else this.#wait(cellId, running, { ...place, cycle: place.cycle + 1 }, wait);
  }

  #tellEnd(cellId: CellId, { cycle }: CyclePlace, job: Job | null): void {
    const cell = findCell(this.#services.getNotebook(), cellId);
    if (cell?.kind !== 'statement' || (job && job.outcome.status !== 'failed')) return;
    const isLast = planNextCycle(cell.configuration.cycles, { cycle, isDone: true, rowCount: 1 }) === null;
    if (isLast) return;
    const how = job ? 'failed' : 'was not run';
    this.#services.tell(
      `“${shortenTitle(cell.title)}” runs in no further cycles: cycle ${cycle} ${how}. The cell says why. Press Run to begin again.`,
    );
  }

  /** Milliseconds until the next cycle; null where there is none. */
  #planNext(cellId: CellId, { cycle }: CyclePlace, job: Job, rowsBefore: number): number | null {
    const cycles = this.#findCycles(cellId);
    if (!cycles) return null;
    const isAppending = job.setup.kind === 'statement' && job.setup.isAppending;
    const rowCount = countRows(job) - (isAppending ? rowsBefore : 0);
    return planNextCycle(cycles, { cycle, isDone: isDone(job), rowCount });
  }

  /** Also without a wait a cycle begins once the queue has let go of the cell. */
  #wait(cellId: CellId, running: Running, next: CyclePlace, wait: number): void {
    const timer = setTimeout(() => {
      this.#begin(cellId, next);
    }, wait);
    this.#running.set(cellId, {
      ...running,
      progress: { type: 'waiting', timer, nextAt: Date.now() + wait },
    });
  }

  #begin(cellId: CellId, place: CyclePlace): void {
    if (this.#services.getTurn(cellId) !== 'none')
      this.#running.set(cellId, { place, progress: { type: 'due' } });
    else if (!this.#queue(cellId, place)) this.#running.delete(cellId);
  }

  #queue(cellId: CellId, place: CyclePlace): boolean {
    return this.#services.run(cellId, place, (sessionId) => {
      this.#running.set(cellId, { place, progress: { type: 'running', sessionId, rowsBefore: 0 } });
    });
  }

  #findCycles(cellId: CellId): Cycles | null {
    const cell = findCell(this.#services.getNotebook(), cellId);
    return cell?.kind === 'statement' ? cell.configuration.cycles : null;
  }
}
