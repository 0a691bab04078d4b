import type { TableSource } from '../../data/TableSource.ts';
import type { ColumnSummary } from '../../model/dataset.ts';
import { readColumns } from './read-columns.ts';
import type { ShownCell } from './TableView.svelte.ts';

/** Columns of a row that are listed: more are found in the table itself. */
export const listedColumns = 300;

export interface RowEntry {
  readonly column: ColumnSummary;
  readonly cell: ShownCell;
}

/** The cells of a row, of the named columns. */
export async function readRow(
  source: TableSource,
  row: number,
  columns: readonly number[],
): Promise<readonly RowEntry[]> {
  const listed = columns.slice(0, listedColumns);
  const { cells } = await readColumns(source, { start: row, end: row + 1 }, listed);
  return listed.flatMap((place) => {
    const column = source.summary.columns[place];
    const [text, kind] = [cells.get(place)?.texts[0], cells.get(place)?.kinds[0]];
    return column && text !== undefined && kind ? [{ column, cell: { text, kind } }] : [];
  });
}
