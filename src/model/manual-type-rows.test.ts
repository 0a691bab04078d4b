import { describe, expect, it } from 'vitest';
import type { ColumnSummary } from './dataset.ts';
import { describeMistake, findRowProblems, listMissingRows } from './manual-type-rows.ts';
import type { ManualType } from './manual-types.ts';

const row = (column: string): ManualType => ({ column, scale: 'nominal', representation: 'string' });
const rows = (...columns: string[]): ManualType[] => columns.map(row);

describe('rows of “Manual TI”', () => {
  it('are of one column each', () => {
    expect(findRowProblems(rows('y', 'x', ' '))).toEqual([null, null, null]);
    expect(findRowProblems(rows('y', '', 'y', 'y'))).toEqual([
      null,
      'Name a column.',
      'Row 1 is of this column, too: keep one of them.',
      'Row 1 is of this column, too: keep one of them.',
    ]);
  });

  it('keep their cell from being run where they are wrong', () => {
    expect(describeMistake([])).toBeNull();
    expect(describeMistake(rows('y', 'x'))).toBeNull();
    expect(describeMistake(rows('y', 'y', ''))).toBe(
      '“Manual TI” in the configuration, row 2, is of the column “y”, as row 1 is. Remove one of them.',
    );
    expect(describeMistake(rows('y', '', 'y'))).toBe(
      '“Manual TI” in the configuration, row 2, has no column. Name one, or remove the row.',
    );
  });
});

it('the columns that have no row yet come with the types that they have, or those nearest to them', () => {
  const column = (name: string, type: ColumnSummary['type']) => ({ name, type, timeZone: null });
  const columns: ColumnSummary[] = [
    column('x', 'int64'),
    column('y', 'float64'),
    column('', 'int64'),
    column('name', 'string'),
    column('x', 'string'),
    column('id', 'integer'),
    column('count', 'uint64'),
    { ...column('month', 'int64'), scale: 'ordinal' },
    column('day', 'date'),
    column('at', 'datetime'),
    column('is', 'bool'),
    column('any', 'mixed'),
  ];
  expect(
    listMissingRows(columns, rows('y')).map(({ column: name, scale, representation }) =>
      [name, scale, representation].join(' '),
    ),
  ).toEqual([
    'x ratio int',
    'name nominal string',
    'id ratio int',
    'count ratio int',
    'month ordinal int',
    'day interval datetime',
    'at interval datetime',
    'is nominal string',
    'any nominal string',
  ]);
});
