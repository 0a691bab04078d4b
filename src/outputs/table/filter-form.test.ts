import { expect, test } from 'vitest';
import type { ColumnSummary } from '../../model/dataset.ts';
import { draftOf, draftProblem, type FilterDraft } from './filter-form.ts';

const column = (type: ColumnSummary['type']): ColumnSummary => ({ name: 'x', type, timeZone: null });
const problemOf = (type: ColumnSummary['type'], draft: Partial<FilterDraft>) =>
  draftProblem({ ...draftOf(null, column(type)), ...draft }, column(type));

test.each<[ColumnSummary['type'], Partial<FilterDraft>, string | null]>([
  ['float64', { value: '99.5' }, null],
  ['float64', { value: '' }, null],
  ['float64', { value: '-inf' }, null],
  ['float64', { value: '99,5' }, '“99,5” is not a number. Write it with a point: 99.5.'],
  ['int64', { value: '1 000' }, '“1 000” is not a number. Write digits alone, such as 1250 or 99.5.'],
  [
    'int64',
    { kind: 'between', value: '3', high: '1' },
    'Nothing is between these: the first is above the second.',
  ],
  ['int64', { kind: 'is-null', value: 'x' }, null],
  ['date', { value: '2026-02-28' }, null],
  ['date', { value: '28.2.2026' }, '“28.2.2026” is not a date. Write it as 2026-11-21.'],
  [
    'datetime',
    { value: '2026-02-30' },
    '“2026-02-30” is not a date. Write it as 2026-11-21, or with a time 2026-11-21 10:03.',
  ],
  ['datetime', { value: '2026-02-28T10:03:00+01:00' }, null],
  ['string', { kind: 'contains', value: '99,5' }, null],
  ['mixed', { kind: '>', value: '99,5' }, null],
])('what is filled in for %s as %j', (type, draft, problem) => {
  expect(problemOf(type, draft)).toBe(problem);
});
