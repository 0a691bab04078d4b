/** Keys of 64 bits, in two halves; the n-th belongs to the n-th item. */
export interface WideKeys {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** From here on wide digits are faster, in spite of their many counts. */
const manyItems = 30_000;

/**
 * Positions in the keys, sorted by these: stable, by digits, the last one first. `items` are positions in the keys, in the
 * order that those of equal keys keep.
 */
export function radixSort(items: Uint32Array, { high, low }: WideKeys): Uint32Array {
  const bits = items.length > manyItems ? 16 : 8;
  let sorted = items;
  let spare: Uint32Array | null = null;
  for (const half of [low, high]) {
    for (let shift = 0; shift < 32; shift += bits) {
      const target: Uint32Array = spare ?? new Uint32Array(items.length);
      if (!sortByDigit(sorted, half, shift, bits, target)) {
        spare = target;
        continue;
      }
      // What was given stays as it was.
      spare = sorted === items ? null : sorted;
      sorted = target;
    }
  }
  return sorted;
}

/** Returns whether anything had to be moved: where all have the same digit, nothing has. */
function sortByDigit(
  from: Uint32Array,
  keys: Uint32Array,
  shift: number,
  bits: number,
  to: Uint32Array,
): boolean {
  const mask = (1 << bits) - 1;
  const places = new Uint32Array(mask + 1);
  for (const item of from) {
    const digit = ((keys[item] ?? 0) >>> shift) & mask;
    places[digit] = (places[digit] ?? 0) + 1;
  }
  const first = ((keys[from[0] ?? 0] ?? 0) >>> shift) & mask;
  if (places[first] === from.length) return false;
  let place = 0;
  for (let digit = 0; digit <= mask; digit++) {
    const count = places[digit] ?? 0;
    places[digit] = place;
    place += count;
  }
  for (const item of from) {
    const digit = ((keys[item] ?? 0) >>> shift) & mask;
    const at = places[digit] ?? 0;
    to[at] = item;
    places[digit] = at + 1;
  }
  return true;
}
