import type { ColumnBuffers, ColumnType } from '../../model/dataset.ts';
import { formatFloat } from './format-number.ts';

const wholeNumber = /^(?:0|-?[1-9]\d{0,17})$/;

/** A column of texts. One of numbers is a column of that type if no sign of theirs is lost: "007" and "1.50" stay texts. */
export function makeTextColumn(name: string, texts: readonly string[]): ColumnBuffers {
  const given = texts.filter((text) => text !== '');
  if (given.length > 0 && given.every((text) => wholeNumber.test(text))) {
    const values = BigInt64Array.from(texts, (text) => BigInt(text));
    return { ...emptyColumn(name, 'int64', texts.length), ...missing(texts), values: toBytes(values) };
  }
  if (given.length > 0 && given.every(isPlainFloat)) {
    const values = Float64Array.from(texts, (text) => (text === '' ? 0 : Number(text)));
    return { ...emptyColumn(name, 'float64', texts.length), ...missing(texts), values: toBytes(values) };
  }
  return { ...emptyColumn(name, 'string', texts.length), ...packTexts(texts) };
}

function isPlainFloat(text: string): boolean {
  return formatFloat(Number(text)) === text && text !== 'NaN';
}

/** Which numbers are not there: those whose field is empty. */
function missing(texts: readonly string[]): Pick<ColumnBuffers, 'nullCount' | 'validity'> {
  const nullCount = texts.reduce((count, text) => count + (text === '' ? 1 : 0), 0);
  if (nullCount === 0) return { nullCount, validity: null };
  const validity = new Uint8Array(Math.ceil(texts.length / 8));
  texts.forEach((text, index) => {
    if (text !== '') validity[index >> 3] = (validity[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return { nullCount, validity };
}

function packTexts(texts: readonly string[]): Pick<ColumnBuffers, 'values' | 'offsets'> {
  const encoder = new TextEncoder();
  const offsets = new Int32Array(texts.length + 1);
  // Three bytes a unit are enough for any text.
  let bytes = new Uint8Array(texts.reduce((length, text) => length + text.length, 16));
  texts.forEach((text, index) => {
    const start = offsets[index] ?? 0;
    if (bytes.length - start < text.length * 3) {
      const larger = new Uint8Array((start + text.length * 3) * 2);
      larger.set(bytes);
      bytes = larger;
    }
    offsets[index + 1] = start + encoder.encodeInto(text, bytes.subarray(start)).written;
  });
  return { values: bytes.subarray(0, offsets[texts.length]), offsets: toBytes(offsets) };
}

function emptyColumn(name: string, type: ColumnType, length: number): ColumnBuffers {
  return {
    name,
    type,
    length,
    nullCount: 0,
    validity: null,
    values: null,
    offsets: null,
    timeUnit: null,
    timeZone: null,
    children: [],
  };
}

function toBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
