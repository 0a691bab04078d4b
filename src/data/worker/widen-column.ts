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

/** A column of one of the tables whose rows are to stand after one another. */
export interface JoinedColumn {
  readonly field: Field;
  readonly vector: Vector;
}

/**
 * The field that all these columns fit, or null; at least one column. One without a value takes the type of the others.
 * Whole numbers take the smallest of Int64, Uint64 and decimal digits that holds them, and datetimes the finer unit that
 * reaches as far.
 */
export function commonField(columns: readonly JoinedColumn[]): Field | null {
  const [first] = columns;
  if (!first || columns.every(({ field }) => nameType(field) === nameType(first.field)))
    return first?.field ?? null;
  const filled = columns.filter((column) => !isEmpty(column));
  const [one] = filled;
  if (!one) return first.field;
  if (filled.every(({ field }) => nameType(field) === nameType(one.field)))
    return isSimple(one) ? one.field : null;
  return filled.every(({ field }) => isWhole(field)) ? commonWhole(filled) : commonDatetime(filled);
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

function commonWhole(columns: readonly JoinedColumn[]): Field | null {
  let [low, high] = [0n, 0n];
  for (const data of columns.flatMap(({ vector }) => vector.data)) {
    const [least, most] = rangeOf(data);
    if (least < low) low = least;
    if (most > high) high = most;
  }
  const name = columns[0]?.field.name ?? '';
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

function commonDatetime(columns: readonly JoinedColumn[]): Field | null {
  const fine = columns.find(({ field }) => isOfUnit(field, TimeUnit.NANOSECOND));
  const coarse = columns.filter(({ field }) => isOfUnit(field, TimeUnit.MICROSECOND));
  if (!fine) return null;
  const zoned = columns.every(({ field: { type } }) => zoneOf(type) === zoneOf(fine.field.type));
  const others = columns.filter((column) => !coarse.includes(column));
  const isKnown = zoned && others.every(({ field }) => nameType(field) === nameType(fine.field));
  const reaches = coarse
    .flatMap(({ vector }) => vector.data)
    .every((data) =>
      rangeOf(data).every((count) => BigInt.asIntN(64, count * thousand) === count * thousand),
    );
  return isKnown && reaches ? fine.field : null;
}

function isOfUnit({ type }: Field, unit: TimeUnit): boolean {
  return DataType.isTimestamp(type) && type.unit === unit;
}

function zoneOf(type: DataType): string | null {
  return DataType.isTimestamp(type) ? (type.timezone ?? null) : null;
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
