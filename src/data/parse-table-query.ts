import { figureNames, type ColumnStatistics } from './column-statistics.ts';
import { count, field, list, nullable, oneOf, refuse, text, truth, type Place } from './parse-fields.ts';
import {
  comparisons,
  sortDirections,
  textMatches,
  type ColumnFilter,
  type Condition,
  type TableQuery,
} from './table-query.ts';

export function tableQuery(place: Place): TableQuery {
  return {
    filters: list(field(place, 'filters'), columnFilter),
    search: text(field(place, 'search')),
    sort: list(field(place, 'sort'), (key) => ({
      column: count(field(key, 'column')),
      direction: oneOf(field(key, 'direction'), sortDirections),
    })),
  };
}

function columnFilter(place: Place): ColumnFilter {
  return { column: count(field(place, 'column')), condition: condition(field(place, 'condition')) };
}

function condition(place: Place): Condition {
  const type = field(place, 'type');
  switch (type.value) {
    case 'is-null':
    case 'is-not-null':
      return { type: type.value };
    case 'compare':
      return {
        type: 'compare',
        operator: oneOf(field(place, 'operator'), comparisons),
        value: text(field(place, 'value')),
      };
    case 'between':
      return { type: 'between', low: text(field(place, 'low')), high: text(field(place, 'high')) };
    case 'text':
      return {
        type: 'text',
        match: oneOf(field(place, 'match'), textMatches),
        text: text(field(place, 'text')),
        isCaseSensitive: truth(field(place, 'isCaseSensitive')),
      };
    case 'one-of':
      return {
        type: 'one-of',
        texts: list(field(place, 'texts'), (each) => nullable(each, text)),
      };
    default:
      return refuse(type, 'a condition');
  }
}

export function columnStatistics(place: Place): ColumnStatistics {
  return {
    rowCount: count(field(place, 'rowCount')),
    nullCount: count(field(place, 'nullCount')),
    nanCount: count(field(place, 'nanCount')),
    distinctCount: count(field(place, 'distinctCount')),
    isDistinctExact: truth(field(place, 'isDistinctExact')),
    figures: list(field(place, 'figures'), (figure) => ({
      name: oneOf(field(figure, 'name'), figureNames),
      text: text(field(figure, 'text')),
    })),
    histogram: nullable(field(place, 'histogram'), (histogram) => ({
      counts: list(field(histogram, 'counts'), count),
      edges: list(field(histogram, 'edges'), text),
    })),
    top: list(field(place, 'top'), (value) => ({
      text: text(field(value, 'text')),
      count: count(field(value, 'count')),
    })),
  };
}
