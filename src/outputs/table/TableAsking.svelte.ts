import type { TableSource } from '../../data/TableSource.ts';
import { isWholeTable, wholeTable, type TableQuery } from '../../data/table-query.ts';
import { haveSameColumns } from './query-edits.ts';

/** How far a query is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** What is asked of a table on the screen, and the rows that answer it. A newer question ends the one before. */
export class TableAsking {
  /** What is asked now; the rows on the screen may still be those of the question before. */
  query = $state.raw<TableQuery>(wholeTable);
  /** What the rows on the screen are an answer to. */
  answered = $state.raw<TableQuery>(wholeTable);
  /** Of a question that takes long; null while none is open. */
  progress = $state.raw<Progress | null>(null);
  problem = $state.raw<string | null>(null);
  /** The whole table. */
  base = $state.raw<TableSource | null>(null);
  /** The rows that answer; null before there are some. */
  rows = $state.raw<TableSource | null>(null);
  /** The table that the rows on the screen are of. */
  #answeredBase: TableSource | null = null;
  /** Answers, which are to be closed; the tables themselves belong to who gave them. */
  readonly #own = new WeakSet<TableSource>();
  #stop = new AbortController();

  /** Another table, of which the same is asked where it has the same columns. */
  open(base: TableSource): void {
    const before = this.base;
    const isLike = before !== null && haveSameColumns(before.summary.columns, base.summary.columns);
    this.base = base;
    void this.#ask(isLike ? this.query : wholeTable);
  }

  ask(query: TableQuery): void {
    if (this.base !== null) void this.#ask(query);
  }

  /** Asks again for what could not be answered. */
  retry(): void {
    this.ask(this.query);
  }

  /** Gives the open question up: what is on the screen is what is asked. */
  cancel(): void {
    this.#stop.abort();
    this.progress = null;
    this.problem = null;
    // Nobody gives up seeing a table that came anew.
    if (this.base !== null && this.#answeredBase !== this.base) this.#answer(this.base, wholeTable);
    this.query = this.answered;
  }

  /** Lets go of the answer, not of the table. */
  close(): void {
    this.#stop.abort();
    this.#release(this.rows);
  }

  async #ask(query: TableQuery): Promise<void> {
    this.#stop.abort();
    const stop = new AbortController();
    this.#stop = stop;
    const { signal } = stop;
    const base = this.base;
    if (base === null) return;
    this.query = query;
    this.problem = null;
    if (isWholeTable(query)) {
      this.#answer(base, query);
      return;
    }
    this.progress = { done: 0, total: 1 };
    const onProgress = (done: number, total: number) => {
      if (!signal.aborted) this.progress = { done, total };
    };
    try {
      const rows = await base.query(query, { signal, onProgress });
      this.#own.add(rows);
      // It may have come as it was given up.
      if (signal.aborted) rows.close();
      else this.#answer(rows, query);
    } catch (error) {
      if (signal.aborted) return;
      this.progress = null;
      this.problem = error instanceof Error ? error.message : String(error);
      // Something is to be seen of a table that came anew.
      if (this.#answeredBase !== base) {
        this.#answer(base, wholeTable);
      }
    }
  }

  #answer(rows: TableSource, query: TableQuery): void {
    const before = this.rows;
    this.rows = rows;
    this.#answeredBase = this.base;
    this.answered = query;
    this.progress = null;
    if (before !== rows) this.#release(before);
  }

  #release(rows: TableSource | null): void {
    if (rows !== null && this.#own.has(rows)) rows.close();
  }
}
