/** Counts messages, to tell when they come faster than anybody has use for. */
export class FloodMeter {
  readonly #mostEachSecond: number;
  readonly #now: () => number;
  #begin = -Infinity;
  #count = 0;

  /** `now` gives milliseconds. */
  constructor(mostEachSecond: number, now: () => number = () => performance.now()) {
    this.#mostEachSecond = mostEachSecond;
    this.#now = now;
  }

  /** Counts one more; returns whether it is one too many. */
  isFlood(): boolean {
    const now = this.#now();
    if (now - this.#begin >= 1000) {
      this.#begin = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count > this.#mostEachSecond;
  }
}
