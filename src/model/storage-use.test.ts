import { describe, expect, it } from 'vitest';
import { BlobHash } from './ids.ts';
import { isRoomShort, sumUse } from './storage-use.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => BlobHash.from(letter.repeat(64)));

describe('what takes room', () => {
  it('counts each value once, for the first kind that names it', () => {
    if (!a || !b || !c || !d) throw new Error('there are four');
    const sizes = new Map([
      [a, 100],
      [b, 20],
      [c, 3],
    ]);
    const named = new Map([
      ['history', [a, b, c, c]],
      ['data', [a, d]],
      ['trash', [c]],
    ] as const);
    expect(sumUse(sizes, named).filter(({ count }) => count > 0)).toEqual([
      { kind: 'data', count: 1, byteSize: 100 },
      { kind: 'history', count: 2, byteSize: 23 },
    ]);
  });

  it('is told of when less than 200 MB are left, or less than a tenth where little was granted', () => {
    const room = (used: number, granted: number): boolean => isRoomShort({ used, granted });
    expect([room(9_800_000_001, 10_000_000_000), room(9_800_000_000, 10_000_000_000)]).toEqual([true, false]);
    expect([room(91, 100), room(90, 100)]).toEqual([true, false]);
  });
});
