import { DataType, Precision, type Data } from 'apache-arrow';
import { halfToNumber } from '../format-number.ts';
import { valueTestOf } from '../pieces.ts';
import type { WideKeys } from './radix-sort.ts';

/** Keys of 64 bits that ascend as the values do, and for each row whether it has a value: 0, or why it comes last. */
export interface NumberKeys extends WideKeys {
  readonly missing: Uint8Array;
}

export const isNaNRow = 1;
export const isNullRow = 2;

const signBit = 0x80000000;

export function createKeys(rowCount: number): NumberKeys {
  return {
    high: new Uint32Array(rowCount),
    low: new Uint32Array(rowCount),
    missing: new Uint8Array(rowCount),
  };
}

/** Whether a type's values can be keys of 64 bits. */
export function hasNumberKeys(type: DataType): boolean {
  return (
    DataType.isBool(type) ||
    DataType.isInt(type) ||
    DataType.isFloat(type) ||
    DataType.isDate(type) ||
    DataType.isTimestamp(type) ||
    DataType.isTime(type) ||
    DataType.isDuration(type)
  );
}

/** Writes the keys of a piece of a column, from row `row` on. */
export function addKeys(keys: NumberKeys, piece: Data, row: number): void {
  markMissing(keys, piece, row);
  const { type, values, length } = piece;
  if (DataType.isBool(type)) {
    const bits: Uint8Array = values;
    for (let index = 0; index < length; index++) {
      const bit = piece.offset + index;
      keys.low[row + index] = ((bits[bit >> 3] ?? 0) >> (bit & 7)) & 1;
    }
  } else if (DataType.isFloat(type)) {
    addFloats(keys, doublesOf(values, length, type.precision), row);
  } else {
    const isUnsigned = DataType.isInt(type) && !type.isSigned;
    addWhole(keys, values, length, row, isUnsigned);
  }
}

function markMissing({ missing }: NumberKeys, piece: Data, row: number): void {
  if (piece.nullCount === 0) return;
  const isValue = valueTestOf(piece);
  for (let index = 0; index < piece.length; index++) if (!isValue(index)) missing[row + index] = isNullRow;
}

/** Doubles in the order of their size as whole numbers: those below zero with all bits turned round. */
function addFloats({ high, low, missing }: NumberKeys, values: Float64Array, row: number): void {
  // -0 and 0 are alike.
  const double = new Float64Array(1);
  const halves = new Uint32Array(double.buffer);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value !== value) {
      if (missing[row + index] === 0) missing[row + index] = isNaNRow;
      continue;
    }
    double[0] = value + 0;
    const upper = halves[1] ?? 0;
    if (value === 0) high[row + index] = signBit;
    else if (upper >= signBit) {
      high[row + index] = ~upper;
      low[row + index] = ~(halves[0] ?? 0);
    } else {
      high[row + index] = upper | signBit;
      low[row + index] = halves[0] ?? 0;
    }
  }
}

function addWhole(
  { high, low }: NumberKeys,
  values: ArrayBufferView & ArrayLike<number | bigint>,
  length: number,
  row: number,
  isUnsigned: boolean,
): void {
  const flip = isUnsigned ? 0 : signBit;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const halves = new Uint32Array(values.buffer, values.byteOffset, Math.min(values.length, length) * 2);
    for (let index = 0; index < length; index++) {
      low[row + index] = halves[2 * index] ?? 0;
      high[row + index] = (halves[2 * index + 1] ?? 0) ^ flip;
    }
    return;
  }
  for (let index = 0; index < length; index++) {
    // Numbers of 32 bits or less: the sign goes into the lower half.
    low[row + index] = Number(values[index] ?? 0) ^ flip;
  }
}

/** The values of a column of floats as doubles. */
export function doublesOf(values: ArrayLike<number>, length: number, precision: Precision): Float64Array {
  if (precision === Precision.DOUBLE && values instanceof Float64Array) return values.subarray(0, length);
  const convert = precision === Precision.HALF ? halfToNumber : (value: number) => value;
  return Float64Array.from({ length }, (_, index) => convert(values[index] ?? 0));
}
