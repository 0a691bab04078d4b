import type { StartPlan, ToWorker } from '../protocol/messages.ts';
import { parseFromWorker } from '../protocol/parse-message.ts';
import { logger } from '../shared/logger.ts';

/** Making one takes a few seconds; past this many milliseconds something is wrong. */
const timeLimit = 120_000;

/** A worker that makes the snapshot of a plan's packages, stores it, and runs nothing else. */
export class SnapshotMaking {
  readonly #worker: Worker;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #onEnd: (isMade: boolean) => void;

  /** `onEnd` is told once how it ended, unless it is given up before. */
  constructor(
    worker: Worker,
    plan: StartPlan,
    core: Promise<WebAssembly.Module | null>,
    onEnd: (isMade: boolean) => void,
  ) {
    this.#worker = worker;
    this.#onEnd = onEnd;
    this.#timer = setTimeout(() => {
      this.#fail(`it took longer than ${timeLimit / 1000} s`);
    }, timeLimit);
    worker.addEventListener('message', (event) => {
      this.#receive(event.data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#fail(event.message);
    });
    const message: ToWorker = { type: 'make-snapshot', plan };
    worker.postMessage(message);
    void core.then((module) => {
      const given: ToWorker = { type: 'use-core', module };
      worker.postMessage(given);
    });
  }

  /** Ends it, whatever has been made so far. */
  giveUp(): void {
    clearTimeout(this.#timer);
    this.#worker.terminate();
  }

  #receive(data: unknown): void {
    const parsed = parseFromWorker(data);
    if (!parsed.isOk) this.#fail(parsed.problem);
    else if (parsed.value.type === 'snapshot-made') this.#end(true);
    else if (parsed.value.type === 'snapshot-failed') this.#fail(parsed.value.reason);
    else if (parsed.value.type === 'kernel-failed') this.#fail(parsed.value.message);
  }

  #fail(reason: string): void {
    // It costs speed at the next visit and nothing else: no reader is bothered.
    logger.warn(`The snapshot of Python could not be made: ${reason}`);
    this.#end(false);
  }

  #end(isMade: boolean): void {
    this.giveUp();
    this.#onEnd(isMade);
  }
}
