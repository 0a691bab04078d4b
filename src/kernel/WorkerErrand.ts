import type { FromWorker, ToWorker } from '../protocol/messages.ts';
import { parseFromWorker } from '../protocol/parse-message.ts';
import { logger } from '../shared/logger.ts';

/** What takes a few seconds; past this many milliseconds something is wrong. */
const timeLimit = 120_000;

/** What a worker is sent for. */
export type Errand = Extract<ToWorker, { type: 'make-snapshot' | 'pack-wheels' }>;

/** What there is to fetch, as the console names it. */
const names: Record<Errand['type'], string> = {
  'make-snapshot': 'The snapshot of Python could not be made',
  'pack-wheels': 'Wheels could not be packed for later starts',
};

/** A worker that makes something for later starts, stores it, and runs nothing else. News that come after its end are dropped. */
export class WorkerErrand {
  readonly #worker: Worker;
  readonly #errand: Errand;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #onEnd: (isDone: boolean) => void;
  #isOver = false;

  /** `onEnd` is told once how it ended, unless it is given up before. */
  constructor(
    worker: Worker,
    errand: Errand,
    core: Promise<WebAssembly.Module | null>,
    onEnd: (isDone: boolean) => void,
  ) {
    this.#worker = worker;
    this.#errand = errand;
    this.#onEnd = onEnd;
    this.#timer = setTimeout(() => {
      this.#fail(`it took longer than ${timeLimit / 1000} s`);
    }, timeLimit);
    worker.addEventListener('message', (event) => {
      if (!this.#isOver) this.#receive(event.data);
    });
    worker.addEventListener('messageerror', () => {
      if (!this.#isOver) this.#fail('what it said could not be taken apart');
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (!this.#isOver) this.#fail(event.message || 'the worker could not be loaded');
    });
    worker.postMessage(errand);
    void core.then((module) => {
      const given: ToWorker = { type: 'use-core', module };
      if (!this.#isOver) worker.postMessage(given);
    });
  }

  get kernelId(): string {
    return this.#errand.plan.kernelId;
  }

  /** Ends it, whatever has been made so far. */
  giveUp(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#worker.terminate();
  }

  #receive(data: unknown): void {
    const parsed = parseFromWorker(data);
    if (parsed.isOk) this.#handle(parsed.value);
    else this.#fail(parsed.problem);
  }

  #handle(message: FromWorker): void {
    switch (message.type) {
      case 'snapshot-made':
      case 'wheels-packed':
        this.#end(true);
        return;
      case 'snapshot-failed':
      case 'packing-failed':
        this.#fail(message.reason);
        return;
      case 'kernel-failed':
        this.#fail(message.message);
        return;
      default:
      // News of Python's start are not waited for.
    }
  }

  #fail(reason: string): void {
    // It costs speed at the next visit and nothing else: no reader is bothered.
    logger.warn(`${names[this.#errand.type]}: ${reason}`);
    this.#end(false);
  }

  #end(isDone: boolean): void {
    this.giveUp();
    this.#onEnd(isDone);
  }
}
