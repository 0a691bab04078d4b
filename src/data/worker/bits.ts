/** Bitmaps as Arrow lays them out: least significant bit first. */

const bitsOfByte = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
});

export function hasBit(bytes: Uint8Array, index: number): boolean {
  return (((bytes[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

/** How many of the first `length` bits are set. */
export function countBits(bytes: Uint8Array, length: number): number {
  const whole = length >> 3;
  let count = 0;
  for (let index = 0; index < whole; index++) count += bitsOfByte[bytes[index] ?? 0] ?? 0;
  const rest = length & 7;
  return count + (bitsOfByte[(bytes[whole] ?? 0) & ((1 << rest) - 1)] ?? 0);
}

/** Bits `start` to `end`, a view where they begin at a byte, else moved into place. */
export function sliceBits(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const first = start >> 3;
  const length = Math.ceil((end - start) / 8);
  const shift = start & 7;
  if (shift === 0) return bytes.subarray(first, first + length);
  const moved = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    const pair = (bytes[first + index] ?? 0) | ((bytes[first + index + 1] ?? 0) << 8);
    moved[index] = pair >> shift;
  }
  return moved;
}

/** Sets bits `start` to `end`. */
export function setBits(bytes: Uint8Array, start: number, end: number): void {
  const firstWhole = Math.min(end, (start + 7) & ~7);
  const lastWhole = Math.max(firstWhole, end & ~7);
  for (let index = start; index < firstWhole; index++) setBit(bytes, index);
  bytes.fill(0xff, firstWhole >> 3, lastWhole >> 3);
  for (let index = lastWhole; index < end; index++) setBit(bytes, index);
}

/** Copies bits `start` to `end` to the bits of `to` from `position` on, which must be zeros; it touches no others. */
export function copyBits(
  { from, start, end }: { from: Uint8Array; start: number; end: number },
  to: Uint8Array,
  position: number,
): void {
  const moved = sliceBits(from, start, end);
  const first = position >> 3;
  const shift = position & 7;
  const whole = (end - start) >> 3;
  if (shift === 0) {
    to.set(moved.subarray(0, whole), first);
  } else {
    for (let index = 0; index < whole; index++) {
      const bits = (moved[index] ?? 0) << shift;
      to[first + index] = (to[first + index] ?? 0) | bits;
      to[first + index + 1] = bits >> 8;
    }
  }
  for (let index = whole * 8; index < end - start; index++) {
    if (hasBit(moved, index)) setBit(to, position + index);
  }
}

function setBit(bytes: Uint8Array, index: number): void {
  bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
}
