import type { ColumnBuffers } from '../../../../model/dataset.ts';
import { ColumnBuilder, enlarge, type Rows } from './ColumnBuilder.ts';
import {
  readCommaDecimal,
  readDecimal,
  readInfinity,
  readLongInteger,
  readShortInteger,
} from './read-number.ts';
import { readDate, readDateTime } from './read-time.ts';
import { findKind, isMissing, kinds, readTruth, type ColumnPlan } from './value-kinds.ts';

const two32 = 4_294_967_296;

const longDigits = /^-?\d+$/;

/** Values of so many bytes each. */
abstract class FixedBuilder extends ColumnBuilder {
  readonly #width: number;
  #bytes = new Uint8Array(0);

  constructor(width: number) {
    super();
    this.#width = width;
  }

  protected abstract view(buffer: ArrayBuffer): void;

  protected override grow(capacity: number): void {
    this.#bytes = enlarge(this.#bytes, capacity * this.#width);
    this.view(this.#bytes.buffer);
  }

  protected override take(length: number): Pick<ColumnBuffers, 'values' | 'offsets'> {
    return { values: this.#bytes.slice(0, length * this.#width), offsets: null };
  }
}

/** Whole numbers of 64 bits. */
export class IntegerBuilder extends FixedBuilder {
  protected override readonly type = 'int64';
  /** Each value as two halves, the lower first: most are no bigint on their way. */
  #halves = new Int32Array(0);
  #values = new BigInt64Array(0);

  constructor() {
    super(8);
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    const halves = this.#halves;
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? '';
      const value = readShortInteger(text);
      if (Number.isNaN(value)) found |= this.#writeOther(index, text);
      else {
        halves[index * 2] = value;
        halves[index * 2 + 1] = Math.floor(value / two32);
      }
    }
    this.length = index;
    return found;
  }

  override canRead(text: string): boolean {
    const trimmed = text.trim();
    return !Number.isNaN(readShortInteger(trimmed)) || readLongInteger(trimmed) !== null;
  }

  /** What is not written as most whole numbers are. */
  #writeOther(index: number, given: string): number {
    const text = given.trim();
    const short = readShortInteger(text);
    const value = Number.isNaN(short) ? readLongInteger(text) : BigInt(short);
    // What is written over was used by values that were taken away before.
    this.#values[index] = value ?? 0n;
    if (value !== null) return Number.isNaN(short) ? kinds.longInteger : kinds.none;
    this.skip(index);
    return isMissing(text) ? kinds.none : findKind(text, true);
  }

  protected override view(buffer: ArrayBuffer): void {
    this.#halves = new Int32Array(buffer);
    this.#values = new BigInt64Array(buffer);
  }
}

/** Doubles. */
export class DecimalBuilder extends FixedBuilder {
  protected override readonly type = 'float64';
  readonly #hasComma: boolean;
  #values = new Float64Array(0);

  constructor({ hasDecimalComma }: ColumnPlan) {
    super(8);
    this.#hasComma = hasDecimalComma;
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    const values = this.#values;
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? '';
      const value = this.#hasComma ? NaN : readDecimal(text);
      values[index] = value;
      if (Number.isNaN(value)) found |= this.#writeOther(index, text);
      // A whole number is a double only where none of its digits is lost.
      else if (text.length > 15 && longDigits.test(text)) found |= findKind(text, false);
    }
    this.length = index;
    return found;
  }

  override canRead(text: string): boolean {
    return !Number.isNaN(this.#read(text.trim()));
  }

  #read(text: string): number {
    if (this.#hasComma) {
      const short = readShortInteger(text);
      return readInfinity(text) ?? (Number.isNaN(short) ? readCommaDecimal(text) : short);
    }
    return readInfinity(text) ?? readDecimal(text);
  }

  #writeOther(index: number, text: string): number {
    const trimmed = text.trim();
    const value = this.#read(trimmed);
    this.#values[index] = Number.isNaN(value) ? 0 : value;
    if (!Number.isNaN(value)) return kinds.none;
    this.skip(index);
    return isMissing(trimmed) ? kinds.none : findKind(trimmed, this.#hasComma);
  }

  protected override view(buffer: ArrayBuffer): void {
    this.#values = new Float64Array(buffer);
  }
}

/** Days of the calendar. */
export class DateBuilder extends FixedBuilder {
  protected override readonly type = 'date';
  #values = new Int32Array(0);

  constructor() {
    super(4);
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? '';
      const exact = readDate(text);
      const days = Number.isNaN(exact) ? readDate(text.trim()) : exact;
      this.#values[index] = days;
      if (!Number.isNaN(days)) continue;
      this.skip(index);
      if (!isMissing(text)) found |= findKind(text, true);
    }
    this.length = index;
    return found;
  }

  override canRead(text: string): boolean {
    return !Number.isNaN(readDate(text.trim()));
  }

  protected override view(buffer: ArrayBuffer): void {
    this.#values = new Int32Array(buffer);
  }
}

/** Dates with a time, in microseconds: all of UTC, or all of no zone. */
export class DateTimeBuilder extends FixedBuilder {
  protected override readonly type = 'datetime';
  protected override readonly timeZone: string | null;
  readonly #plan: ColumnPlan;
  #halves = new Int32Array(0);
  #values = new BigInt64Array(0);

  constructor(plan: ColumnPlan) {
    super(8);
    this.#plan = plan;
    this.timeZone = plan.isZoned ? 'UTC' : null;
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? '';
      const moment = this.#read(text);
      this.#write(index, moment?.seconds ?? 0, moment?.microseconds ?? 0);
      if (moment) continue;
      this.skip(index);
      if (!isMissing(text)) found |= findKind(text, true);
    }
    this.length = index;
    return found;
  }

  override canRead(text: string): boolean {
    return this.#read(text) !== null;
  }

  #read(given: string): { readonly seconds: number; readonly microseconds: number } | null {
    const moment = readDateTime(given) ?? readDateTime(given.trim());
    if (moment) return moment.hasZone === this.#plan.isZoned ? moment : null;
    // The type was chosen: a day is its midnight.
    if (!this.#plan.isChosen || this.#plan.isZoned) return null;
    const days = readDate(given.trim());
    return Number.isNaN(days) ? null : { seconds: days * 86_400, microseconds: 0 };
  }

  #write(index: number, seconds: number, microseconds: number): void {
    const value = seconds * 1_000_000 + microseconds;
    if (Number.isSafeInteger(value)) {
      this.#halves[index * 2] = value % two32;
      this.#halves[index * 2 + 1] = Math.floor(value / two32);
    } else {
      this.#values[index] = BigInt(seconds) * 1_000_000n + BigInt(microseconds);
    }
  }

  protected override view(buffer: ArrayBuffer): void {
    this.#halves = new Int32Array(buffer);
    this.#values = new BigInt64Array(buffer);
  }
}

/** Truth values, one bit each. */
export class TruthBuilder extends ColumnBuilder {
  protected override readonly type = 'bool';
  readonly #isChosen: boolean;
  #bits = new Uint8Array(0);

  constructor({ isChosen }: ColumnPlan) {
    super();
    this.#isChosen = isChosen;
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? '';
      const truth = readTruth(text, this.#isChosen) ?? readTruth(text.trim(), this.#isChosen);
      if (truth) this.#bits[index >> 3] = (this.#bits[index >> 3] ?? 0) | (1 << (index & 7));
      if (truth !== undefined) continue;
      this.skip(index);
      if (!isMissing(text)) found |= findKind(text, true);
    }
    this.length = index;
    return found;
  }

  override canRead(text: string): boolean {
    return readTruth(text.trim(), this.#isChosen) !== undefined;
  }

  protected override grow(capacity: number): void {
    this.#bits = enlarge(this.#bits, Math.ceil(capacity / 8));
  }

  protected override take(length: number): Pick<ColumnBuffers, 'values' | 'offsets'> {
    const values = this.#bits.slice(0, Math.ceil(length / 8));
    this.#bits.fill(0);
    return { values, offsets: null };
  }
}
