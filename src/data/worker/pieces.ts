import { DataType, type Data } from 'apache-arrow';
import { hasBit } from './bits.ts';

/** How many elements the pieces of a column have together. */
export function lengthOf(pieces: readonly { readonly length: number }[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** Validity bits that say something; null where every element is a value. */
export function validityOf({ type, nullCount, nullBitmap }: Data): Uint8Array | null {
  // A union has no nulls of its own: apache-arrow counts those of its children.
  return nullCount === 0 || DataType.isUnion(type) ? null : (nullBitmap ?? new Uint8Array(0));
}

/** Whether an element of a piece is a value. */
export function valueTestOf(piece: Data): (index: number) => boolean {
  const validity = validityOf(piece);
  const { offset } = piece;
  return validity === null ? () => true : (index) => hasBit(validity, offset + index);
}
