import type { Data } from 'apache-arrow';
import { radixSort } from './radix-sort.ts';
import type { Pauses } from './run.ts';

/** Texts of a whole column, where they were read: for each row its piece, and where in the bytes of that it begins and ends. */
export interface TextPlaces {
  readonly bytes: readonly Uint8Array[];
  readonly piece: Uint16Array | Uint32Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** Groups of no more texts than this are sorted by comparing them. */
const fewTexts = 16;

/**
 * Rows sorted by their texts: by the bytes of their UTF-8, which is the order of their code points. Eight bytes at a time
 * are sorted as a number, and those that are alike go on with the next eight.
 */
export async function sortTexts(
  rows: Uint32Array,
  places: TextPlaces,
  isDown: boolean,
  pauses: Pauses,
): Promise<Uint32Array> {
  const sorted = rows.slice();
  const waiting: [from: number, to: number, depth: number][] = [[0, rows.length, 0]];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    const [from, to, depth] = group;
    const part = sorted.subarray(from, to);
    if (part.length <= fewTexts) sortFew(part, places, depth, isDown);
    else {
      const keys = keysOf(part, places, depth, isDown);
      const order = radixSort(countUp(part.length), keys);
      part.set(order.map((position) => part[position] ?? 0));
      pushAlike(order, keys, (first, last) => {
        const alike = part.subarray(first, last);
        if (isAnyLonger(alike, places, depth + 8)) waiting.push([from + first, from + last, depth + 8]);
        // Zeros stand where a text has ended: one that has zeros there itself is longer.
        else sortByLength(alike, places, isDown);
      });
    }
    await pauses.take();
  }
  return sorted;
}

function keysOf(rows: Uint32Array, { bytes, piece, start, end }: TextPlaces, depth: number, isDown: boolean) {
  const high = new Uint32Array(rows.length);
  const low = new Uint32Array(rows.length);
  const mask = isDown ? 0xffffffff : 0;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    const text = bytes[piece[row] ?? 0] ?? new Uint8Array(0);
    const at = (start[row] ?? 0) + depth;
    const rest = (end[row] ?? 0) - at;
    high[index] = fourBytes(text, at, rest) ^ mask;
    low[index] = fourBytes(text, at + 4, rest - 4) ^ mask;
  }
  return { high, low };
}

function fourBytes(text: Uint8Array, at: number, rest: number): number {
  if (rest >= 4) {
    return (
      ((text[at] ?? 0) << 24) | ((text[at + 1] ?? 0) << 16) | ((text[at + 2] ?? 0) << 8) | (text[at + 3] ?? 0)
    );
  }
  let key = 0;
  for (let index = 0; index < rest; index++) key |= (text[at + index] ?? 0) << (24 - 8 * index);
  return key;
}

/** Calls `push` for each run of equal keys of more than one. */
function pushAlike(
  order: Uint32Array,
  { high, low }: { high: Uint32Array; low: Uint32Array },
  push: (first: number, last: number) => void,
): void {
  for (let first = 0; first < order.length;) {
    const item = order[first] ?? 0;
    let last = first + 1;
    while (last < order.length) {
      const next = order[last] ?? 0;
      if (high[next] !== high[item] || low[next] !== low[item]) break;
      last += 1;
    }
    if (last - first > 1) push(first, last);
    first = last;
  }
}

function isAnyLonger(rows: Uint32Array, { start, end }: TextPlaces, depth: number): boolean {
  return rows.some((row) => (end[row] ?? 0) - (start[row] ?? 0) > depth);
}

function sortByLength(rows: Uint32Array, { start, end }: TextPlaces, isDown: boolean): void {
  const lengthOf = (row: number) => (end[row] ?? 0) - (start[row] ?? 0);
  const length = lengthOf(rows[0] ?? 0);
  if (rows.every((row) => lengthOf(row) === length)) return;
  const sign = isDown ? -1 : 1;
  rows.set([...rows].sort((one, other) => sign * (lengthOf(one) - lengthOf(other))));
}

function sortFew(rows: Uint32Array, places: TextPlaces, depth: number, isDown: boolean): void {
  const sign = isDown ? -1 : 1;
  for (let index = 1; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    let at = index;
    while (at > 0 && sign * compare(places, rows[at - 1] ?? 0, row, depth) > 0) {
      rows[at] = rows[at - 1] ?? 0;
      at -= 1;
    }
    rows[at] = row;
  }
}

function compare(
  { bytes, piece, start, end }: TextPlaces,
  one: number,
  other: number,
  depth: number,
): number {
  const [first, second] = [bytes[piece[one] ?? 0], bytes[piece[other] ?? 0]];
  if (!first || !second) return 0;
  const [from, to] = [start[one] ?? 0, start[other] ?? 0];
  const [oneLength, otherLength] = [(end[one] ?? 0) - from, (end[other] ?? 0) - to];
  const shorter = Math.min(oneLength, otherLength);
  for (let index = depth; index < shorter; index++) {
    const difference = (first[from + index] ?? 0) - (second[to + index] ?? 0);
    if (difference !== 0) return difference;
  }
  return oneLength - otherLength;
}

function countUp(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let index = 0; index < length; index++) numbers[index] = index;
  return numbers;
}

/** Where the texts of pieces lie, one piece for each batch. Offsets that a damaged file has lie within their bytes at least. */
export function placeTexts(pieces: readonly Data[], rowCount: number): TextPlaces {
  const piece = pieces.length > 0xffff ? new Uint32Array(rowCount) : new Uint16Array(rowCount);
  const start = new Uint32Array(rowCount);
  const end = new Uint32Array(rowCount);
  let row = 0;
  for (const [index, { length, valueOffsets, values }] of pieces.entries()) {
    const offsets: ArrayLike<number | bigint> = valueOffsets;
    const { byteLength }: Uint8Array = values;
    piece.fill(index, row, row + length);
    for (let element = 0; element < length; element++, row++) {
      const from = Math.min(byteLength, Math.max(0, Number(offsets[element] ?? 0)));
      start[row] = from;
      end[row] = Math.min(byteLength, Math.max(from, Number(offsets[element + 1] ?? 0)));
    }
  }
  return { bytes: pieces.map(({ values }): Uint8Array => values), piece, start, end };
}
