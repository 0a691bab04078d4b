/** Work that is done by so many at a time; what comes later waits, and is begun in the order in which it came. */
export class Lanes {
  #free: number;
  #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Does the work when its turn has come; null where that was called off before. */
  async run<Outcome>(work: () => Promise<Outcome>, signal: AbortSignal): Promise<Outcome | null> {
    if (!(await this.#enter(signal))) return null;
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    return await new Promise((settle) => {
      const begin = (): void => {
        signal.removeEventListener('abort', callOff);
        settle(true);
      };
      const callOff = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== begin);
        settle(false);
      };
      signal.addEventListener('abort', callOff, { once: true });
      this.#waiting.push(begin);
    });
  }

  /** The next one takes the place at once. */
  #leave(): void {
    const [next, ...others] = this.#waiting;
    this.#waiting = others;
    if (next) next();
    else this.#free += 1;
  }
}
