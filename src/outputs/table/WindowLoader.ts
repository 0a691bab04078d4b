import type { CellWindow, IndexRange, TableSource } from '../../data/TableSource.ts';

interface Wanted {
  readonly rows: IndexRange;
  readonly columns: IndexRange;
}

/**
 * Reads the windows of one table, one at a time. What is wanted while one is on its way replaces what was wanted
 * before, so that a burst of scrolling asks for its last place only.
 */
export class WindowLoader {
  readonly #source: TableSource;
  readonly #onWindow: (window: CellWindow) => void;
  readonly #onProblem: (problem: unknown) => void;
  readonly #stop = new AbortController();
  #wanted: Wanted | null = null;
  #isReading = false;

  constructor(
    source: TableSource,
    onWindow: (window: CellWindow) => void,
    onProblem: (problem: unknown) => void,
  ) {
    this.#source = source;
    this.#onWindow = onWindow;
    this.#onProblem = onProblem;
  }

  want(rows: IndexRange, columns: IndexRange): void {
    this.#wanted = { rows, columns };
    if (!this.#isReading) void this.#readAll();
  }

  /** Drops what is on its way; nothing is reported afterwards. */
  stop(): void {
    this.#wanted = null;
    this.#stop.abort();
  }

  async #readAll(): Promise<void> {
    const { signal } = this.#stop;
    this.#isReading = true;
    while (this.#wanted !== null) {
      const { rows, columns } = this.#wanted;
      this.#wanted = null;
      try {
        const window = await this.#source.readWindow(rows, columns, signal);
        if (!signal.aborted) this.#onWindow(window);
      } catch (problem) {
        if (!signal.aborted) this.#onProblem(problem);
      }
    }
    this.#isReading = false;
  }
}
