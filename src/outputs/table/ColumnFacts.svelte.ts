import type { ColumnStatistics } from '../../data/column-statistics.ts';
import type { TableSource } from '../../data/TableSource.ts';
import { hasSketches } from './column-sketches.ts';

/** What is known of the columns on the screen, asked for one after the other, as they come into view. */
export class ColumnFacts {
  /** Whether headers have room for what columns are like. */
  areShown = $state(false);
  #known = $state.raw<ReadonlyMap<number, ColumnStatistics>>(new Map());
  /** Those that were asked of the rows as they are now. */
  readonly #fresh = new Set<number>();
  #source: TableSource | null = null;
  #wanted: readonly number[] = [];
  #stop = new AbortController();
  #isBusy = false;

  /** Another table, or other rows of it: what is known of the columns stays until it is known anew. */
  open(source: TableSource | null, wholeRowCount: number): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#isBusy = false;
    if (source === null || source.summary.columns.length !== this.#source?.summary.columns.length) {
      this.#known = new Map();
    }
    this.#fresh.clear();
    this.#source = source;
    this.areShown = hasSketches(wholeRowCount);
  }

  of(column: number): ColumnStatistics | null {
    return this.#known.get(column) ?? null;
  }

  /** Asks for those of the named columns that are not known. */
  want(columns: readonly number[]): void {
    this.#wanted = columns;
    if (this.areShown && !this.#isBusy) void this.#readAll();
  }

  stop(): void {
    this.#stop.abort();
  }

  async #readAll(): Promise<void> {
    const { signal } = this.#stop;
    const source = this.#source;
    if (source === null) return;
    this.#isBusy = true;
    for (let column = this.#next(); column !== undefined; column = this.#next()) {
      this.#fresh.add(column);
      try {
        const statistics = await source.readStatistics(column, { signal });
        if (signal.aborted) return;
        this.#known = new Map([...this.#known, [column, statistics]]);
      } catch {
        // The header goes without it; what is wrong with the table is said where its rows are.
        if (signal.aborted) return;
      }
    }
    this.#isBusy = false;
  }

  #next(): number | undefined {
    return this.#wanted.find((column) => !this.#fresh.has(column));
  }
}
