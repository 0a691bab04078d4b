import type { ColumnTexts, IndexRange, TableSource } from '../../data/TableSource.ts';

/** Rows of some columns, which need not stand beside one another. */
export interface ColumnsWindow {
  readonly rows: IndexRange;
  /** For each row where it stands in the whole table. */
  readonly rowNumbers: readonly number[];
  /** By their place in the table. */
  readonly cells: ReadonlyMap<number, ColumnTexts>;
}

/** A gap of so many columns is read along, as a request of its own would take longer. */
const smallGap = 3;

/** Reads columns of a table; those that stand beside one another at once. */
export async function readColumns(
  source: TableSource,
  rows: IndexRange,
  columns: readonly number[],
  signal?: AbortSignal,
): Promise<ColumnsWindow> {
  const windows = await Promise.all(rangesOf(columns).map((range) => source.readWindow(rows, range, signal)));
  const cells = new Map<number, ColumnTexts>();
  for (const window of windows) {
    for (const [index, column] of window.cells.entries()) cells.set(window.columns.start + index, column);
  }
  const [first] = windows;
  return { rows: first?.rows ?? rows, rowNumbers: first?.rowNumbers ?? [], cells };
}

export function rangesOf(columns: readonly number[]): IndexRange[] {
  const ranges: IndexRange[] = [];
  for (const column of [...columns].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && column <= last.end + smallGap) {
      ranges[ranges.length - 1] = { start: last.start, end: Math.max(last.end, column + 1) };
    } else {
      ranges.push({ start: column, end: column + 1 });
    }
  }
  return ranges;
}
