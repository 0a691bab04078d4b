import type { LogEntry } from '../model/job.ts';

/** A log of more entries than this is drawn less often. */
const manyEntries = 200;

/** The log of a job as it comes in: what arrives within a frame is shown at once. */
export class LogBuffer {
  #entries = $state.raw<readonly LogEntry[]>([]);
  #arrived: LogEntry[] = [];
  #frame: ReturnType<typeof setTimeout> | null = null;

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  replace(entries: readonly LogEntry[]): void {
    this.#drop();
    this.#entries = entries;
  }

  append(entries: readonly LogEntry[]): void {
    this.#arrived.push(...entries);
    // A timer and not an animation frame: those stand still while the tab is in the background.
    this.#frame ??= setTimeout(
      () => {
        this.flush();
      },
      this.#entries.length > manyEntries ? 200 : 16,
    );
  }

  /** Shows what has arrived; returns the whole log. */
  flush(): readonly LogEntry[] {
    const arrived = this.#arrived;
    this.#drop();
    if (arrived.length > 0) this.#entries = [...this.#entries, ...arrived];
    return this.#entries;
  }

  #drop(): void {
    if (this.#frame !== null) clearTimeout(this.#frame);
    this.#frame = null;
    this.#arrived = [];
  }
}
