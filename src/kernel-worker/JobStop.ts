type StopState =
  /** Nobody asked. */
  | 'unasked'
  /** To take effect where Python computes, goes on or begins to wait next. */
  | 'asked'
  /** Python waits and computes at once: a wait is ended as soon as it lets go. */
  | 'ending-wait'
  /** It has taken effect. */
  | 'taken';

/** Python is paused, until something comes or a stop ends it. */
export interface Wait {
  /** What is waited for has come: a stop ends this no more, and takes effect where Python goes on. */
  readonly settle: () => void;
  /** Python goes on. Returns whether the stop takes effect there. */
  readonly finish: () => boolean;
}

interface OpenWait {
  /** Ends it, where that is possible still. Returns whether it was. */
  readonly end: () => boolean;
  isSettled: boolean;
  /** It could not be ended any more: the interrupt is raised where Python goes on. */
  isLate: boolean;
}

/**
 * The stop of one job, which takes effect at most once, in Python's KeyboardInterrupt.
 *
 * The page asks twice for the same stop: with a message, which is heard where Python is paused, and with a flag (mail
 * at the service worker, or shared memory), which is read where Python computes or blocks the worker. Whichever comes
 * first counts, the other finds the stop asked for or taken and does nothing:
 *
 * - Python computes: no message is heard. The flag is read by `look`, which lets the interrupt be raised. The message
 *   comes when the job is over, or pauses because the script has swallowed the interrupt.
 * - Python is paused, and nothing else runs: the flag is not read. The message ends the wait. The flag is found by a
 *   later look, or lies in the mailbox when the job is over: that is for whoever starts the next job to empty.
 * - Python is about to go on, as what it waited for has come: nothing is left to end. The stop takes effect where it
 *   goes on.
 * - Tasks of the event loop wait, too: of all waits the stop ends the one that began last. Its interrupt goes up to the
 *   script, which waits for that task; or it ends a task that nobody waits for, and then the SDK ends the other waits.
 * - The script is paused while tasks of its event loop compute. In between the message is heard and ends the wait, which
 *   cancels a task. If `look` comes first, it asks for just that, to happen once the event loop is free. An interrupt
 *   here could hit a step of the event loop itself, and the script would wait for ever. Only if the same task still
 *   computes at the next look, the interrupt is raised in it.
 * - Python imports a library, which would stay broken if it was interrupted: the stop takes effect after the import.
 * - The script has not begun, as packages are loaded: `signal` ends their downloads, and no script is started.
 * - The script is over: it comes too late and does nothing, as what follows is not the script's.
 */
export class JobStop {
  /** Settles when the stop is asked for by message. */
  readonly whenAsked: Promise<unknown>;
  readonly #asked = new AbortController();
  readonly #waits = new Set<OpenWait>();
  #state: StopState = 'unasked';
  #isScriptRunning = false;

  constructor() {
    this.whenAsked = new Promise((resolve) => {
      this.signal.addEventListener('abort', resolve, { once: true });
    });
  }

  /** Given when the stop is asked for by message, for what runs before the script. */
  get signal(): AbortSignal {
    return this.#asked.signal;
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
    this.#asked.abort(new DOMException('The job was stopped.', 'AbortError'));
    if (this.#isScriptRunning) this.#endLastWait();
  }

  /** From here on the stop can take effect. Returns whether it does so at once. */
  startScript(): boolean {
    this.#isScriptRunning = true;
    return this.#takeWhereAsked();
  }

  /** From here on it can take effect no more. Returns whether it does so now, as it was asked for and had to wait. */
  endScript(): boolean {
    this.#isScriptRunning = false;
    return this.#takeWhereAsked();
  }

  /**
   * Python computes, and would raise the interrupt now. `readFlag` is called only while nobody asked, `canInterrupt`
   * only once somebody has. Returns whether it is to be raised.
   */
  look(readFlag: () => boolean, canInterrupt: () => boolean): boolean {
    if (!this.#isScriptRunning) return false;
    if (this.#state === 'unasked' && readFlag()) this.#state = 'asked';
    if (this.#state === 'asked' && this.#waits.size > 0) {
      this.#state = 'ending-wait';
      queueMicrotask(() => {
        if (this.#state !== 'ending-wait') return;
        this.#state = 'asked';
        this.#endLastWait();
      });
      return false;
    }
    if (this.#state === 'unasked' || this.#state === 'taken' || !canInterrupt()) return false;
    return this.#takeWhereAsked();
  }

  /** The flag was read while Python blocks the worker. Returns whether that ends the wait. */
  takeFlag(): boolean {
    if (this.#state === 'taken' || !this.#isScriptRunning) return false;
    this.#state = 'taken';
    return true;
  }

  /** Registers a wait; `end` is to end it, and to return whether that was possible still. */
  addWait(end: () => boolean): Wait {
    const wait: OpenWait = { end, isSettled: false, isLate: false };
    this.#waits.add(wait);
    if (this.#isScriptRunning) this.#endLastWait();
    return {
      settle: () => {
        wait.isSettled = true;
      },
      finish: () => {
        this.#waits.delete(wait);
        return wait.isLate || (this.#isScriptRunning && this.#takeWhereAsked());
      },
    };
  }

  /** Ends all waits: the interrupt has ended a task that nobody waits for. */
  endWaits(): void {
    for (const wait of [...this.#waits].reverse()) {
      if (wait.isSettled) wait.isLate = true;
      else wait.end();
    }
  }

  #endLastWait(): void {
    const last = [...this.#waits].at(-1);
    if (this.#state === 'asked' && last && !last.isSettled && last.end()) this.#state = 'taken';
  }

  #takeWhereAsked(): boolean {
    if (this.#state !== 'asked' && this.#state !== 'ending-wait') return false;
    this.#state = 'taken';
    return true;
  }
}
