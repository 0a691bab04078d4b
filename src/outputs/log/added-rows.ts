/** Lines of a list that take more rows than one, in order. */
export type AddedRows = readonly TallLine[];

export interface TallLine {
  readonly line: number;
  /** How many rows it takes beyond its first. */
  readonly added: number;
  /** How many those before it add. */
  readonly addedBefore: number;
}

/** What a row shows: a line itself, or one of the rows that it adds, counted from 1. */
export interface RowPlace {
  readonly line: number;
  readonly within: number;
}

/** How many rows they add to those of the lines. */
export function countAdded(rows: AddedRows): number {
  const last = rows.at(-1);
  return last ? last.addedBefore + last.added : 0;
}

/** The one that a line is; undefined where it adds none. */
export function findTall<Tall extends TallLine>(rows: readonly Tall[], line: number): Tall | undefined {
  const found = rows[findLast(rows.length, (index) => (rows[index]?.line ?? 0) <= line)];
  return found?.line === line ? found : undefined;
}

/** The first row of a line. */
export function rowOf(lists: readonly AddedRows[], line: number): number {
  return lists.reduce((row, rows) => row + addedBefore(rows, line), line);
}

export function placeOf(lists: readonly AddedRows[], row: number): RowPlace {
  const line = findLast(row + 1, (each) => rowOf(lists, each) <= row);
  return { line, within: row - rowOf(lists, line) };
}

function addedBefore(rows: AddedRows, line: number): number {
  const before = rows[findLast(rows.length, (index) => (rows[index]?.line ?? 0) < line)];
  return before ? before.addedBefore + before.added : 0;
}

/** The last number below `count` for which something holds that holds for all before it; -1 where there is none. */
function findLast(count: number, holds: (each: number) => boolean): number {
  let low = -1;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
