import type { ByteProgress } from '../model/run-state.ts';

/** Least time between two reports, in milliseconds. */
const reportInterval = 50;

/** Adds up what arrives of several files and reports it a few times a second. */
export class ByteMeter {
  readonly #loaded = new Map<string, number>();
  readonly #expected: Map<string, number>;
  readonly #report: (progress: ByteProgress) => void;
  #lastReport = -Infinity;

  /** `expected` holds the sizes known beforehand; other files join when their first bytes arrive. */
  constructor(expected: Readonly<Record<string, number>>, report: (progress: ByteProgress) => void) {
    this.#expected = new Map(Object.entries(expected));
    this.#report = report;
  }

  add(fileName: string, pieceBytes: number, wholeBytes: number | null): void {
    this.#loaded.set(fileName, (this.#loaded.get(fileName) ?? 0) + pieceBytes);
    if (wholeBytes !== null) this.#expected.set(fileName, wholeBytes);
    const now = performance.now();
    if (now - this.#lastReport < reportInterval) return;
    this.#lastReport = now;
    this.#report(this.progress);
  }

  get progress(): ByteProgress {
    const loadedBytes = sum(this.#loaded.values());
    // A size of the header counts the compressed bytes: more may arrive than it says.
    const totalBytes = Math.max(sum(this.#expected.values()), loadedBytes);
    return { loadedBytes, totalBytes: totalBytes === 0 ? null : totalBytes };
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
