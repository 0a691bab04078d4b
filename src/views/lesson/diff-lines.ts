import { diffArrays } from 'diff';

/** A line of two texts that are compared. */
export interface DiffLine {
  readonly change: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lines that are the same in both are shown so many before and after one that is not. */
const context = 3;

/** Texts that differ in more lines are not compared line by line, which would hold the page up. */
const mostChanges = 4_000;

/** What to show of two lists of lines; a part that is the same and not shown is a number of lines. Empty where all is the same. */
export function diffLines(before: readonly string[], after: readonly string[]): (DiffLine | number)[] {
  const lines = compareLines(before, after);
  const shown = new Set<number>();
  for (const [index, { change }] of lines.entries()) {
    if (change === 'same') continue;
    for (let near = index - context; near <= index + context; near += 1) shown.add(near);
  }
  const result: (DiffLine | number)[] = [];
  for (const [index, line] of lines.entries()) {
    const last = result.at(-1);
    if (shown.has(index)) result.push(line);
    else if (typeof last === 'number') result[result.length - 1] = last + 1;
    else result.push(1);
  }
  return shown.size === 0 ? [] : result;
}

function compareLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: mostChanges });
  if (!parts) return [...markLines(before, 'removed'), ...markLines(after, 'added')];
  return parts.flatMap(({ value, added, removed }) =>
    markLines(value, added ? 'added' : removed ? 'removed' : 'same'),
  );
}

function markLines(lines: readonly string[], change: DiffLine['change']): DiffLine[] {
  return lines.map((text) => ({ change, text }));
}
