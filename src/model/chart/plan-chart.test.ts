import { describe, expect, test } from 'vitest';
import type { ColumnSummary } from '../dataset.ts';
import { findAddress, readsInput } from './chart-views.ts';
import type { JsonObject } from './json-values.ts';
import { planChart } from './plan-chart.ts';

const column = (
  name: string,
  type: ColumnSummary['type'],
  scale?: ColumnSummary['scale'],
): ColumnSummary => ({
  name,
  type,
  timeZone: null,
  ...(scale && { scale }),
});

const columns = [
  column('city', 'string'),
  column('year', 'int64', 'ordinal'),
  column('amount', 'float64'),
  column('at', 'datetime'),
  column('unused', 'string'),
];

const plan = (specification: JsonObject) => planChart(specification, columns);

describe('a chart of a dataset', () => {
  test('takes the types of its columns where none is written, in every view', () => {
    const { specification } = plan({
      layer: [
        { mark: 'line', encoding: { x: { field: 'at' }, y: { field: 'amount', type: 'ordinal' } } },
        { data: { values: [] }, mark: 'rule', encoding: { x: { field: 'at' } } },
      ],
      encoding: { color: { field: 'year' }, tooltip: [{ field: 'city' }], size: { aggregate: 'count' } },
    });
    expect(specification).toEqual({
      data: { name: 'data' },
      layer: [
        {
          mark: 'line',
          encoding: { x: { field: 'at', type: 'temporal' }, y: { field: 'amount', type: 'ordinal' } },
        },
        { data: { values: [] }, mark: 'rule', encoding: { x: { field: 'at' } } },
      ],
      encoding: {
        color: { field: 'year', type: 'ordinal' },
        tooltip: [{ field: 'city', type: 'nominal' }],
        size: { aggregate: 'count' },
      },
    });
  });

  test('asks for the columns that are named in it, and no others', () => {
    const { query } = plan({
      transform: [{ filter: "datum.amount > 1 && datum['city'] != 'x'" }],
      mark: 'point',
      encoding: { x: { field: 'at' } },
    });
    expect(query).toEqual({ columns: [0, 2, 3], mostRows: 50_000, reduction: { type: 'sample' } });
  });

  test.each<[string, JsonObject, boolean]>([
    ['one without data', { mark: 'bar' }, true],
    ['one that names it', { data: { name: 'data' }, mark: 'bar' }, true],
    ['one with rows of its own', { data: { values: [] }, mark: 'bar' }, false],
    [
      'one with a layer of it',
      { data: { values: [] }, layer: [{ data: { name: 'data' }, mark: 'bar' }] },
      true,
    ],
    ['one with an address', { data: { url: 'a.csv' }, mark: 'bar' }, false],
    [
      'one of Vega',
      { $schema: 'https://vega.github.io/schema/vega/v6.json', data: [{ name: 'data' }] },
      true,
    ],
  ])('is %s', (_name, specification, expected) => {
    expect(readsInput(specification)).toBe(expected);
  });

  test('has no address anywhere, but in the rows of its own', () => {
    expect([
      findAddress({ hconcat: [{ transform: [{ lookup: 'a', from: { data: { url: 'b.csv' } } }] }] }),
      findAddress({ data: { values: [{ data: { url: 'c.csv' } }] } }),
    ]).toEqual(['b.csv', null]);
  });

  test.each<[string, JsonObject, string]>([
    [
      'an aggregate',
      { mark: 'bar', encoding: { x: { field: 'city' }, y: { aggregate: 'count' } } },
      'aggregate',
    ],
    ['a line', { mark: 'line', encoding: { x: { field: 'at' }, y: { field: 'amount' } } }, 'extremes'],
    ['points', { mark: 'point', encoding: { x: { field: 'at' }, y: { field: 'amount' } } }, 'sample'],
    ['layers', { layer: [{ mark: 'bar', encoding: { y: { aggregate: 'count' } } }] }, 'sample'],
    [
      'transformed rows',
      { transform: [{ filter: 'true' }], mark: 'bar', encoding: { y: { aggregate: 'count' } } },
      'sample',
    ],
    [
      'a selection of rows',
      {
        params: [{ name: 'p', select: { type: 'point', fields: ['city'] } }],
        mark: 'bar',
        encoding: { y: { aggregate: 'count' } },
      },
      'sample',
    ],
    [
      'a condition on what is no group',
      {
        mark: 'bar',
        encoding: {
          x: { field: 'city' },
          y: { aggregate: 'count' },
          color: { condition: { test: 'datum.amount > 1', value: 'red' }, value: 'blue' },
        },
      },
      'sample',
    ],
    ['sums of names', { mark: 'bar', encoding: { y: { field: 'city', aggregate: 'sum' } } }, 'sample'],
    [
      'boxes',
      {
        mark: 'boxplot',
        encoding: { x: { field: 'city' }, y: { field: 'amount' }, color: { field: 'year' } },
      },
      'boxes',
    ],
    [
      'boxes of bins',
      { mark: 'boxplot', encoding: { x: { field: 'amount', bin: true }, y: { field: 'amount' } } },
      'sample',
    ],
    [
      'stacked areas',
      { mark: 'area', encoding: { x: { field: 'at' }, y: { field: 'amount' }, color: { field: 'city' } } },
      'sample',
    ],
  ])('is made of many rows by its kind: %s', (_name, specification, reduction) => {
    expect(plan(specification).query?.reduction.type).toBe(reduction);
  });
});
