import type { ColumnStatistics } from '../../data/column-statistics.ts';
import type { TableSource } from '../../data/TableSource.ts';
import { hasSketches } from './column-sketches.ts';
import { haveSameColumns } from './query-edits.ts';

/** What is known of the columns on the screen, asked for one after the other, as they come into view. */
export class ColumnFacts {
  /** Whether headers have room for what columns are like. */
  areShown = $state(false);
  #known = $state.raw<ReadonlyMap<number, ColumnStatistics>>(new Map());
  /** Those that were asked of the rows as they are now. */
  readonly #fresh = new Set<number>();
  #source: TableSource | null = null;
  #subject = '';
  #wanted: readonly number[] = [];
  #stop = new AbortController();
  #isBusy = false;

  /**
   * Another table, or other rows of it: what is known of the columns stays until it is known anew. Where `subject` is the one
   * before, so are the rows, and only their order is another.
   */
  open(source: TableSource, subject: string, wholeRowCount: number): void {
    this.stop();
    const isLike =
      this.#source !== null && haveSameColumns(source.summary.columns, this.#source.summary.columns);
    if (!isLike) this.#known = new Map();
    if (!isLike || subject !== this.#subject || source.summary.rowCount !== this.#source?.summary.rowCount) {
      this.#fresh.clear();
    }
    this.#source = source;
    this.#subject = subject;
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

  /** Gives up what is on its way, until something is wanted again. */
  stop(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#isBusy = false;
  }

  async #readAll(): Promise<void> {
    const { signal } = this.#stop;
    const source = this.#source;
    if (source === null) return;
    this.#isBusy = true;
    for (let column = this.#next(); column !== undefined; column = this.#next()) {
      try {
        const statistics = await source.readStatistics(column, { signal });
        if (signal.aborted) return;
        this.#fresh.add(column);
        this.#known = new Map([...this.#known, [column, statistics]]);
      } catch {
        // The header goes without it; what is wrong with the table is said where its rows are.
        if (signal.aborted) return;
        this.#fresh.add(column);
        this.#known = new Map([...this.#known].filter(([known]) => known !== column));
      }
    }
    this.#isBusy = false;
  }

  #next(): number | undefined {
    return this.#wanted.find((column) => !this.#fresh.has(column));
  }
}
