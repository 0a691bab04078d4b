import type { CellId, SessionId } from '../model/ids.ts';
import { logger } from '../shared/logger.ts';

/** A cell that is to be run, and the session that it belongs to. */
export interface Turn {
  readonly cellId: CellId;
  readonly sessionId: SessionId;
}

/** What is in the queue, and how far it has come since it was empty. */
export interface QueueView {
  readonly runningId: CellId | null;
  /** In the order in which they will run. */
  readonly waiting: readonly CellId[];
  /** The number of the cell that runs, from 1; 0 where none does. */
  readonly position: number;
  /** Those that ran, run and wait; cells that were taken out do not count. */
  readonly total: number;
}

/** The cells that wait to be run, in order, and the one that runs. */
export class RunQueue {
  readonly #run: (cellId: CellId, sessionId: SessionId) => Promise<void>;
  readonly #onIdle: () => void;
  #turns = $state.raw<readonly Turn[]>([]);
  #running = $state.raw<Turn | null>(null);
  /** From the first that begins until none is left; what is added meanwhile has its turn, too. */
  #isWorking = $state(false);
  /** How many have begun since the queue was empty. */
  #begunCount = $state(0);

  /** `run` runs one cell to its end and never rejects; `onIdle` is told when none is left. */
  constructor(run: (cellId: CellId, sessionId: SessionId) => Promise<void>, onIdle: () => void) {
    this.#run = run;
    this.#onIdle = onIdle;
  }

  get runningId(): CellId | null {
    return this.#running?.cellId ?? null;
  }

  get waiting(): readonly CellId[] {
    return this.#turns.map(({ cellId }) => cellId);
  }

  get isBusy(): boolean {
    return this.#isWorking;
  }

  get view(): QueueView {
    return {
      runningId: this.runningId,
      waiting: this.waiting,
      position: this.#begunCount,
      total: this.#begunCount + this.#turns.length,
    };
  }

  add(cellIds: readonly CellId[], sessionId: SessionId): void {
    this.#turns = [...this.#turns, ...cellIds.map((cellId) => ({ cellId, sessionId }))];
    if (!this.#isWorking) void this.#work();
  }

  /**
   * The cell that runs has ended, though its run is not over yet: it runs no more, and can be added again as any other.
   * To be told before anybody sees that it has ended.
   */
  letGo(): void {
    this.#running = null;
  }

  /** Whether a cell runs or waits that belongs to the session. */
  hasSession(sessionId: SessionId): boolean {
    return [this.#running, ...this.#turns].some((turn) => turn?.sessionId === sessionId);
  }

  /** Those that wait in a session, in the order in which they will run. */
  listWaiting(sessionId: SessionId): readonly CellId[] {
    return this.#turns.filter((turn) => turn.sessionId === sessionId).map(({ cellId }) => cellId);
  }

  /** Puts those that wait into another order. */
  arrange(order: readonly CellId[]): void {
    const place = ({ cellId }: Turn): number => order.indexOf(cellId);
    this.#turns = [...this.#turns].sort((one, other) => place(one) - place(other));
  }

  /** Takes cells out; gives those that waited, in order. */
  remove(cellIds: readonly CellId[]): Turn[] {
    const removed = this.#turns.filter(({ cellId }) => cellIds.includes(cellId));
    this.#turns = this.#turns.filter((turn) => !removed.includes(turn));
    return removed;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let turn = this.#turns[0]; turn; turn = this.#turns[0]) {
      this.#turns = this.#turns.slice(1);
      this.#running = turn;
      this.#begunCount += 1;
      try {
        await this.#run(turn.cellId, turn.sessionId);
      } catch (error) {
        // A bug of ours: the cells behind it are not to wait for ever.
        logger.error('a run did not end as it should', error);
      } finally {
        this.#running = null;
      }
    }
    this.#begunCount = 0;
    this.#isWorking = false;
    this.#onIdle();
  }
}
