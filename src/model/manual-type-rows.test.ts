import { describe, expect, it } from 'vitest';
import type { ColumnSummary } from './dataset.ts';
import { describeColumn, describeMistake, findRowProblems, listOtherColumns } from './manual-type-rows.ts';
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
      'Row 2 of “Manual TI” in the configuration is of the column “y”, as row 1 is. Remove one of them.',
    );
    expect(describeMistake(rows('y', '', 'y'))).toBe(
      'Row 2 of “Manual TI” in the configuration has no column. Name one, or remove the row.',
    );
  });
});

const column = (name: string, type: ColumnSummary['type']): ColumnSummary => ({ name, type, timeZone: null });

it('columns that have no row yet are those with a name, each once', () => {
  const columns = ['x', 'y', '', 'x', 'z'].map((name) => column(name, 'int64'));
  expect(listOtherColumns(columns, rows('y', 'gone')).map(({ name }) => name)).toEqual(['x', 'z']);
});

it('a row begins with the types that its column has, where it can give them', () => {
  const describe = (each: ColumnSummary): string => {
    const found = describeColumn(each);
    return found ? [found.column, found.scale, found.representation].join(' ') : 'none';
  };
  expect(
    (['int64', 'uint64', 'integer', 'float64', 'string', 'datetime'] as const).map((type) =>
      describe(column(type, type)),
    ),
  ).toEqual([
    'int64 ratio int',
    'uint64 ratio int',
    'integer ratio int',
    'float64 ratio double',
    'string nominal string',
    'datetime interval datetime',
  ]);
  expect(describe({ ...column('month', 'int64'), scale: 'ordinal' })).toBe('month ordinal int');
  for (const type of ['bool', 'date', 'null', 'mixed', 'nested'] as const)
    expect(describe(column('c', type))).toBe('none');
});
