import type { Data } from 'apache-arrow';
import type { ColumnBuffers } from '../../model/dataset.ts';
import { copyBits, countBits, setBits } from './bits.ts';
import { refuseDamage } from './column-problem.ts';
import { lengthOf, validityOf } from './pieces.ts';

/** The validity bits of a column, counted anew: a file may count its nulls wrong, or mark none. */
export function joinValidity(pieces: readonly Data[]): Pick<ColumnBuffers, 'nullCount' | 'validity'> {
  const bitmaps = pieces.map(validityOf);
  if (bitmaps.every((bitmap) => bitmap === null)) return { nullCount: 0, validity: null };
  const validity = joinBits(pieces, bitmaps, 'validity bits');
  const length = lengthOf(pieces);
  const nullCount = length - countBits(validity, length);
  return nullCount === 0 ? { nullCount, validity: null } : { nullCount, validity };
}

/** The bits of a column of booleans. */
export function joinBooleans(pieces: readonly Data[]): Uint8Array {
  const bitmaps = pieces.map(({ values }): Uint8Array => values);
  return joinBits(pieces, bitmaps, 'booleans');
}

/** The bits of each piece after those of the one before; ones for a piece without. */
function joinBits(
  pieces: readonly Data[],
  bitmaps: readonly (Uint8Array | null)[],
  what: string,
): Uint8Array {
  for (const [index, { offset, length }] of pieces.entries()) {
    const bitmap = bitmaps[index] ?? null;
    if (bitmap !== null && bitmap.byteLength * 8 < offset + length) refuseDamage(`has too few ${what}`);
  }
  const joined = new Uint8Array(Math.ceil(lengthOf(pieces) / 8));
  let position = 0;
  for (const [index, { offset, length }] of pieces.entries()) {
    const bitmap = bitmaps[index] ?? null;
    if (bitmap === null) setBits(joined, position, position + length);
    else copyBits({ from: bitmap, start: offset, end: offset + length }, joined, position);
    position += length;
  }
  return joined;
}
