import type { ColumnSummary } from '../../model/dataset.ts';
import type { Condition, SortDirection, TableQuery } from '../../data/table-query.ts';
import { formatCount } from '../../ui/format.ts';

/** Sorts by a column: first up, then down, then not. Alone, or beside the columns that are sorted by already. */
export function toggleSort(query: TableQuery, column: number, isAdded: boolean): TableQuery {
  const direction = directionOf(query, column);
  const next = direction === null ? 'up' : direction === 'up' ? 'down' : null;
  return setSort(query, column, next, isAdded);
}

/** Null for no sorting by the column. */
export function setSort(
  query: TableQuery,
  column: number,
  direction: SortDirection | null,
  isAdded: boolean,
): TableQuery {
  const kept = isAdded ? query.sort : [];
  if (direction === null) return { ...query, sort: kept.filter((key) => key.column !== column) };
  const key = { column, direction };
  const isKnown = kept.some((each) => each.column === column);
  return {
    ...query,
    sort: isKnown ? kept.map((each) => (each.column === column ? key : each)) : [...kept, key],
  };
}

export function directionOf({ sort }: TableQuery, column: number): SortDirection | null {
  return sort.find((key) => key.column === column)?.direction ?? null;
}

/** The condition of a column; null for none. A column has one at most. */
export function setFilter(query: TableQuery, column: number, condition: Condition | null): TableQuery {
  const others = query.filters.filter((filter) => filter.column !== column);
  return { ...query, filters: condition === null ? others : [...others, { column, condition }] };
}

export function conditionOf({ filters }: TableQuery, column: number): Condition | null {
  return filters.find((filter) => filter.column === column)?.condition ?? null;
}

const matchWords = {
  contains: 'contains',
  is: 'is',
  starts: 'starts with',
  ends: 'ends with',
  pattern: 'matches',
} as const;

/** A condition in words: `age > 5`, `name contains “a”`. */
export function describeCondition(name: string, condition: Condition): string {
  switch (condition.type) {
    case 'is-null':
      return `${name} is null`;
    case 'is-not-null':
      return `${name} is not null`;
    case 'compare':
      return `${name} ${condition.operator} ${condition.value}`;
    case 'between':
      return `${name} from ${condition.low} to ${condition.high}`;
    case 'text':
      return `${name} ${matchWords[condition.match]} “${condition.text}”`;
    case 'one-of':
      return condition.texts.length > 3
        ? `${name} is one of ${formatCount(condition.texts.length)} values`
        : `${name} is ${condition.texts.map((text) => (text === null ? 'null' : text === '' ? '“”' : text)).join(' or ')}`;
  }
}

/** Whether two tables have the same columns, so that what was asked of the one can be asked of the other. */
export function haveSameColumns(one: readonly ColumnSummary[], other: readonly ColumnSummary[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ name, type }, index) => name === other[index]?.name && type === other[index].type)
  );
}
