import {
  DataType,
  DenseUnion,
  Field,
  Float64,
  Int64,
  Precision,
  Uint64,
  Utf8,
  type Data,
} from 'apache-arrow';
import { typeKey } from './arrow-fields.ts';
import { makeChunk, makeDigits, makeMixed } from './make-chunk.ts';
import { nameType } from './name-type.ts';
import type { JoinedColumn } from './widen-column.ts';
import { isWhole, rangeOf, wholeAt, wholesOf } from './whole-numbers.ts';

const digitsMark = new Map([[typeKey, 'integer']]);

/** Floats, and beside them digits: the two parts that `columns.py` gives numbers of which some are no floats. */
const mixedNumbers = new DenseUnion(
  [0, 1],
  [new Field('float64', new Float64(), true), new Field('integer', new Utf8(), true, digitsMark)],
);
const mixedName = nameType(new Field('', mixedNumbers));

export function isNumber(field: Field): boolean {
  return isWhole(field) || isFloat(field) || nameType(field) === mixedName;
}

/** The smallest of Int64, Uint64 and digits that holds whole numbers. */
export function commonWhole(columns: readonly JoinedColumn[]): Field {
  let [low, high] = [0n, 0n];
  for (const data of columns.flatMap(({ pieces }) => pieces)) {
    const [least, most] = rangeOf(data);
    if (least < low) low = least;
    if (most > high) high = most;
  }
  const name = columns[0]?.field.name ?? '';
  if (BigInt.asIntN(64, low) === low && BigInt.asIntN(64, high) === high)
    return new Field(name, new Int64(), true);
  if (low === 0n && BigInt.asUintN(64, high) === high) return new Field(name, new Uint64(), true);
  return new Field(name, new Utf8(), true, digitsMark);
}

/** Floats where those hold every number, else floats beside digits. */
export function commonNumber(columns: readonly JoinedColumn[]): Field {
  const areFloats = columns.every(
    ({ field, pieces }) => isFloat(field) || (isWhole(field) && pieces.every(holdsFloats)),
  );
  return new Field(columns[0]?.field.name ?? '', areFloats ? new Float64() : mixedNumbers, true);
}

/** Numbers as ones of a type that `commonWhole` or `commonNumber` gave, and that is not theirs. */
export function widenNumbers(data: Data, from: Field, type: DataType): Data {
  if (DataType.isDenseUnion(type)) {
    return isWhole(from) ? makeMixed(makeDigits(wholesOf(data)), 1, type) : makeMixed(data, 0, type);
  }
  const values = wholesOf(data);
  if (DataType.isUtf8(type)) return makeDigits(values);
  if (!DataType.isFloat(type)) return makeChunk(values, type);
  return makeChunk(
    values.map((value) => (value === null ? null : Number(value))),
    type,
  );
}

function isFloat({ type }: Field): boolean {
  return DataType.isFloat(type) && type.precision === Precision.DOUBLE;
}

function holdsFloats(data: Data): boolean {
  for (let row = 0; row < data.length; row++) {
    if (data.getValid(row) && !isExactFloat(wholeAt(data, row))) return false;
  }
  return true;
}

function isExactFloat(value: bigint): boolean {
  const number = Number(value);
  return Number.isFinite(number) && BigInt(number) === value;
}
