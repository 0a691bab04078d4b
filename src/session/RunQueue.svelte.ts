import type { CellId, SessionId } from '../model/ids.ts';
import { logger } from '../shared/logger.ts';

/** A cell that is to be run, and the session that it belongs to. */
interface Turn {
  readonly cellId: CellId;
  readonly sessionId: SessionId;
}

/** The cells that wait to be run, in order, and the one that runs. */
export class RunQueue {
  readonly #run: (cellId: CellId, sessionId: SessionId) => Promise<void>;
  readonly #onIdle: () => void;
  #turns = $state.raw<readonly Turn[]>([]);
  #runningId = $state.raw<CellId | null>(null);

  /** `run` runs one cell to its end and never rejects; `onIdle` is told when none is left. */
  constructor(run: (cellId: CellId, sessionId: SessionId) => Promise<void>, onIdle: () => void) {
    this.#run = run;
    this.#onIdle = onIdle;
  }

  get runningId(): CellId | null {
    return this.#runningId;
  }

  get waiting(): readonly CellId[] {
    return this.#turns.map(({ cellId }) => cellId);
  }

  get isBusy(): boolean {
    return this.#runningId !== null || this.#turns.length > 0;
  }

  add(cellIds: readonly CellId[], sessionId: SessionId): void {
    this.#turns = [...this.#turns, ...cellIds.map((cellId) => ({ cellId, sessionId }))];
    if (this.#runningId === null) void this.#work();
  }

  remove(cellIds: readonly CellId[]): void {
    this.#turns = this.#turns.filter(({ cellId }) => !cellIds.includes(cellId));
  }

  async #work(): Promise<void> {
    for (let turn = this.#turns[0]; turn; turn = this.#turns[0]) {
      this.#turns = this.#turns.slice(1);
      this.#runningId = turn.cellId;
      try {
        await this.#run(turn.cellId, turn.sessionId);
      } catch (error) {
        // A bug of ours: the cells behind it are not to wait for ever.
        logger.error('a run did not end as it should', error);
      } finally {
        this.#runningId = null;
      }
    }
    this.#onIdle();
  }
}
