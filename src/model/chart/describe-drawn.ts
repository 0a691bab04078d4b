import type { ChartRows } from './chart-data.ts';
import { isObject } from './json-values.ts';

/** What is to be known of the rows that were drawn; null where they are those of the dataset. */
export function describeDrawn(
  { drawn, rowCount, totalCount, stretchCount, outliers }: Omit<ChartRows, 'columns' | 'extents' | 'orders'>,
  specification: unknown,
  formatCount: (count: number) => string,
): string | null {
  const total = formatCount(totalCount);
  const some = `Drawn: ${formatCount(rowCount)} of ${total} rows`;
  switch (drawn) {
    case 'all':
      return null;
    case 'aggregate':
      return `Aggregated over all ${total} rows.`;
    case 'boxes': {
      const { count, drawnCount } = outliers;
      const left = `Of ${formatCount(count)} rows beyond the whiskers, ${formatCount(drawnCount)} are drawn.`;
      return `Aggregated over all ${total} rows.${drawnCount < count ? ` ${left}` : ''}`;
    }
    case 'extremes':
      return `${some}, the first, last, lowest and highest of each of ${formatCount(stretchCount)} stretches.`;
    case 'sample': {
      const share = totalCount / rowCount;
      const every = `${Number.isInteger(share) ? '' : 'about '}one of every ${formatCount(Math.round(share))}`;
      const warning = aggregates(specification)
        ? ' What is counted or summed up is of these rows alone.'
        : '';
      return `${some}, ${every} at random.${warning}`;
    }
  }
}

/** Whether anything in it is made of several rows. */
function aggregates(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(aggregates);
  if (value === 'boxplot' || value === 'errorbar' || value === 'errorband') return true;
  if (!isObject(value)) return false;
  const names = [
    'aggregate',
    'joinaggregate',
    'window',
    'density',
    'regression',
    'loess',
    'quantile',
    'stack',
  ];
  return Object.entries(value).some(
    ([name, inner]) => (names.includes(name) && Boolean(inner)) || aggregates(inner),
  );
}
