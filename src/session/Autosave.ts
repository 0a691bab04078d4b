/** Wait after the last change, in milliseconds. */
const quietTime = 300;
/**
 * A change waits no longer than this, in milliseconds, however fast others follow: with the time that storing takes, on a
 * machine that has much else to do, no more than a second of typing is ever lost.
 */
const longestWait = 500;

/** Saves the newest value soon after it changed. */
export class Autosave<Value> {
  readonly #save: (value: Value) => void;
  #unsaved: { readonly value: Value; readonly since: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isHeld = false;

  constructor(save: (value: Value) => void) {
    this.#save = save;
  }

  schedule(value: Value): void {
    // Not the clock, which may be set back while somebody types.
    const now = performance.now();
    const since = this.#unsaved?.since ?? now;
    this.#unsaved = { value, since };
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#isHeld) return;
    this.#timer = setTimeout(
      () => {
        this.flush();
      },
      Math.max(0, Math.min(quietTime, since + longestWait - now)),
    );
  }

  /** Whether it saves nothing by itself for now. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Saves nothing by itself until it is told to go on; what is asked to be saved at once is. */
  hold(): void {
    this.#isHeld = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Saves by itself again, also what waits. */
  goOn(): void {
    this.#isHeld = false;
    if (this.#unsaved) this.schedule(this.#unsaved.value);
  }

  /** What waits is saved no more: something newer is stored. */
  drop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#unsaved = null;
  }

  /** Saves at once what waits. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const unsaved = this.#unsaved;
    this.#unsaved = null;
    if (unsaved) this.#save(unsaved.value);
  }
}
