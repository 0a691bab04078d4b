import { describe, expect, test } from 'vitest';
import { findUnknownFields } from './find-unknown-fields.ts';
import type { JsonObject } from './json-values.ts';

const columns = ['region', 'amount', 'a.b'];
const find = (specification: JsonObject) =>
  findUnknownFields(specification, columns).map(({ field }) => field);
const x = (field: unknown) => ({ x: { field } });
const mark = 'bar';

describe('a field of a chart', () => {
  test('that is no column is named, with the one that it is like', () => {
    const encoding = {
      ...x('regionn'),
      y: { field: 'price', aggregate: 'sum' },
      tooltip: [{ field: 'amount' }, { field: 'regionn' }],
    };
    expect(findUnknownFields({ mark, encoding }, columns)).toEqual([
      {
        field: 'regionn',
        message: 'There is no column “regionn” in the dataset. Did you mean “region”?',
      },
      { field: 'price', message: 'There is no column “price” in the dataset.' },
    ]);
  });

  test('whose dots lead into values is said how to write', () => {
    expect(find({ mark, encoding: x('a\\.b') })).toEqual([]);
    expect(findUnknownFields({ mark, encoding: x('a.b') }, columns)).toEqual([
      {
        field: 'a.b',
        message: 'Dots and brackets of “a.b” lead into values. Write "a\\\\.b" for the column.',
      },
    ]);
    expect(find({ mark, encoding: x('region[0]') })).toEqual(['region[0]']);
  });

  test.each<[string, JsonObject, string[]]>([
    ['in a layer', { layer: [{ mark, encoding: x('no') }] }, ['no']],
    ['around layers', { encoding: x('no'), layer: [{ mark }] }, ['no']],
    ['by which views are repeated', { repeat: ['amount', 'no'], spec: { mark } }, ['no']],
    ['by which views stand in rows', { facet: { row: { field: 'no' } }, spec: { mark } }, ['no']],
    ['in a condition', { mark, encoding: { color: { condition: { test: 'true', field: 'no' } } } }, ['no']],
    ['in an order', { mark, encoding: { x: { field: 'region', sort: { field: 'no', op: 'sum' } } } }, ['no']],
    ['of rows of its own', { data: { values: [{ no: 1 }] }, mark, encoding: x('no') }, []],
    ['of layers with rows of their own', { encoding: x('no'), layer: [{ mark, data: { values: [] } }] }, []],
    ['that is calculated', { transform: [{ calculate: '1', as: 'no' }], mark, encoding: x('no') }, []],
    ['of bins', { transform: [{ bin: true, field: 'amount', as: 'no' }], mark, encoding: x('no_end') }, []],
    ['of an object made', { transform: [{ calculate: '{}', as: 'no' }], mark, encoding: x('no.way') }, []],
    ['that is folded', { transform: [{ fold: ['amount'] }], mark, encoding: x('value') }, []],
    ['that values make', { transform: [{ pivot: 'region', value: 'amount' }], mark, encoding: x('no') }, []],
    ['of all rows', { mark, encoding: { y: { aggregate: 'count', field: '*' } } }, []],
    ['that is repeated', { repeat: ['amount'], spec: { mark, encoding: x({ repeat: 'repeat' }) } }, []],
    ['of Vega', { $schema: 'https://vega.github.io/schema/vega/v6.json', mark, encoding: x('no') }, []],
  ])('%s', (_place, specification, unknown) => {
    expect(find(specification)).toEqual(unknown);
  });
});
