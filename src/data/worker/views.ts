/** Typed views of buffers. A typed array must begin at a multiple of its element's size; where it does not, it is copied. */

function align(bytes: Uint8Array | null, elementSize: number): Uint8Array {
  if (bytes === null) return new Uint8Array(0);
  return bytes.byteOffset % elementSize === 0 ? bytes : bytes.slice();
}

export function int32View(bytes: Uint8Array | null): Int32Array {
  const { buffer, byteOffset, byteLength } = align(bytes, 4);
  return new Int32Array(buffer, byteOffset, byteLength >> 2);
}

export function int64View(bytes: Uint8Array | null): BigInt64Array {
  const { buffer, byteOffset, byteLength } = align(bytes, 8);
  return new BigInt64Array(buffer, byteOffset, byteLength >> 3);
}

export function uint64View(bytes: Uint8Array | null): BigUint64Array {
  const { buffer, byteOffset, byteLength } = align(bytes, 8);
  return new BigUint64Array(buffer, byteOffset, byteLength >> 3);
}

export function float64View(bytes: Uint8Array | null): Float64Array {
  const { buffer, byteOffset, byteLength } = align(bytes, 8);
  return new Float64Array(buffer, byteOffset, byteLength >> 3);
}
