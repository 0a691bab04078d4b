import type { Mail } from '../protocol/service-worker.ts';
import type { Mailbox } from './Mailbox.ts';
import type { PythonWorker } from './PythonWorker.ts';

/** The ways to reach a worker that is blocked: memory shared with it, else mail that the service worker hands out. */
export class StopSigns {
  readonly #mailbox: Mailbox | null;
  /** Something may be in the mailbox of the Python that runs. */
  #hasMailed = false;

  constructor(mailbox: Mailbox | null) {
    this.#mailbox = mailbox;
  }

  /** Asks what runs to stop, and ends what it waits for. */
  raise(python: PythonWorker): void {
    const { interruptBuffer } = python.plan;
    if (interruptBuffer) Atomics.store(interruptBuffer, 0, 2);
    else this.#post(python, { isStopAsked: true });
    this.#mailbox?.endRequests(python.kernelId);
  }

  /** Gives a line of input to one that waits for it; null where there is none. */
  answer(python: PythonWorker, answer: string | null): void {
    this.#post(python, { isStopAsked: false, answer });
  }

  /** Takes back what was not noticed. */
  clear(python: PythonWorker): void {
    const { interruptBuffer } = python.plan;
    if (interruptBuffer) Atomics.store(interruptBuffer, 0, 0);
    else if (this.#hasMailed) this.#mailbox?.empty(python.kernelId);
    this.#hasMailed = false;
  }

  #post(python: PythonWorker, mail: Mail): void {
    this.#mailbox?.post(python.kernelId, mail);
    this.#hasMailed = true;
  }
}
