import type { ColumnBuffers } from '../../../../model/dataset.ts';
import { ColumnBuilder, enlarge, type Rows } from './ColumnBuilder.ts';
import { isPlain, toPlainNumber } from './number-style.ts';
import { readDecimal, readInfinity, readLongInteger, readShortInteger } from './read-number.ts';
import { readOrderedTime } from './read-ordered-time.ts';
import { readDate, readDateTime } from './read-time.ts';
import { findKind, kinds, readTruth, type ColumnPlan } from './value-kinds.ts';

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
  readonly #plan: ColumnPlan;

  constructor(plan: ColumnPlan) {
    super(8);
    this.#plan = plan;
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
    const plain = toPlainNumber(text.trim(), this.#plan.numbers) ?? '';
    return !Number.isNaN(readShortInteger(plain)) || readLongInteger(plain) !== null;
  }

  /** What is not written as most whole numbers are. */
  #writeOther(index: number, given: string): number {
    const text = toPlainNumber(given.trim(), this.#plan.numbers) ?? '';
    const short = readShortInteger(text);
    const value = Number.isNaN(short) ? readLongInteger(text) : BigInt(short);
    // What is written over was used by values that were taken away before.
    this.#values[index] = value ?? 0n;
    if (value !== null) return Number.isNaN(short) ? kinds.longInteger : kinds.none;
    this.skip(index);
    return findKind(given, this.#plan.numbers);
  }

  protected override view(buffer: ArrayBuffer): void {
    this.#halves = new Int32Array(buffer);
    this.#values = new BigInt64Array(buffer);
  }
}

/** Doubles. */
export class DecimalBuilder extends FixedBuilder {
  protected override readonly type = 'float64';
  readonly #plan: ColumnPlan;
  readonly #isPlain: boolean;
  #values = new Float64Array(0);

  constructor(plan: ColumnPlan) {
    super(8);
    this.#plan = plan;
    this.#isPlain = isPlain(plan.numbers);
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    const values = this.#values;
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? '';
      const value = this.#isPlain ? readDecimal(text) : NaN;
      values[index] = value;
      if (Number.isNaN(value)) found |= this.#writeOther(index, text);
      // A whole number is a double only where none of its digits is lost.
      else if (text.length > 15 && longDigits.test(text)) found |= findKind(text, this.#plan.numbers);
    }
    this.length = index;
    return found;
  }

  /** Whole numbers that lose digits as doubles cannot be. */
  override canRead(text: string): boolean {
    const plain = toPlainNumber(text.trim(), this.#plan.numbers) ?? '';
    return !Number.isNaN(readDouble(plain)) && !isLossy(plain);
  }

  #writeOther(index: number, text: string): number {
    const plain = toPlainNumber(text.trim(), this.#plan.numbers) ?? '';
    const value = readDouble(plain);
    this.#values[index] = Number.isNaN(value) ? 0 : value;
    if (Number.isNaN(value)) this.skip(index);
    else if (plain.length <= 15 || !longDigits.test(plain)) return kinds.none;
    return findKind(text, this.#plan.numbers);
  }

  protected override view(buffer: ArrayBuffer): void {
    this.#values = new Float64Array(buffer);
  }
}

function readDouble(text: string): number {
  return readInfinity(text) ?? readDecimal(text);
}

/** Whether a whole number has more digits than a double holds. */
function isLossy(text: string): boolean {
  return text.length > 15 && longDigits.test(text) && BigInt(Number(text)) !== BigInt(text);
}

/** Days of the calendar. */
export class DateBuilder extends FixedBuilder {
  protected override readonly type = 'date';
  #values = new Int32Array(0);
  readonly #plan: ColumnPlan;

  constructor(plan: ColumnPlan) {
    super(4);
    this.#plan = plan;
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? '';
      const exact = readDate(text);
      const days = Number.isNaN(exact) ? this.#readOther(text.trim()) : exact;
      this.#values[index] = days;
      if (!Number.isNaN(days)) continue;
      this.skip(index);
      found |= findKind(text, this.#plan.numbers);
    }
    this.length = index;
    return found;
  }

  override canRead(text: string): boolean {
    return !Number.isNaN(this.#readOther(text.trim()));
  }

  #readOther(text: string): number {
    const { dayOrder } = this.#plan;
    const days = readDate(text);
    if (!Number.isNaN(days) || dayOrder === null) return days;
    const day = readOrderedTime(text, dayOrder);
    return day && !day.hasTime ? day.days : NaN;
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
      found |= findKind(text, this.#plan.numbers);
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
    const { isChosen, isZoned, dayOrder } = this.#plan;
    if (isZoned) return null;
    const ordered = dayOrder === null ? null : readOrderedTime(given.trim(), dayOrder);
    // Where the type was chosen, a day is its midnight.
    if (ordered && (ordered.hasTime || isChosen)) {
      return { seconds: ordered.days * 86_400 + ordered.seconds, microseconds: 0 };
    }
    const days = isChosen ? readDate(given.trim()) : NaN;
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
  readonly #plan: ColumnPlan;
  #bits = new Uint8Array(0);

  constructor(plan: ColumnPlan) {
    super();
    this.#plan = plan;
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? '';
      const truth = readTruth(text, this.#plan.isChosen) ?? readTruth(text.trim(), this.#plan.isChosen);
      if (truth) this.#bits[index >> 3] = (this.#bits[index >> 3] ?? 0) | (1 << (index & 7));
      if (truth !== undefined) continue;
      this.skip(index);
      found |= findKind(text, this.#plan.numbers);
    }
    this.length = index;
    return found;
  }

  override canRead(text: string): boolean {
    return readTruth(text.trim(), this.#plan.isChosen) !== undefined;
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
