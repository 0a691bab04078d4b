import type { IndexRange, TableSource } from '../../data/TableSource.ts';
import { readColumns, type ColumnsWindow } from './read-columns.ts';

interface Wanted {
  readonly rows: IndexRange;
  /** By their place in the table. */
  readonly columns: readonly number[];
}

/**
 * Reads the windows of one table, one at a time. What is wanted while one is on its way replaces what was wanted
 * before, so that a burst of scrolling asks for its last place only.
 */
export class WindowLoader {
  readonly #source: TableSource;
  readonly #onWindow: (window: ColumnsWindow) => void;
  readonly #onProblem: (problem: unknown) => void;
  readonly #stop = new AbortController();
  #wanted: Wanted | null = null;
  /** What is on its way. */
  #asked: Wanted | null = null;

  constructor(
    source: TableSource,
    onWindow: (window: ColumnsWindow) => void,
    onProblem: (problem: unknown) => void,
  ) {
    this.#source = source;
    this.#onWindow = onWindow;
    this.#onProblem = onProblem;
  }

  want(rows: IndexRange, columns: readonly number[]): void {
    const wanted = { rows, columns };
    this.#wanted = this.#asked !== null && isSame(this.#asked, wanted) ? null : wanted;
    if (this.#asked === null) void this.#readAll();
  }

  /** Drops what is on its way; nothing is reported afterwards. */
  stop(): void {
    this.#wanted = null;
    this.#stop.abort();
  }

  async #readAll(): Promise<void> {
    const { signal } = this.#stop;
    while (this.#wanted !== null) {
      const { rows, columns } = this.#wanted;
      this.#asked = this.#wanted;
      this.#wanted = null;
      try {
        const window = await readColumns(this.#source, rows, columns, signal);
        if (!signal.aborted) this.#onWindow(window);
      } catch (problem) {
        if (!signal.aborted) this.#onProblem(problem);
      }
    }
    this.#asked = null;
  }
}

function isSame(one: Wanted, other: Wanted): boolean {
  return (
    one.rows.start === other.rows.start &&
    one.rows.end === other.rows.end &&
    one.columns.length === other.columns.length &&
    one.columns.every((column, index) => column === other.columns[index])
  );
}
