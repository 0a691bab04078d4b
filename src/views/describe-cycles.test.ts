import { describe, expect, it } from 'vitest';
import { describeCycles } from './describe-cycles.ts';

function describeAt(left: number | null): string {
  const now = 1_000_000;
  const view = { cycle: 2, total: 9, nextAt: left === null ? null : now + left };
  return describeCycles(view, { now });
}

describe('what a header says of cycles', () => {
  it('is nothing where a Statement does not run in them', () => {
    expect(describeCycles(null, { now: 0 })).toBe('');
  });

  it('counts down to the next one in whole seconds', () => {
    expect([null, 58_100, 1, 60_000, 61_000].map(describeAt)).toEqual([
      'Cycle 2 of 9 · ',
      'Cycle 2 of 9 · next in 59 s · ',
      'Cycle 2 of 9 · next in 1 s · ',
      'Cycle 2 of 9 · next in 1 min 0 s · ',
      'Cycle 2 of 9 · next in 1 min 1 s · ',
    ]);
  });
});
