import type { Data } from 'apache-arrow';
import { ColumnProblem, refuseDamage } from './column-problem.ts';
import { lengthOf } from './pieces.ts';

/** Offsets are kept in 32 bits. */
const textSizeLimit = 2 ** 31 - 1;

export interface JoinedTexts {
  readonly values: Uint8Array;
  readonly offsets: Uint8Array;
}

/** Texts of 32-bit or 64-bit offsets, which may begin anywhere. */
export function joinTexts(pieces: readonly Data[]): JoinedTexts {
  const spans = pieces.map(spanOf);
  const values = createTextBuffer(spans.reduce((sum, { start, end }) => sum + end - start, 0));
  const offsets = new Int32Array(lengthOf(pieces) + 1);
  let position = 0;
  let size = 0;
  for (const [index, { length, valueOffsets, values: text }] of pieces.entries()) {
    const { start = 0, end = 0 } = spans[index] ?? {};
    const bytes: Uint8Array = text;
    values.set(bytes.subarray(start, end), size);
    copyOffsets(valueOffsets, offsets.subarray(position, position + length + 1), size - start);
    position += length;
    size += end - start;
  }
  return { values, offsets: new Uint8Array(offsets.buffer) };
}

/** Throws when a column cannot hold so many bytes of text. */
export function createTextBuffer(size: number): Uint8Array {
  if (size <= textSizeLimit) return new Uint8Array(size);
  throw new ColumnProblem(`has ${String(size)} bytes of text, more than can be given back to Python`, {
    isDamage: false,
  });
}

/** Most texts of a table are short, and calling `set` for each costs more than copying its bytes. */
export function copyText(
  from: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  position: number,
): void {
  if (end - start > 48) {
    to.set(from.subarray(start, end), position);
    return;
  }
  for (let index = start; index < end; index++) to[position + index - start] = from[index] ?? 0;
}

/** Which bytes the texts of a piece span, from the offsets at its ends. */
function spanOf({ length, valueOffsets, values }: Data): { start: number; end: number } {
  // An empty piece may come without offsets.
  if (length === 0) return { start: 0, end: 0 };
  const offsets: ArrayLike<number | bigint> = valueOffsets;
  if (offsets.length <= length) refuseDamage('has too few offsets');
  const start = Number(offsets[0]);
  const end = Number(offsets[length]);
  const { byteLength }: Uint8Array = values;
  if (start < 0 || end < start || end > byteLength) {
    refuseDamage(`has texts from ${String(start)} to ${String(end)} in ${String(byteLength)} bytes of text`);
  }
  return { start, end };
}

function copyOffsets(from: Int32Array | BigInt64Array, to: Int32Array, shift: number): void {
  if (from instanceof Int32Array) {
    for (let index = 1; index < to.length; index++) to[index] = (from[index] ?? 0) + shift;
  } else {
    for (let index = 1; index < to.length; index++) to[index] = Number(from[index] ?? 0) + shift;
  }
}
