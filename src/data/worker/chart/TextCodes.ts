import { DataType, type Data, type Field } from 'apache-arrow';
import { wholeTextLimit } from '../../TableSource.ts';
import { hasBit } from '../bits.ts';
import { elementOf } from '../cell-reader.ts';
import { createCellReader } from '../read-cells.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Gives each text of a column a number, the first one 0. */
export class TextCodes {
  readonly words: string[] = [];
  readonly #codes = new Map<string, number>();

  /** The codes of a piece, from `start` on; −1 for null. */
  encode(field: Field, data: Data, codes: Int32Array, start: number): void {
    if (this.#encodeAscii(data, codes, start)) return;
    if (this.#encodeDictionary(field, data, codes, start)) return;
    const read = createCellReader(field, data);
    for (let index = 0; index < data.length; index++) {
      const { kind, text } = read(index, wholeTextLimit);
      codes[start + index] = kind === 'null' ? -1 : this.#codeOf(text);
    }
  }

  /** Texts of one byte a character are decoded at once: their offsets are those of the bytes. */
  #encodeAscii(data: Data, codes: Int32Array, start: number): boolean {
    if (!DataType.isUtf8(data.type)) return false;
    const { length, nullCount, offset } = data;
    const bytes: Uint8Array = data.values;
    const offsets: ArrayLike<number> = data.valueOffsets;
    const first = elementOf(offsets, 0);
    const used = bytes.subarray(first, elementOf(offsets, length));
    if (used.byteLength > wholeTextLimit * 50) return false;
    const texts = decoder.decode(used);
    if (texts.length !== used.byteLength) return false;
    const validity = nullCount === 0 ? null : (data.nullBitmap ?? new Uint8Array(0));
    for (let index = 0; index < length; index++) {
      const isNull = validity && !hasBit(validity, offset + index);
      const text = texts.slice(elementOf(offsets, index) - first, elementOf(offsets, index + 1) - first);
      codes[start + index] = isNull ? -1 : this.#codeOf(text);
    }
    return true;
  }

  /** Each word of a dictionary is looked up once. */
  #encodeDictionary(field: Field, data: Data, codes: Int32Array, start: number): boolean {
    if (!DataType.isDictionary(data.type)) return false;
    const read = createCellReader(field, data);
    const indices: ArrayLike<number | bigint> = data.values;
    const known = new Map<number, number>();
    const validity = data.nullCount === 0 ? null : (data.nullBitmap ?? new Uint8Array(0));
    for (let index = 0; index < data.length; index++) {
      if (validity && !hasBit(validity, data.offset + index)) {
        codes[start + index] = -1;
        continue;
      }
      const position = Number(elementOf(indices, index));
      let code = known.get(position);
      if (code === undefined) {
        const { kind, text } = read(index, wholeTextLimit);
        code = kind === 'null' ? -1 : this.#codeOf(text);
        known.set(position, code);
      }
      codes[start + index] = code;
    }
    return true;
  }

  #codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.words.length;
    this.words.push(text);
    this.#codes.set(text, code);
    return code;
  }
}
