import type { ColumnBuffers } from '../../../../model/dataset.ts';
import { ColumnBuilder, enlarge, type Rows } from './ColumnBuilder.ts';
import { findKind, kinds, type ColumnPlan } from './value-kinds.ts';

const encoder = new TextEncoder();

/** Longer texts are encoded by the browser, shorter ones faster here, as long as no character takes three bytes. */
const shortText = 48;

/** What the texts of one batch may hold: Arrow tells their places by 32 bits. */
const mostBytes = 2 ** 31 - 1;

/**
 * Texts as UTF-8. Of a file that cannot tell an empty text from none, such as CSV as most programs write it, an empty one
 * is a missing value.
 */
export class TextBuilder extends ColumnBuilder {
  protected override readonly type = 'string';
  readonly #plan: ColumnPlan;
  readonly #keepsEmpty: boolean;
  #bytes = new Uint8Array(0);
  #byteCount = 0;
  #offsets = new Int32Array(1);

  constructor(plan: ColumnPlan, keepsEmpty: boolean) {
    super();
    this.#plan = plan;
    this.#keepsEmpty = keepsEmpty;
  }

  override append(rows: Rows, column: number, from: number, to: number): number {
    this.reserve(to - from);
    let found: number = kinds.none;
    let index = this.length;
    for (let row = from; row < to; row++, index++) {
      const text = rows[row]?.[column] ?? null;
      if (text === null || (text === '' && !this.#keepsEmpty)) this.skip(index);
      else {
        this.#encode(text);
        // Nothing was known of the column: whatever comes up says what it is.
        if (this.#plan.type === null) found |= findKind(text, this.#plan.numbers);
      }
      this.#offsets[index + 1] = this.#byteCount;
    }
    this.length = index;
    return found;
  }

  override canRead(): boolean {
    return true;
  }

  #encode(text: string): void {
    const { length } = text;
    // Three bytes a unit are enough for any text.
    if (this.#byteCount + length * 3 > this.#bytes.length) this.#enlarge(length * 3);
    const bytes = this.#bytes;
    let end = this.#byteCount;
    let position = length <= shortText ? 0 : length + 1;
    for (; position < length; position++) {
      const code = text.charCodeAt(position);
      if (code < 0x80) bytes[end++] = code;
      else if (code < 0x800) {
        bytes[end++] = 0xc0 | (code >> 6);
        bytes[end++] = 0x80 | (code & 0x3f);
      } else break;
    }
    if (position !== length) {
      end = this.#byteCount;
      end += encoder.encodeInto(text, bytes.subarray(end)).written;
    }
    this.#byteCount = end;
  }

  #enlarge(needed: number): void {
    const least = this.#byteCount + needed;
    if (this.#byteCount > mostBytes / 2 && least > mostBytes) {
      throw new Error('the texts of 65,536 rows of a column are more than 2 GB, which a table cannot hold');
    }
    this.#bytes = enlarge(this.#bytes, Math.max(1024, least, this.#bytes.length * 2));
  }

  protected override grow(capacity: number): void {
    const offsets = new Int32Array(capacity + 1);
    offsets.set(this.#offsets.subarray(0, Math.min(this.#offsets.length, offsets.length)));
    this.#offsets = offsets;
  }

  protected override take(length: number): Pick<ColumnBuffers, 'values' | 'offsets'> {
    const values = this.#bytes.slice(0, this.#byteCount);
    const offsets = new Uint8Array(this.#offsets.slice(0, length + 1).buffer);
    this.#byteCount = 0;
    return { values, offsets };
  }
}
