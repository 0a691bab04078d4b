import type { LogEntry } from '../model/job.ts';

/** A line of a log, or a report that is one by itself. */
export type JobLine = Pick<LogEntry, 'stream' | 'text'>;

/** Cuts what a job prints into lines, so that it is told the same way however it came in pieces. */
export class JobLines {
  readonly #tell: (line: JobLine) => void;
  readonly #pending = new Map<'stdout' | 'stderr', string>();
  /** Reports that were told as they came, each as often as it came. */
  readonly #told = new Map<string, number>();

  constructor(tell: (line: JobLine) => void) {
    this.#tell = tell;
  }

  add(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      const { stream, text } = entry;
      if (stream === 'stdout' || stream === 'stderr') {
        this.#print(stream, text);
        continue;
      }
      const key = toKey(entry);
      this.#told.set(key, (this.#told.get(key) ?? 0) + 1);
      this.#report(entry);
    }
  }

  /** Tells what is left, and reports of the whole log that did not come from Python. */
  finish(log: readonly LogEntry[]): void {
    for (const [stream, text] of this.#pending) if (text !== '') this.#tell({ stream, text });
    this.#pending.clear();
    for (const entry of log) {
      if (entry.stream === 'stdout' || entry.stream === 'stderr') continue;
      const key = toKey(entry);
      const count = this.#told.get(key) ?? 0;
      if (count === 0) this.#report(entry);
      else this.#told.set(key, count - 1);
    }
  }

  #print(stream: 'stdout' | 'stderr', text: string): void {
    const lines = `${this.#pending.get(stream) ?? ''}${text}`.split('\n');
    this.#pending.set(stream, lines.pop() ?? '');
    for (const line of lines) this.#tell({ stream, text: line });
  }

  #report({ stream, text }: LogEntry): void {
    this.#tell({ stream, text: text.replace(/\n+$/, '') });
  }
}

function toKey({ stream, text }: LogEntry): string {
  return `${stream} ${text.trimEnd()}`;
}
