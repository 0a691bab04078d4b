import { cellKindNames, type Cell } from '../model/notebook.ts';
import { formatBytes, formatCount } from '../ui/format.ts';

/** What the header says of a cell that is not run. */
export function describeContent(cell: Cell): string {
  if (cell.kind !== 'dataset') return cellKindNames[cell.kind];
  if (!cell.content) return 'No data yet';
  const { table, file } = cell.content;
  const { rowCount, columns } = table.summary;
  return [
    `${formatCount(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`,
    `${formatCount(columns.length)} ${columns.length === 1 ? 'column' : 'columns'}`,
    `${file.name}, ${formatBytes(file.byteSize)}`,
  ].join(' · ');
}
