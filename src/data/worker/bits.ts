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
