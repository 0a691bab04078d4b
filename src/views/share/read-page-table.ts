import type { ComponentProps } from 'svelte';
import type ResultTable from '../../outputs/table/ResultTable.svelte';
import { oneLine, shortFloat } from '../../outputs/table/cell-text.ts';
import { isNumeric } from '../../outputs/table/type-label.ts';
import type { PagePart } from '../../page/page-content.ts';

type TableSource = ComponentProps<typeof ResultTable>['source'];

/** So much of a table is shown in a page. */
const most = { rows: 20, columns: 30 } as const;

/** The first rows and columns of a table, which is closed here if that is asked. */
export async function readPageTable(
  source: TableSource,
  label: string,
  signal: AbortSignal,
): Promise<PagePart> {
  const { rowCount, columns } = source.summary;
  const shown = columns.slice(0, most.columns);
  const { cells, rows } = await source.readWindow(
    { start: 0, end: Math.min(rowCount, most.rows) },
    { start: 0, end: shown.length },
    signal,
  );
  return {
    type: 'table',
    label,
    columns: shown.map((column) => ({ name: column.name, isNumeric: isNumeric(column) })),
    rows: Array.from({ length: rows.end - rows.start }, (_, row) =>
      cells.map(({ texts, kinds }, place) => {
        const cell = { text: texts[row] ?? '', kind: kinds[row] ?? 'text' };
        const isFloat = shown[place]?.type === 'float64' && cell.kind === 'number';
        return { text: isFloat ? shortFloat(cell.text) : oneLine(cell), kind: cell.kind };
      }),
    ),
    rowCount,
    columnCount: columns.length,
  };
}
