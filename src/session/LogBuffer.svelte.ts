import type { LogEntry } from '../model/job.ts';
import { countNotices, noNotices, type NoticeCounts } from '../model/log-notices.ts';
import { LogFolder, toPlainText, type LogLines } from '../model/log-text.ts';

/** Time between two drawings of a log that grows, in milliseconds. */
const drawInterval = 50;

/** The log of a job as it comes in: what arrives in a short while is shown at once. */
export class LogBuffer {
  /** Not state: it grows in place, and `#version` tells of it. */
  #entries: LogEntry[] = [];
  #folder = new LogFolder();
  #notices = $state.raw(noNotices);
  /** How many of the entries are counted. */
  #countedEntries = 0;
  #version = $state(0);
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** What it shows, which grows in place; another log is another object. */
  get shown(): LogLines {
    return this.#version < 0 ? new LogFolder() : this.#folder;
  }

  /** How many warnings and errors are among what it shows. */
  get notices(): NoticeCounts {
    return this.#notices;
  }

  /** Rises with every change to what it shows. */
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
    this.#notices = noNotices;
    this.#countedEntries = 0;
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
    this.#notices = countNotices(this.#entries.slice(this.#countedEntries), this.#notices);
    this.#countedEntries = this.#entries.length;
    this.#version += 1;
  }
}
