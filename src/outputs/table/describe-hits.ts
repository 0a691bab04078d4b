import { formatCount } from '../../ui/format.ts';
import { shownName } from './column-widths.ts';
import type { TableView } from './TableView.svelte.ts';

/** Columns that are named. */
const namedColumns = 3;

/** Where what was searched for was found: `found in name, city (hidden) and 2 more columns`; empty where it was not. */
export function describeHits({
  source,
  layout,
  summary,
}: Pick<TableView, 'source' | 'layout' | 'summary'>): string {
  const hits = source?.hitColumns ?? [];
  const names = hits.slice(0, namedColumns).flatMap((column) => {
    const described = summary?.columns[column];
    return described ? [`${shownName(described)}${layout.hidden.has(column) ? ' (hidden)' : ''}`] : [];
  });
  if (names.length === 0) return '';
  const more = hits.length - names.length;
  const rest = more === 0 ? '' : ` and ${formatCount(more)} more column${more === 1 ? '' : 's'}`;
  return `found in ${names.join(', ')}${rest}`;
}
