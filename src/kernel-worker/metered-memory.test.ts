import { describe, expect, it } from 'vitest';
import type { MemoryUse } from '../model/kernel-state.ts';
import { createMeteredMemory } from './metered-memory.ts';

const page = 65_536;

describe('a metered memory', () => {
  it('tells of every growth up to the limit, and does not grow beyond it', () => {
    const heard: MemoryUse[] = [];
    const { memory, use } = createMeteredMemory(page, 4 * page, (growth) => heard.push(growth));
    expect(use()).toEqual({ heapBytes: page, limitBytes: 4 * page });
    memory.grow(2);
    expect(() => memory.grow(2)).toThrow(RangeError);
    expect(memory.grow(1)).toBe(3);
    expect(heard).toEqual([
      { heapBytes: 3 * page, limitBytes: 4 * page },
      { heapBytes: 4 * page, limitBytes: 4 * page },
    ]);
  });
});
