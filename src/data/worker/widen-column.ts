import { DataType, type Data, type Field } from 'apache-arrow';
import { makeNulls } from './make-chunk.ts';
import { nameType } from './name-type.ts';
import { isWhole } from './whole-numbers.ts';
import { commonDatetime, widenDatetimes } from './widen-datetimes.ts';
import { commonMixedDatetime, isMixedDatetime, widenMixedDatetimes } from './widen-mixed-datetimes.ts';
import { commonNumber, commonWhole, isNumber, widenNumbers } from './widen-numbers.ts';

/** A column of one of the tables whose rows are to stand after one another. */
export interface JoinedColumn {
  readonly field: Field;
  /** Its values, a piece for each batch; none are needed where all columns are of one type. */
  readonly pieces: readonly Data[];
}

/**
 * The field that all these columns fit, or null; at least one column. One without a value takes the type of the others.
 * Whole numbers take the smallest of Int64, Uint64 and decimal digits that holds them; beside floats they are floats, or
 * where one of them is none, digits in a mixed column. Datetimes take the finer unit that reaches as far, and those with
 * time zones the one that they all have, else UTC; those with time zones beside those without do so each for themselves.
 */
export function commonField(columns: readonly JoinedColumn[]): Field | null {
  const [first] = columns;
  if (!first || haveOneType(columns)) return first?.field ?? null;
  const filled = columns.filter((column) => !isEmpty(column));
  const [one] = filled;
  if (!one) return first.field;
  if (haveOneType(filled)) return canBeEmpty(one.field) ? one.field : null;
  if (filled.every(({ field }) => isWhole(field))) return commonWhole(filled);
  if (filled.every(({ field }) => isMixedDatetime(field))) return commonMixedDatetime(filled);
  return filled.every(({ field }) => isNumber(field)) ? commonNumber(filled) : commonDatetime(filled);
}

/** The chunk of a column as one of the field that `commonField` gave. */
export function widenData(data: Data, from: Field, to: Field): Data {
  if (nameType(from) === nameType(to)) return data;
  if (data.nullCount === data.length) return makeNulls(data.length, to.type);
  if (isMixedDatetime(to) && DataType.isDenseUnion(to.type)) return widenMixedDatetimes(data, to.type);
  return DataType.isTimestamp(to.type) ? widenDatetimes(data, to.type) : widenNumbers(data, from, to.type);
}

function haveOneType(columns: readonly JoinedColumn[]): boolean {
  return new Set(columns.map(({ field }) => nameType(field))).size === 1;
}

export function isEmpty({ pieces }: JoinedColumn): boolean {
  return pieces.every(({ nullCount, length }) => nullCount === length);
}

function canBeEmpty({ type }: Field): boolean {
  return DataType.isDenseUnion(type) || type.children === null || type.children.length === 0;
}
