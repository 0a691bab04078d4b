import type { CellId } from '../model/ids.ts';
import { logger } from '../shared/logger.ts';

/** The cells that wait to be run, in order, and the one that runs. */
export class RunQueue {
  readonly #run: (cellId: CellId) => Promise<void>;
  readonly #onIdle: () => void;
  #waiting = $state.raw<readonly CellId[]>([]);
  #runningId = $state.raw<CellId | null>(null);

  /** `run` runs one cell to its end and never rejects; `onIdle` is told when none is left. */
  constructor(run: (cellId: CellId) => Promise<void>, onIdle: () => void) {
    this.#run = run;
    this.#onIdle = onIdle;
  }

  get runningId(): CellId | null {
    return this.#runningId;
  }

  get waiting(): readonly CellId[] {
    return this.#waiting;
  }

  get isBusy(): boolean {
    return this.#runningId !== null || this.#waiting.length > 0;
  }

  add(cellId: CellId): void {
    this.#waiting = [...this.#waiting, cellId];
    if (this.#runningId === null) void this.#work();
  }

  remove(cellIds: readonly CellId[]): void {
    this.#waiting = this.#waiting.filter((cellId) => !cellIds.includes(cellId));
  }

  async #work(): Promise<void> {
    for (let cellId = this.#waiting[0]; cellId; cellId = this.#waiting[0]) {
      this.#waiting = this.#waiting.slice(1);
      this.#runningId = cellId;
      try {
        await this.#run(cellId);
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
