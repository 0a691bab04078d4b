import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './diff-lines.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });

function show(before: string, after: string): string[] {
  const signs = { same: ' ', removed: '-', added: '+' };
  return diffLines(before.split(' '), after.split(' ')).map((line) =>
    typeof line === 'number' ? `(${line})` : `${signs[line.change]}${line.text}`,
  );
}

describe('the lines of two texts', () => {
  it('are shown with what is beside those that differ', () => {
    expect(show('a b c d e f g h', 'a b c d x f g h')).toEqual([
      '(1)',
      ' b',
      ' c',
      ' d',
      '-e',
      '+x',
      ' f',
      ' g',
      ' h',
    ]);
    expect(show('a b', 'a b')).toEqual([]);
    expect(diffLines([], ['a'])).toEqual([{ change: 'added', text: 'a' }]);
  });

  it('give both texts back', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const shown = diffLines(before, after);
        const count = (changes: readonly string[]): number =>
          shown.reduce<number>(
            (sum, line) => sum + (typeof line === 'number' ? line : Number(changes.includes(line.change))),
            0,
          );
        const isSame = JSON.stringify(before) === JSON.stringify(after);
        expect(shown.length === 0).toBe(isSame);
        if (isSame) return;
        expect([count(['same', 'removed']), count(['same', 'added'])]).toEqual([before.length, after.length]);
      }),
    );
  });

  it('are all removed and added where too many differ to be compared', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `${index}`);
    const shown = diffLines(
      many,
      many.map((text) => `x${text}`),
    );
    expect(shown.length).toBe(10_000);
  });
});
