import { DataType, DateUnit, Precision, type Data } from 'apache-arrow';
import { refuseDamage, refuseType } from './column-problem.ts';
import { halfToNumber } from './format-number.ts';
import { lengthOf, valueTestOf } from './pieces.ts';

/** How numbers of a type get into a column's buffer. */
interface NumberCopy {
  /** Bytes of an element in the buffer. */
  readonly width: 4 | 8;
  /** Writes a piece's elements from element `position` on. */
  readonly copy: (piece: Data, to: ArrayBuffer, position: number) => void;
}

const millisecondsInDay = 86_400_000;

/** Numbers, dates and times; null for other types. Those that the model lacks are widened to those it has. */
export function numberCopyOf(type: DataType): NumberCopy | null {
  if (DataType.isTimestamp(type)) return copyAsTheyAre(8);
  if (DataType.isDate(type)) {
    return type.unit === DateUnit.DAY ? copyAsTheyAre(4) : { width: 4, copy: copyDays };
  }
  if (DataType.isInt(type)) return type.bitWidth === 64 ? copyAsTheyAre(8) : { width: 8, copy: copyIntegers };
  if (!DataType.isFloat(type)) return null;
  if (type.precision === Precision.DOUBLE) return copyAsTheyAre(8);
  return { width: 8, copy: type.precision === Precision.HALF ? copyHalves : copySingles };
}

export function joinNumbers(pieces: readonly Data[], { width, copy }: NumberCopy): Uint8Array {
  for (const { values, length } of pieces) {
    const numbers: ArrayLike<unknown> = values;
    if (numbers.length < length) {
      refuseDamage(`has ${String(numbers.length)} values where ${String(length)} are needed`);
    }
  }
  const joined = new ArrayBuffer(lengthOf(pieces) * width);
  let position = 0;
  for (const piece of pieces) {
    copy(piece, joined, position);
    position += piece.length;
  }
  return new Uint8Array(joined);
}

function copyAsTheyAre(width: 4 | 8): NumberCopy {
  return {
    width,
    copy: ({ values, length }, to, position) => {
      const { buffer, byteOffset }: ArrayBufferView = values;
      const bytes = new Uint8Array(buffer, byteOffset, length * width);
      new Uint8Array(to, position * width, bytes.byteLength).set(bytes);
    },
  };
}

/** 64-bit numbers as two halves: making a BigInt for each would take long. */
function copyIntegers({ type, values, length }: Data, to: ArrayBuffer, position: number): void {
  const numbers: ArrayLike<number> = values;
  const signShift = DataType.isInt(type) && type.isSigned ? 31 : null;
  const halves = new Int32Array(to, position * 8, length * 2);
  for (let index = 0; index < length; index++) {
    const number = numbers[index] ?? 0;
    halves[index * 2] = number;
    halves[index * 2 + 1] = signShift === null ? 0 : number >> signShift;
  }
}

function copySingles({ values, length }: Data, to: ArrayBuffer, position: number): void {
  const numbers: Float32Array = values;
  new Float64Array(to, position * 8, length).set(numbers.subarray(0, length));
}

function copyHalves({ values, length }: Data, to: ArrayBuffer, position: number): void {
  const bits: Uint16Array = values;
  const doubles = new Float64Array(to, position * 8, length);
  for (let index = 0; index < length; index++) doubles[index] = halfToNumber(bits[index] ?? 0);
}

/** Days from milliseconds, which Arrow wants to be whole days. */
function copyDays(piece: Data, to: ArrayBuffer, position: number): void {
  const { type, length } = piece;
  const moments: ArrayLike<number | bigint> = piece.values;
  const isValue = valueTestOf(piece);
  const days = new Int32Array(to, position * 4, length);
  for (let index = 0; index < length; index++) {
    if (!isValue(index)) continue;
    const day = Number(moments[index] ?? 0) / millisecondsInDay;
    days[index] = day;
    if (days[index] !== day) refuseType(type, ` with what is no day at element ${String(position + index)}`);
  }
}
