import type { LogEntry } from '../model/job.ts';
import { LogFolder, toPlainText, type LogLine } from '../model/log-text.ts';

/** Time between two drawings of a log that grows, in milliseconds. */
const drawInterval = 50;

/** The log of a job as it comes in: what arrives in a short while is shown at once. */
export class LogBuffer {
  /** Not state: it grows in place, and `#version` tells of it. */
  #entries: LogEntry[] = [];
  #folder = new LogFolder();
  #version = $state(0);
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** The lines to show: an array that grows in place. */
  get lines(): readonly LogLine[] {
    return this.#version < 0 ? [] : this.#folder.lines;
  }

  /** Rises with every change to `lines`. */
  get version(): number {
    return this.#version;
  }

  /** Everything that was printed, as a text file; warnings stand in it where they came. */
  toFile(): Blob {
    return new Blob(toPlainText(this.#entries), { type: 'text/plain' });
  }

  replace(entries: readonly LogEntry[]): void {
    this.#entries = [...entries];
    this.#folder = new LogFolder();
    this.#folder.add(entries);
    this.#show();
  }

  append(entries: readonly LogEntry[]): void {
    for (const entry of entries) this.#entries.push(entry);
    this.#folder.add(entries);
    // A timer and not an animation frame: those stand still while the tab is in the background.
    this.#timer ??= setTimeout(() => {
      this.#show();
    }, drawInterval);
  }

  /** Shows what has arrived; returns the whole log. */
  flush(): readonly LogEntry[] {
    this.#show();
    return this.#entries;
  }

  #show(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#version += 1;
  }
}
