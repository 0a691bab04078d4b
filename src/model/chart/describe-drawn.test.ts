import { expect, test } from 'vitest';
import { describeDrawn } from './describe-drawn.ts';

const outliers = { count: 0, drawnCount: 0 };
const rows = { rowCount: 50_000, totalCount: 1_000_000, stretchCount: 2_000, outliers };
const format = (count: number) => count.toLocaleString('en');
const points = { mark: 'point', encoding: { x: { field: 'a' } } };

test('what was drawn of many rows is said', () => {
  expect([
    describeDrawn({ ...rows, drawn: 'all' }, points, format),
    describeDrawn({ ...rows, drawn: 'aggregate' }, points, format),
    describeDrawn({ ...rows, drawn: 'extremes' }, points, format),
    describeDrawn({ ...rows, drawn: 'boxes' }, points, format),
    describeDrawn(
      { ...rows, drawn: 'boxes', outliers: { count: 20_000, drawnCount: 9_000 } },
      points,
      format,
    ),
    describeDrawn({ ...rows, drawn: 'sample' }, points, format),
    describeDrawn({ ...rows, drawn: 'sample', totalCount: 120_000 }, { mark: 'boxplot' }, format),
  ]).toEqual([
    null,
    'Aggregated over all 1,000,000 rows.',
    'Drawn: 50,000 of 1,000,000 rows, the first, last, lowest and highest of each of 2,000 stretches.',
    'Aggregated over all 1,000,000 rows.',
    'Aggregated over all 1,000,000 rows. Of 20,000 rows beyond the whiskers, 9,000 are drawn.',
    'Drawn: 50,000 of 1,000,000 rows, one of every 20 at random.',
    'Drawn: 50,000 of 120,000 rows, about one of every 2 at random. What is counted or summed up is of these rows alone.',
  ]);
});
