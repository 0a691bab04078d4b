type StopState =
  /** Nobody asked. */
  | 'unasked'
  /** To take effect where Python computes or begins to wait next. */
  | 'asked'
  /** Python waits and computes at once: its waits are ended as soon as it lets go. */
  | 'ending-waits'
  /** It has taken effect. */
  | 'taken';

/**
 * The stop of one job, which takes effect at most once, in Python's KeyboardInterrupt.
 *
 * The page asks twice for the same stop: with a message, which is heard where Python is paused, and with a flag (mail
 * at the service worker, or shared memory), which is read where Python computes or blocks the worker. Whichever comes
 * first counts, the other finds the stop asked for or taken and does nothing:
 *
 * - Python computes: no message is heard. The flag is read by `look`, which lets the interrupt be raised. The message
 *   comes when the job is over, or pauses because the script has swallowed the interrupt.
 * - Python is paused, and nothing else runs: the flag is not read. The message ends the waits. The flag is found by a
 *   later look, or lies in the mailbox when the job is over: that is for whoever starts the next job to empty.
 * - The script is paused while tasks of its event loop compute. In between the message is heard and ends the waits,
 *   which cancels the tasks. If `look` comes first, it asks for just that, to happen once the event loop is free. An
 *   interrupt here could hit a step of the event loop itself, and the script would wait for ever. Only if the same task
 *   still computes at the next look, the interrupt is raised in it. Where that ends no more than a callback of the event
 *   loop, the SDK ends the waits itself.
 * - The script has not begun, as packages are loaded: `whenAsked` settles, and no script is started.
 * - The script is over: it comes too late and does nothing, as what follows is not the script's.
 */
export class JobStop {
  /** Settles when the stop is asked for by message. */
  readonly whenAsked: Promise<null>;
  readonly #settleAsked: (nothing: null) => void;
  readonly #waits = new Set<() => void>();
  #state: StopState = 'unasked';
  #isScriptRunning = false;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<null>();
    this.whenAsked = promise;
    this.#settleAsked = resolve;
  }

  get isAsked(): boolean {
    return this.#state !== 'unasked';
  }

  get isTaken(): boolean {
    return this.#state === 'taken';
  }

  /** The page's message came. */
  ask(): void {
    if (this.#state !== 'unasked') return;
    this.#state = 'asked';
    this.#settleAsked(null);
    if (this.#isScriptRunning && this.#waits.size > 0) this.#takeByWaits();
  }

  /** From here on the stop can take effect. Returns whether it does so at once. */
  startScript(): boolean {
    this.#isScriptRunning = true;
    return this.#takeWhereAsked();
  }

  endScript(): void {
    this.#isScriptRunning = false;
  }

  /**
   * Python computes, and would raise the interrupt now. `readFlag` is called only while nobody asked.
   * Returns whether it is to be raised.
   */
  look(readFlag: () => boolean): boolean {
    if (!this.#isScriptRunning) return false;
    if (this.#state === 'unasked' && readFlag()) this.#state = 'asked';
    if (this.#state === 'asked' && this.#waits.size > 0) {
      this.#state = 'ending-waits';
      queueMicrotask(() => {
        if (this.#state === 'ending-waits' && this.#isScriptRunning) this.#takeByWaits();
      });
      return false;
    }
    return this.#takeWhereAsked();
  }

  /** The flag was read while Python blocks the worker. Returns whether that ends the wait. */
  takeFlag(): boolean {
    if (this.#state === 'taken' || !this.#isScriptRunning) return false;
    this.#state = 'taken';
    return true;
  }

  /** Registers a wait; `end` is called once, when the stop takes effect in it. Returns the way to forget it. */
  addWait(end: () => void): () => void {
    const wait = (): void => {
      this.#waits.delete(wait);
      end();
    };
    this.#waits.add(wait);
    if (this.#state === 'asked' && this.#isScriptRunning) this.#takeByWaits();
    return () => {
      this.#waits.delete(wait);
    };
  }

  /** Ends all waits; those that began last are ended first. */
  endWaits(): void {
    for (const wait of [...this.#waits].reverse()) wait();
  }

  #takeByWaits(): void {
    this.#state = 'taken';
    this.endWaits();
  }

  #takeWhereAsked(): boolean {
    if (this.#state !== 'asked' && this.#state !== 'ending-waits') return false;
    this.#state = 'taken';
    return true;
  }
}
