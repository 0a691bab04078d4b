import { describe, expect, it } from 'vitest';
import { countAdded, findTall, placeOf, rowOf, type AddedRows } from './added-rows.ts';
import { listUnfolded, toggleLine } from './unfolded-lines.ts';
import { WrappedLines } from './wrapped-lines.ts';

/** The rows of a list of six lines, each as its line and the row within it. */
function rowsOf(lists: readonly AddedRows[]): string[] {
  const count = 6 + lists.reduce((sum, rows) => sum + countAdded(rows), 0);
  return Array.from({ length: count }, (_, row) => {
    const { line, within } = placeOf(lists, row);
    return within === 0 ? String(line) : `${line}+${within}`;
  });
}

const split = (json: string): string[] => json.split(' ');
const opened = toggleLine(toggleLine([], 4, 'x'), 1, 'a b');
const unfolded = listUnfolded(opened, split);

describe('unfolded lines', () => {
  it('are followed by rows for all that they stand for', () => {
    expect(rowsOf([[]])).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(rowsOf([unfolded])).toEqual(['0', '1', '1+1', '1+2', '2', '3', '4', '4+1', '5']);
    expect([0, 1, 2, 3, 4, 5].map((line) => rowOf([unfolded], line))).toEqual([0, 1, 4, 5, 6, 8]);
    expect([0, 1, 2, 3, 4, 5].map((line) => findTall(unfolded, line)?.texts)).toEqual([
      undefined,
      ['a', 'b'],
      undefined,
      undefined,
      ['x'],
      undefined,
    ]);
  });

  it('are folded again, and leave the others where they are', () => {
    const one = toggleLine(opened, 1, 'a b');
    expect(rowsOf([listUnfolded(one, split)])).toEqual(['0', '1', '2', '3', '4', '4+1', '5']);
    expect(toggleLine(one, 4, 'x')).toEqual([]);
  });
});

describe('wrapped lines', () => {
  it('take their rows beside those of unfolded ones', () => {
    const texts = ['one two three', '{}', 'four', 'five six', '{}', 'seven'];
    const wrapped = new WrappedLines(5);
    wrapped.grow(6, 0, (line) => texts[line] ?? '');
    expect(rowsOf([wrapped.rows, unfolded])).toEqual([
      '0',
      '0+1',
      '0+2',
      '1',
      '1+1',
      '1+2',
      '2',
      '3',
      '3+1',
      '4',
      '4+1',
      '5',
    ]);
  });

  it('are looked at once as the list grows, but for those that can still change', () => {
    const texts = ['one two', 'three', 'four five'];
    const looked: number[] = [];
    const textOf = (line: number): string => {
      looked.push(line);
      return texts[line] ?? '';
    };
    const wrapped = new WrappedLines(5);
    wrapped.grow(3, 1, textOf);
    expect(wrapped.rows.map(({ line, added }) => [line, added])).toEqual([
      [0, 1],
      [2, 1],
    ]);
    texts.splice(2, 1, 'six', 'seven eight nine');
    wrapped.grow(4, 0, textOf);
    wrapped.grow(4, 0, textOf);
    expect(wrapped.rows).toEqual([
      { line: 0, added: 1, addedBefore: 0 },
      { line: 3, added: 2, addedBefore: 1 },
    ]);
    expect(looked).toEqual([0, 1, 2, 2, 3]);
  });
});
