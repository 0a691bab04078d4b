import {
  DataType,
  Field,
  Int64,
  makeData,
  TimeUnit,
  type Timestamp,
  Uint64,
  Utf8,
  vectorFromArray,
  type Data,
  type Vector,
} from 'apache-arrow';
import { typeKey } from './arrow-fields.ts';

/** A column of one of two tables whose rows are to stand after one another. */
export interface JoinedColumn {
  readonly field: Field;
  readonly vector: Vector;
}

/**
 * The field that both columns fit, or null. A column without a value takes the type of the other. Whole numbers take the
 * smallest of Int64, Uint64 and decimal digits that holds both, and datetimes the finer unit that reaches as far.
 */
export function commonField(before: JoinedColumn, after: JoinedColumn): Field | null {
  if (nameType(before.field) === nameType(after.field)) return before.field;
  if (isEmpty(after) && isSimple(before)) return before.field;
  if (isEmpty(before) && isSimple(after)) return after.field;
  if (isWhole(before.field) && isWhole(after.field)) return commonWhole(before, after);
  return commonDatetime(before, after);
}

/** The chunk of a column as one of the field that `commonField` gave. */
export function widenData(data: Data, from: Field, to: Field): Data {
  if (nameType(from) === nameType(to)) return data;
  if (data.nullCount === data.length) return emptyData(data.length, to.type);
  if (DataType.isTimestamp(to.type)) return finerData(data, to.type);
  const values: (bigint | null)[] = [];
  for (let row = 0; row < data.length; row++) values.push(data.getValid(row) ? wholeAt(data, row) : null);
  const target = DataType.isUtf8(to.type) ? values.map((value) => value?.toString() ?? null) : values;
  return dataOf(vectorFromArray(target, to.type));
}

/** Whole numbers that fit no 64 bits are texts with a mark. */
export function nameType({ type, metadata }: Field): string {
  return metadata.size === 0 ? String(type) : `${String(type)} of ${[...metadata.values()].join(', ')}`;
}

const thousand = 1000n;

function isEmpty({ vector }: JoinedColumn): boolean {
  return vector.nullCount === vector.length;
}

function isSimple({ field }: JoinedColumn): boolean {
  return field.type.children === null || field.type.children.length === 0;
}

function isWhole(field: Field): boolean {
  const { type } = field;
  return (DataType.isInt(type) && type.bitWidth === 64) || field.metadata.get(typeKey) === 'integer';
}

function commonWhole(before: JoinedColumn, after: JoinedColumn): Field {
  const { name } = before.field;
  const [low, high] = [before, after]
    .flatMap(({ vector }) => vector.data)
    .map(rangeOf)
    .reduce(([low, high], [least, most]) => [least < low ? least : low, most > high ? most : high], [0n, 0n]);
  if (BigInt.asIntN(64, low) === low && BigInt.asIntN(64, high) === high)
    return new Field(name, new Int64(), true);
  if (low === 0n && BigInt.asUintN(64, high) === high) return new Field(name, new Uint64(), true);
  return new Field(name, new Utf8(), true, new Map([[typeKey, 'integer']]));
}

/** The least and the greatest number, 0 among them. */
function rangeOf(data: Data): [bigint, bigint] {
  let [low, high] = [0n, 0n];
  for (let row = 0; row < data.length; row++) {
    if (!data.getValid(row)) continue;
    const value = wholeAt(data, row);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function wholeAt(data: Data, row: number): bigint {
  if (!DataType.isUtf8(data.type)) return BigInt(data.values[row]);
  const [start, end] = [data.valueOffsets[row], data.valueOffsets[row + 1]];
  return BigInt(new TextDecoder().decode(data.values.subarray(start, end)));
}

function commonDatetime(before: JoinedColumn, after: JoinedColumn): Field | null {
  const [one, other] = [before.field.type, after.field.type];
  if (!DataType.isTimestamp(one) || !DataType.isTimestamp(other) || one.timezone !== other.timezone)
    return null;
  const units = [one.unit, other.unit];
  if (!units.includes(TimeUnit.MICROSECOND) || !units.includes(TimeUnit.NANOSECOND)) return null;
  const [coarse, fine] = one.unit === TimeUnit.MICROSECOND ? [before, after] : [after, before];
  const reaches = coarse.vector.data.every((data) => {
    const [low, high] = rangeOf(data);
    return [low, high].every((count) => BigInt.asIntN(64, count * thousand) === count * thousand);
  });
  return reaches ? new Field(before.field.name, fine.field.type, true) : null;
}

function finerData(data: Data, type: Timestamp): Data {
  const counts = BigInt64Array.from({ length: data.length }, (_, row) =>
    data.getValid(row) ? wholeAt(data, row) * thousand : 0n,
  );
  const { length, nullCount, nullBitmap } = data;
  return makeData({ type, length, nullCount, nullBitmap, data: counts });
}

function emptyData(length: number, type: DataType): Data {
  return dataOf(vectorFromArray(new Array<null>(length).fill(null), type));
}

function dataOf({ data: [data] }: Vector): Data {
  if (data === undefined) throw new Error('a vector of values has data');
  return data;
}
