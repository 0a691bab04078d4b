import type { ChosenDataset } from '../../model/handles.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';

/** How large a dataset is: "1,200 rows × 5 columns · 34.0 kB", in which no number is parted from its unit. */
export function describeDataset({ summary, byteSize }: Pick<ChosenDataset, 'summary' | 'byteSize'>): string {
  const { rowCount, columns } = summary;
  const rows = rowCount === 1 ? '1 row' : `${formatCount(rowCount)} rows`;
  const width = columns.length === 1 ? '1 column' : `${formatCount(columns.length)} columns`;
  return [rows, '×', `${width} ·`, formatBytes(byteSize)]
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join(' ');
}
