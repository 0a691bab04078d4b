import { describe, expect, it } from 'vitest';
import { countAdded, isUnfolded, placeOf, rowOf, toggleLine, type UnfoldedLines } from './unfolded-lines.ts';

/** The rows of a list of six lines, each as its line or as the text that it shows. */
function rowsOf(unfolded: UnfoldedLines): string[] {
  const count = 6 + countAdded(unfolded);
  return Array.from({ length: count }, (_, row) => {
    const { line, text } = placeOf(unfolded, row);
    return text ?? String(line);
  });
}

const two = toggleLine(
  toggleLine([], 4, () => ['x']),
  1,
  () => ['a', 'b'],
);

describe('unfolded lines', () => {
  it('are followed by rows for all that they stand for', () => {
    expect(rowsOf([])).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(rowsOf(two)).toEqual(['0', '1', 'a', 'b', '2', '3', '4', 'x', '5']);
    expect([0, 1, 2, 3, 4, 5].map((line) => rowOf(two, line))).toEqual([0, 1, 4, 5, 6, 8]);
    expect([0, 1, 2, 3, 4, 5].filter((line) => isUnfolded(two, line))).toEqual([1, 4]);
  });

  it('are folded again, and leave the others where they are', () => {
    const one = toggleLine(two, 1, () => ['never read']);
    expect(rowsOf(one)).toEqual(['0', '1', '2', '3', '4', 'x', '5']);
    expect(toggleLine(one, 4, () => [])).toEqual([]);
  });
});
