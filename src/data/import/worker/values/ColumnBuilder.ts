import type { ColumnBuffers, ColumnType } from '../../../../model/dataset.ts';

/** Rows of cells; a cell that is null or not there is one without a value. */
export type Rows = readonly (readonly (string | null)[])[];

/** Gathers the values of a column in the memory that Arrow lays them out in. */
export abstract class ColumnBuilder {
  /** Values so far. */
  protected length = 0;
  /** The places of those that are missing. */
  #missing: number[] = [];
  #capacity = 0;

  /**
   * Adds the cells of a column in the rows `from` to `to`. Returns the kinds of those that are not as expected, as a sum:
   * what does not fit is a missing value then.
   */
  abstract append(rows: Rows, column: number, from: number, to: number): number;

  /** Whether a text can be read as a value of this column. */
  abstract canRead(text: string): boolean;

  /** What was gathered, in buffers of its own; nothing is left for the next. */
  finish(name: string): ColumnBuffers {
    const length = this.length;
    const column: ColumnBuffers = {
      name,
      type: this.type,
      length,
      nullCount: this.#missing.length,
      validity: this.#missing.length > 0 ? markMissing(this.#missing, length) : null,
      ...this.take(length),
      timeUnit: this.type === 'datetime' ? 'us' : null,
      timeZone: this.timeZone,
      children: [],
    };
    this.length = 0;
    this.#missing = [];
    return column;
  }

  protected abstract readonly type: ColumnType;

  /** That of the moments in the column. */
  protected readonly timeZone: string | null = null;

  /** The values so far, as buffers that nothing else holds. */
  protected abstract take(length: number): Pick<ColumnBuffers, 'values' | 'offsets'>;

  /** Makes the memory for values larger; what it holds stays. */
  protected abstract grow(capacity: number): void;

  /** Makes room for more values. */
  protected reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.#capacity) return;
    this.#capacity = Math.max(needed, this.#capacity * 2);
    this.grow(this.#capacity);
  }

  /** The value of a place, which holds nothing yet, is missing. */
  protected skip(index: number): void {
    this.#missing.push(index);
  }
}

function markMissing(missing: readonly number[], length: number): Uint8Array<ArrayBuffer> {
  const validity = new Uint8Array(Math.ceil(length / 8)).fill(255);
  for (const index of missing) validity[index >> 3] = (validity[index >> 3] ?? 0) & ~(1 << (index & 7));
  // Bits behind the last value are 0.
  if (length & 7) validity[length >> 3] = (validity[length >> 3] ?? 0) & ((1 << (length & 7)) - 1);
  return validity;
}

/** The same bytes in larger memory. */
export function enlarge(bytes: Uint8Array<ArrayBuffer>, capacity: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(capacity);
  larger.set(bytes.subarray(0, capacity));
  return larger;
}
