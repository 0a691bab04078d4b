import type { ColumnBuffers, ColumnType } from '../../../../model/dataset.ts';

/** Rows of cells; a cell that is null or not there is one without a value. */
export type Rows = readonly (readonly (string | null)[])[];

/** Gathers the values of a column in the memory that Arrow lays them out in. */
export abstract class ColumnBuilder {
  #length = 0;
  #nullCount = 0;
  /** Made when the first value is missing. */
  #validity: Uint8Array<ArrayBuffer> | null = null;
  #capacity = 0;

  get length(): number {
    return this.#length;
  }

  /**
   * Adds the cells of a column in the rows `from` to `to`. Returns the kinds of those that are not as expected, as a sum:
   * what does not fit is a missing value then.
   */
  abstract append(rows: Rows, column: number, from: number, to: number): number;

  /** Whether a text can be read as a value of this column. */
  abstract canRead(text: string): boolean;

  /** What was gathered, in buffers of its own; nothing is left for the next. */
  finish(name: string): ColumnBuffers {
    const length = this.#length;
    const validity = this.#validity?.slice(0, Math.ceil(length / 8)) ?? null;
    const column: ColumnBuffers = {
      name,
      type: this.type,
      length,
      nullCount: this.#nullCount,
      validity,
      ...this.take(length),
      timeUnit: this.type === 'datetime' ? 'us' : null,
      timeZone: this.timeZone,
      children: [],
    };
    this.#length = 0;
    this.#nullCount = 0;
    this.#validity = null;
    return column;
  }

  protected abstract readonly type: ColumnType;

  protected get timeZone(): string | null {
    return null;
  }

  /** The values so far, as buffers that nothing else holds. */
  protected abstract take(length: number): Pick<ColumnBuffers, 'values' | 'offsets'>;

  /** Makes the memory for values larger; what it holds stays. */
  protected abstract grow(capacity: number): void;

  /** Makes room for more values. */
  protected reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#capacity) return;
    this.#capacity = Math.max(needed, this.#capacity * 2);
    this.grow(this.#capacity);
  }

  /** The position of the next value, which has been or is written there. */
  protected advance(): number {
    const index = this.#length++;
    const validity = this.#validity;
    if (validity) {
      if (index >> 3 >= validity.length) this.#validity = enlarge(validity, validity.length * 2);
      setBit(this.#validity ?? validity, index);
    }
    return index;
  }

  /** A value that is missing. */
  protected skip(): void {
    const index = this.#length++;
    this.#nullCount++;
    const validity = this.#validity;
    if (!validity) {
      const made = new Uint8Array(Math.max(64, Math.ceil(this.#capacity / 8)));
      made.fill(255, 0, index >> 3);
      if (index & 7) made[index >> 3] = (1 << (index & 7)) - 1;
      this.#validity = made;
    } else if (index >> 3 >= validity.length) {
      this.#validity = enlarge(validity, validity.length * 2);
    }
  }
}

function setBit(bits: Uint8Array, index: number): void {
  bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
}

/** The same bytes in larger memory. */
export function enlarge(bytes: Uint8Array<ArrayBuffer>, capacity: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(capacity);
  larger.set(bytes.subarray(0, capacity));
  return larger;
}
