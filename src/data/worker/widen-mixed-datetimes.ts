import { DataType, DenseUnion, Field, makeData, type Data } from 'apache-arrow';
import { makeNulls } from './make-chunk.ts';
import { isEmpty, type JoinedColumn } from './widen-column.ts';
import { commonDatetime, widenDatetimes } from './widen-datetimes.ts';

/** Whether it holds datetimes without a time zone beside those of UTC, as `columns.py` writes them. */
export function isMixedDatetime({ type }: Field): boolean {
  return (
    DataType.isDenseUnion(type) &&
    type.children.length > 0 &&
    type.children.every((part) => DataType.isTimestamp(part.type))
  );
}

/** The parts of all in the units that hold them; null where the parts differ by more, or a unit does not reach as far. */
export function commonMixedDatetime(columns: readonly JoinedColumn[]): Field | null {
  const [first] = columns;
  if (!first || !DataType.isDenseUnion(first.field.type)) return null;
  const { children, typeIds } = first.field.type;
  if (columns.some(({ field }) => partsOf(field).length !== children.length)) return null;
  const parts = children.flatMap((_, index) => {
    const same = columns.map((column) => partOf(column, index));
    const filled = same.filter((column) => !isEmpty(column));
    return commonDatetime(filled.length > 0 ? filled : same.slice(0, 1)) ?? [];
  });
  if (parts.length < children.length) return null;
  return new Field(first.field.name, new DenseUnion(typeIds, parts), first.field.nullable);
}

/** A chunk with its parts as those that `commonMixedDatetime` gave. */
export function widenMixedDatetimes(data: Data, type: DenseUnion): Data {
  const parts = type.children.map((to, index) => {
    const part = data.children[index];
    if (!part || !DataType.isTimestamp(to.type)) throw new Error('a mixed column of datetimes has all parts');
    return part.nullCount === part.length ? makeNulls(part.length, to.type) : widenDatetimes(part, to.type);
  });
  const { length, offset, typeIds, valueOffsets } = data;
  return makeData({ type, length, offset, typeIds, valueOffsets, children: parts });
}

function partOf({ field, pieces }: JoinedColumn, index: number): JoinedColumn {
  const part = partsOf(field)[index];
  const chunks = pieces.flatMap(({ children }) => children[index] ?? []);
  if (!part) throw new Error('the columns have as many parts');
  return { field: part, pieces: chunks };
}

function partsOf({ type }: Field): readonly Field[] {
  return DataType.isDenseUnion(type) ? type.children : [];
}
