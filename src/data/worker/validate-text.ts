import type { ColumnBuffers } from '../../model/dataset.ts';
import { hasBit } from './bits.ts';
import { int32View } from './views.ts';

const pieceSize = 1 << 20;

/** What keeps a column's bytes from being UTF-8 texts; its offsets must have been found good. */
export function findTextProblem({ length, values, offsets }: ColumnBuffers): string | null {
  if (length === 0 || values === null) return null;
  const positions = int32View(offsets);
  const end = positions[length] ?? 0;
  const text = values.subarray(positions[0], end);
  // Nearly all text is ASCII, or nearly so; four bytes are looked at in one step.
  if (isAscii(text)) return null;
  for (let index = 0; index < length; index++) {
    const position = positions[index] ?? 0;
    const isContinuation = position < end && ((values[position] ?? 0) & 0xc0) === 0x80;
    if (isContinuation) return `has invalid UTF-8 at element ${String(index)}`;
  }
  return isUtf8(text)
    ? null
    : `has invalid UTF-8 at element ${String(findInvalid(values, positions, length))}`;
}

/** What keeps texts from being whole numbers in decimal digits. */
export function findIntegerProblem({ length, validity, values, offsets }: ColumnBuffers): string | null {
  const positions = int32View(offsets);
  for (let index = 0; index < length; index++) {
    if (validity !== null && !hasBit(validity, index)) continue;
    const end = positions[index + 1] ?? 0;
    let position = positions[index] ?? 0;
    if (values?.[position] === 0x2d && position < end) position++;
    let isNumber = position < end;
    for (; position < end; position++) {
      const byte = values?.[position] ?? 0;
      isNumber &&= byte >= 0x30 && byte <= 0x39;
    }
    if (!isNumber) return `has no whole number at element ${String(index)}`;
  }
  return null;
}

function isAscii(bytes: Uint8Array): boolean {
  const { buffer, byteOffset, byteLength } = bytes;
  const head = Math.min(byteLength, (4 - (byteOffset & 3)) & 3);
  const wordCount = (byteLength - head) >> 2;
  const words = wordCount > 0 ? new Uint32Array(buffer, byteOffset + head, wordCount) : new Uint32Array();
  let seen = 0;
  for (let index = 0; index < head; index++) seen |= bytes[index] ?? 0;
  for (let index = head + words.byteLength; index < byteLength; index++) seen |= bytes[index] ?? 0;
  if ((seen & 0x80) !== 0) return false;
  for (const word of words) seen |= word;
  return (seen & 0x80808080) === 0;
}

/** Piece by piece, so that a column of a gigabyte does not become a string of a gigabyte. */
function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let start = 0; start < bytes.byteLength; start += pieceSize) {
      decoder.decode(bytes.subarray(start, start + pieceSize), { stream: true });
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function findInvalid(values: Uint8Array, positions: Int32Array, length: number): number {
  for (let index = 0; index < length; index++) {
    if (!isUtf8(values.subarray(positions[index], positions[index + 1]))) return index;
  }
  return length;
}
