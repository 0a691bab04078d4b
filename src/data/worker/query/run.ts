/** Long work in the worker: how far it is, and whether it is still wanted. */
export interface Run {
  readonly signal: AbortSignal;
  /** Tells that so much of the whole is done. */
  report(done: number, total: number): void;
}

/** How long work may go on before windows are read in between, in milliseconds. */
const longestStretchMs = 30;

/** So many rows take a few milliseconds, whatever is done with each. */
const stretchLength = 65_536;

/** Lets other requests be answered between stretches of work; rejects when the work is no longer wanted. */
export class Pauses {
  readonly #signal: AbortSignal;
  #begunAt = performance.now();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Waits a moment where the work has gone on for long. */
  async take(): Promise<void> {
    this.#signal.throwIfAborted();
    if (performance.now() - this.#begunAt < longestStretchMs) return;
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
    this.#begunAt = performance.now();
    this.#signal.throwIfAborted();
  }

  /** Visits the numbers from 0 up to `count`, a stretch after the other, from `start` up to `end`. */
  async inStretches(count: number, visit: (start: number, end: number) => void): Promise<void> {
    for (let start = 0; start < count; start += stretchLength) {
      await this.take();
      visit(start, Math.min(count, start + stretchLength));
    }
  }
}
