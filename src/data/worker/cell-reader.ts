import type { CellKind } from '../TableSource.ts';

/** A value as it is shown. */
export interface Cell {
  readonly kind: CellKind;
  readonly text: string;
}

/** Reads one element of a piece of a column, up to `limit` UTF-16 units of its text. Throws outside the piece. */
export type CellReader = (index: number, limit: number) => Cell;

/** An element that must be there; where it is not, the file was damaged. */
export function elementOf<Value>(values: ArrayLike<Value>, index: number): Value {
  const value = values[index];
  if (value === undefined) {
    throw new Error(`The table file is damaged: element ${String(index)} lies outside its column.`);
  }
  return value;
}
