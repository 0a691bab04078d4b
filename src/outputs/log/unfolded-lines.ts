/** Lines of a list that are followed by rows of their own: all that they stand for. In the order of the lines. */
export type UnfoldedLines = readonly UnfoldedLine[];

interface UnfoldedLine {
  readonly line: number;
  readonly texts: readonly string[];
  /** How many rows those before it add. */
  readonly addedBefore: number;
}

/** What a row shows: a line itself, or one of the texts that follow it. */
export interface RowPlace {
  readonly line: number;
  readonly text: string | null;
}

export function isUnfolded(unfolded: UnfoldedLines, line: number): boolean {
  return unfolded[findLast(unfolded, (each) => each.line <= line)]?.line === line;
}

/** Unfolds a line to these texts, or folds it. */
export function toggleLine(
  unfolded: UnfoldedLines,
  line: number,
  readTexts: () => readonly string[],
): UnfoldedLines {
  const others = unfolded.filter((each) => each.line !== line);
  const isAdded = others.length === unfolded.length;
  const lines: { line: number; texts: readonly string[] }[] = isAdded
    ? [...others, { line, texts: readTexts() }].sort((one, other) => one.line - other.line)
    : others;
  let addedBefore = 0;
  return lines.map((each) => {
    const placed = { line: each.line, texts: each.texts, addedBefore };
    addedBefore += each.texts.length;
    return placed;
  });
}

/** How many rows they add to those of the lines. */
export function countAdded(unfolded: UnfoldedLines): number {
  const last = unfolded.at(-1);
  return last ? last.addedBefore + last.texts.length : 0;
}

export function rowOf(unfolded: UnfoldedLines, line: number): number {
  const before = unfolded[findLast(unfolded, (each) => each.line < line)];
  return line + (before ? before.addedBefore + before.texts.length : 0);
}

export function placeOf(unfolded: UnfoldedLines, row: number): RowPlace {
  const found = unfolded[findLast(unfolded, (each) => each.line + each.addedBefore <= row)];
  if (!found) return { line: row, text: null };
  const within = row - found.line - found.addedBefore;
  if (within === 0) return { line: found.line, text: null };
  const text = found.texts[within - 1];
  return text === undefined
    ? { line: row - found.addedBefore - found.texts.length, text: null }
    : { line: found.line, text };
}

/** The last one for which something holds that holds for all before it; -1 where there is none. */
function findLast(unfolded: UnfoldedLines, holds: (each: UnfoldedLine) => boolean): number {
  let low = -1;
  let high = unfolded.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const each = unfolded[middle];
    if (each && holds(each)) low = middle;
    else high = middle;
  }
  return low;
}
