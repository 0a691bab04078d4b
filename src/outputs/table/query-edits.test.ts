import { expect, test } from 'vitest';
import type { Condition } from '../../data/table-query.ts';
import { wholeTable } from '../../data/table-query.ts';
import { conditionFrom, draftOf } from './filter-form.ts';
import { describeCondition, setFilter, setSort, toggleSort } from './query-edits.ts';

test('a column is sorted up, down, and not again', () => {
  const up = toggleSort(wholeTable, 1, false);
  const down = toggleSort(up, 1, false);
  expect([up.sort, down.sort, toggleSort(down, 1, false).sort]).toEqual([
    [{ column: 1, direction: 'up' }],
    [{ column: 1, direction: 'down' }],
    [],
  ]);
});

test('a column is added to those that are sorted by, or takes their place', () => {
  const both = toggleSort(toggleSort(wholeTable, 1, false), 0, true);
  expect(both.sort.map(({ column }) => column)).toEqual([1, 0]);
  expect(toggleSort(both, 1, true).sort).toEqual([
    { column: 1, direction: 'down' },
    { column: 0, direction: 'up' },
  ]);
  expect(toggleSort(both, 2, false).sort).toEqual([{ column: 2, direction: 'up' }]);
  expect(setSort(both, 1, null, true).sort).toEqual([{ column: 0, direction: 'up' }]);
});

test('a column has one condition', () => {
  const first = setFilter(wholeTable, 0, { type: 'is-null' });
  const second = setFilter(first, 0, { type: 'is-not-null' });
  expect(second.filters).toEqual([{ column: 0, condition: { type: 'is-not-null' } }]);
  expect(setFilter(second, 0, null).filters).toEqual([]);
});

const conditions: [Condition, string][] = [
  [{ type: 'is-null' }, 'a is null'],
  [{ type: 'compare', operator: '≥', value: '5' }, 'a ≥ 5'],
  [{ type: 'between', low: '1', high: '2' }, 'a from 1 to 2'],
  [{ type: 'text', match: 'starts', text: 'x', isCaseSensitive: true }, 'a starts with “x”'],
  [{ type: 'one-of', texts: ['x', null, ''] }, 'a is x or null or “”'],
  [{ type: 'one-of', texts: ['a', 'b', 'c', 'd'] }, 'a is one of 4 values'],
];

test.each(conditions)(
  'a condition comes out of its form as it went in, and is told in words: %j',
  (condition, words) => {
    expect(conditionFrom(draftOf(condition, { name: 'a', type: 'string', timeZone: null }))).toEqual(
      condition,
    );
    expect(describeCondition('a', condition)).toBe(words);
  },
);
