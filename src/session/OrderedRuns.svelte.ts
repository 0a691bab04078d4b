import type { SessionId } from '../model/ids.ts';
import type { Job } from '../model/job.ts';
import type { SkippedCell } from '../model/session.ts';
import { Pulse } from '../shared/pulse.ts';
import { OrderedRun } from './OrderedRun.ts';
import type { RunEnd, RunOrder } from './run-order.ts';

export interface OrderedRunsServices {
  /** Whether the notebook was closed for good. */
  readonly isDisposed: () => boolean;
  /** Whether something runs or waits, or is to be decided on first. */
  readonly isTaken: () => boolean;
  /** Why nothing of the notebook may run, as a sentence; null where it may. */
  readonly findRefusal: () => string | null;
  /** Runs all cells as a session of its own, which `onBegin` is told of before anything runs; does nothing where it cannot. */
  readonly run: (order: RunOrder, onBegin: (sessionId: SessionId) => void) => void;
  /** Whether a cell of a session runs or waits. */
  readonly hasSession: (id: SessionId) => boolean;
  readonly stopSession: (id: SessionId) => void;
  /** Told when a run has ended that was ordered. */
  readonly onEnd: () => void;
}

const stopped = 'It was stopped.';
const deleted = 'The notebook was deleted.';

/** The runs of a notebook that schedules and production lines ordered. */
export class OrderedRuns {
  readonly #services: OrderedRunsServices;
  /** How many have not ended, also of those that wait for others to end. */
  #count = $state(0);
  readonly #runs = new Map<SessionId, OrderedRun>();
  /** Beats when something ended that one of them may wait for. */
  readonly #settled = new Pulse();

  constructor(services: OrderedRunsServices) {
    this.#services = services;
  }

  get isActive(): boolean {
    return this.#count > 0;
  }

  /**
   * Runs all cells when nothing runs or waits any more: what waits would stay in the session of who asked for it, and run as
   * somebody else. Gives how it ended; to be stopped is an end as well.
   */
  async run(order: RunOrder): Promise<RunEnd> {
    const { isTaken, isDisposed, onEnd } = this.#services;
    const { signal } = order;
    const wake = (): void => {
      this.noteChange();
    };
    this.#count += 1;
    signal.addEventListener('abort', wake);
    try {
      while (isTaken() && !isDisposed() && !signal.aborted) await this.#settled.next();
      return await this.#carryOut(order);
    } finally {
      signal.removeEventListener('abort', wake);
      this.#count -= 1;
      onEnd();
    }
  }

  /** Something has ended, or was taken out of the queue, or decided. */
  noteChange(): void {
    this.#settled.beat();
  }

  /** A job has ended, and its session with it where nothing of that is left. */
  noteJob(job: Job): void {
    if (job.sessionId) this.#runs.get(job.sessionId)?.noteJob(job);
  }

  noteSkipped(sessionId: SessionId, cells: readonly SkippedCell[]): void {
    this.#runs.get(sessionId)?.noteSkipped(cells);
  }

  async #carryOut(order: RunOrder): Promise<RunEnd> {
    const { isDisposed, findRefusal, run } = this.#services;
    if (order.signal.aborted) return { sessionId: null, status: 'stopped', reason: stopped };
    if (isDisposed()) return { sessionId: null, status: 'stopped', reason: deleted };
    const refusal = findRefusal();
    if (refusal !== null) return { sessionId: null, status: 'failed', reason: refusal };
    const begun: OrderedRun[] = [];
    run(order, (sessionId) => {
      order.onBegin();
      const ordered = new OrderedRun(sessionId);
      begun.push(ordered);
      this.#runs.set(sessionId, ordered);
    });
    const [ordered] = begun;
    if (ordered) return await this.#awaitEnd(ordered, order.signal);
    return { sessionId: null, status: 'failed', reason: 'There is no cell in it that could be run.' };
  }

  async #awaitEnd(ordered: OrderedRun, signal: AbortSignal): Promise<RunEnd> {
    const { isDisposed, hasSession, stopSession } = this.#services;
    const { sessionId } = ordered;
    const stop = (): void => {
      stopSession(sessionId);
    };
    signal.addEventListener('abort', stop);
    while (hasSession(sessionId) && !isDisposed()) await this.#settled.next();
    signal.removeEventListener('abort', stop);
    this.#runs.delete(sessionId);
    if (isDisposed()) return { sessionId, status: 'stopped', reason: deleted };
    return signal.aborted ? { sessionId, status: 'stopped', reason: stopped } : ordered.describeEnd();
  }
}
