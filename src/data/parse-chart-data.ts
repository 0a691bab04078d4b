import {
  drawnKinds,
  measureOperations,
  timeParts,
  type BinChoice,
  type ChartColumn,
  type ChartGroup,
  type ChartMeasure,
  type ChartOrder,
  type ChartQuery,
  type ChartReduction,
  type ChartRows,
  type ChartValue,
} from '../model/chart/chart-data.ts';
import { count, field, list, nullable, oneOf, refuse, text, truth, type Place } from './parse-fields.ts';

/** What a chart asks of a table. */
export function chartQuery(place: Place): ChartQuery {
  return {
    columns: list(field(place, 'columns'), count),
    mostRows: count(field(place, 'mostRows')),
    reduction: reduction(field(place, 'reduction')),
  };
}

/** What a chart draws. */
export function chartRows(place: Place): ChartRows {
  const rowCount = count(field(place, 'rowCount'));
  return {
    rowCount,
    columns: list(field(place, 'columns'), (column) => chartColumn(column, rowCount)),
    drawn: oneOf(field(place, 'drawn'), drawnKinds),
    totalCount: count(field(place, 'totalCount')),
    stretchCount: count(field(place, 'stretchCount')),
    outliers: outliers(field(place, 'outliers')),
    extents: list(field(place, 'extents'), (extent) => nullable(extent, pair)),
    orders: list(field(place, 'orders'), (order) => list(order, chartValue)),
  };
}

function reduction(place: Place): ChartReduction {
  const type = field(place, 'type');
  switch (type.value) {
    case 'sample':
      return { type: 'sample' };
    case 'extremes':
      return {
        type: 'extremes',
        x: count(field(place, 'x')),
        y: count(field(place, 'y')),
        by: list(field(place, 'by'), count),
      };
    case 'boxes':
      return {
        type: 'boxes',
        value: count(field(place, 'value')),
        by: list(field(place, 'by'), chartGroup),
        whisker: nullable(field(place, 'whisker'), positive),
      };
    case 'aggregate':
      return {
        type: 'aggregate',
        groups: list(field(place, 'groups'), chartGroup),
        measures: list(field(place, 'measures'), chartMeasure),
        orders: list(field(place, 'orders'), chartOrder),
      };
    default:
      return refuse(type, 'a way to make rows fewer');
  }
}

function outliers(place: Place): ChartRows['outliers'] {
  return { count: count(field(place, 'count')), drawnCount: count(field(place, 'drawnCount')) };
}

function chartGroup(place: Place): ChartGroup {
  const column = count(field(place, 'column'));
  const name = text(field(place, 'name'));
  const by = field(place, 'by');
  switch (by.value) {
    case 'value':
      return { column, name, by: 'value' };
    case 'bin':
      return { column, name, by: 'bin', bin: binChoice(field(place, 'bin')) };
    case 'time':
      return {
        column,
        name,
        by: 'time',
        parts: list(field(place, 'parts'), (part) => oneOf(part, timeParts)),
        isUtc: truth(field(place, 'isUtc')),
      };
    default:
      return refuse(by, 'a way to group rows');
  }
}

function binChoice(place: Place): BinChoice {
  const [maxbins, step, minstep, base] = ['maxbins', 'step', 'minstep', 'base'].map((name) =>
    optional(field(place, name), positive),
  );
  const nice = optional(field(place, 'nice'), truth);
  return {
    ...(maxbins !== undefined && { maxbins }),
    ...(step !== undefined && { step }),
    ...(minstep !== undefined && { minstep }),
    ...(base !== undefined && { base }),
    ...(nice !== undefined && { nice }),
  };
}

function chartMeasure(place: Place): ChartMeasure {
  return {
    name: text(field(place, 'name')),
    operation: oneOf(field(place, 'operation'), measureOperations),
    column: nullable(field(place, 'column'), count),
  };
}

function chartOrder(place: Place): ChartOrder {
  return {
    group: count(field(place, 'group')),
    operation: oneOf(field(place, 'operation'), measureOperations),
    column: nullable(field(place, 'column'), count),
    isDescending: truth(field(place, 'isDescending')),
  };
}

function chartColumn(place: Place, rowCount: number): ChartColumn {
  const name = text(field(place, 'name'));
  const kind = field(place, 'kind');
  switch (kind.value) {
    case 'numbers': {
      const values = field(place, 'values');
      const nulls = field(place, 'nulls');
      return {
        kind: 'numbers',
        name,
        values: isOwn(values.value, Float64Array, rowCount)
          ? values.value
          : refuse(values, 'a double for each row'),
        nulls: nullable(nulls, ({ value }) =>
          isOwn(value, Uint8Array, rowCount) ? value : refuse(nulls, 'a byte for each row'),
        ),
      };
    }
    case 'words': {
      const codes = field(place, 'codes');
      return {
        kind: 'words',
        name,
        words: list(field(place, 'words'), word),
        codes: isOwn(codes.value, Int32Array, rowCount)
          ? codes.value
          : refuse(codes, 'a number for each row'),
      };
    }
    default:
      return refuse(kind, '"numbers" or "words"');
  }
}

function isOwn<Values extends Float64Array | Uint8Array | Int32Array>(
  value: unknown,
  kind: new (length: number) => Values,
  length: number,
): value is Values & { readonly buffer: ArrayBuffer } {
  return value instanceof kind && value.length === length && value.buffer instanceof ArrayBuffer;
}

function word(place: Place): string | boolean {
  const { value } = place;
  return typeof value === 'string' || typeof value === 'boolean'
    ? value
    : refuse(place, 'a text, true or false');
}

function chartValue(place: Place): ChartValue {
  const { value } = place;
  return value === null || typeof value === 'number' ? value : word(place);
}

function pair(place: Place): readonly [number, number] {
  const [first, second, ...more] = list(place, number);
  if (first === undefined || second === undefined || more.length > 0) return refuse(place, 'two numbers');
  return [first, second];
}

function number(place: Place): number {
  return typeof place.value === 'number' ? place.value : refuse(place, 'a number');
}

/** Anything smaller would make bins without end. */
function positive(place: Place): number {
  const value = number(place);
  return Number.isFinite(value) && value > 0 ? value : refuse(place, 'a number above 0');
}

function optional<Value>(place: Place, parse: (place: Place) => Value): Value | undefined {
  return place.value === undefined ? undefined : parse(place);
}
