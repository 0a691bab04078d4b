import { describe, expect, it } from 'vitest';
import { checkWords, WordChecksum } from './word-checksum.ts';

const sample = Uint8Array.from({ length: 100 }, (_, at) => (at * 37) % 256);

describe('the checksum of words', () => {
  it('is another for every single bit', () => {
    const found = new Set([checkWords(sample)]);
    for (let bit = 0; bit < sample.byteLength * 8; bit += 1) {
      const changed = sample.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      found.add(checkWords(changed));
    }
    expect(found.size).toBe(sample.byteLength * 8 + 1);
  });

  it('is another for two changes of the same bit in one lane', () => {
    const changed = sample.slice();
    for (const at of [3, 19]) changed[at] = (changed[at] ?? 0) ^ 0x80;
    expect(checkWords(changed)).not.toBe(checkWords(sample));
  });

  it('is the same wherever the bytes lie in memory', () => {
    const memory = new Uint8Array(200);
    const found = [0, 1, 2, 3, 4, 7, 16].map((offset) => {
      memory.set(sample, offset);
      return checkWords(memory.subarray(offset, offset + sample.byteLength));
    });
    expect(new Set(found)).toEqual(new Set([checkWords(sample)]));
  });

  it('may be taken piece by piece, in order', () => {
    const pieces = [sample.subarray(0, 32), sample.subarray(32, 64), sample.subarray(64)];
    const inOrder = pieces.reduce((sum, piece) => sum.add(piece), new WordChecksum()).toString();
    const turned = pieces.reduceRight((sum, piece) => sum.add(piece), new WordChecksum()).toString();
    expect(inOrder).toBe(checkWords(sample));
    expect(turned).not.toBe(inOrder);
  });

  it('of nothing is the lanes as they begin', () => {
    expect(checkWords(new Uint8Array())).toBe('811c9dc5811c9dc6811c9dc7811c9dc8');
  });
});
