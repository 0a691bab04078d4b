import { expect, test } from 'vitest';
import { copyBits, hasBit, setBits } from './bits.ts';

const source = Uint8Array.from({ length: 8 }, (_, index) => (index * 89 + 37) % 256);
const edges = [0, 1, 5, 7, 8, 9, 15, 16, 17, 31];
const spans = edges.flatMap((start) =>
  edges.filter((end) => end >= start).map((end) => [start, end] as const),
);

test('bits are set from any start to any end, and no others', () => {
  for (const [start, end] of spans) {
    const bytes = new Uint8Array(4);

    setBits(bytes, start, end);

    expect(bitsOf(bytes)).toEqual(Array.from({ length: 32 }, (_, index) => index >= start && index < end));
  }
});

test('bits are copied from any place to any place, and no others are touched', () => {
  for (const [start, end] of spans) {
    for (const position of edges) {
      const bytes = new Uint8Array(8);
      if (position > 0) setBits(bytes, 0, position);

      copyBits({ from: source, start, end }, bytes, position);

      const expected = Array<boolean>(64).fill(false).fill(true, 0, position);
      for (let index = start; index < end; index++)
        expected[position + index - start] = hasBit(source, index);
      expect(bitsOf(bytes)).toEqual(expected);
    }
  }
});

function bitsOf(bytes: Uint8Array): boolean[] {
  return Array.from({ length: bytes.byteLength * 8 }, (_, index) => hasBit(bytes, index));
}
