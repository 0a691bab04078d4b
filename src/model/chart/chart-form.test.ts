import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  custom,
  formAggregates,
  formMarks,
  formSorts,
  formStacks,
  formTimeUnits,
  findMeasured,
  readForm,
  writeForm,
  type ChannelForm,
  type ChartForm,
} from './chart-form.ts';
import { chartKinds, changeKind, findKind, suggestSpecification } from './chart-kinds.ts';
import { fieldTypes } from './encoding-types.ts';
import type { ColumnSummary } from '../dataset.ts';
import type { JsonObject } from './json-values.ts';

const orNull = <Value>(values: readonly Value[]): fc.Arbitrary<Value | null> =>
  fc.constantFrom(null, ...values);

const channel = (isCount: boolean): fc.Arbitrary<ChannelForm> =>
  fc.record({
    field: isCount ? fc.constant(null) : fc.string({ minLength: 1 }),
    type: orNull(fieldTypes),
    aggregate: isCount ? fc.constant('count') : orNull(formAggregates),
    bins: orNull<number | 'auto'>(['auto', 5, 40]),
    timeUnit: orNull(formTimeUnits),
    isLogarithmic: fc.boolean(),
    sort: orNull(formSorts),
    title: fc.option(fc.string()),
  });

const anyChannel = fc.option(fc.oneof(channel(false), channel(true)));

const form: fc.Arbitrary<ChartForm> = fc
  .record({
    mark: fc.constantFrom(...formMarks),
    x: anyChannel,
    y: anyChannel,
    color: anyChannel,
    stack: orNull([...formStacks, 'none'] as const),
    title: fc.option(fc.string()),
    width: orNull<number | 'container'>(['container', 400]),
    height: orNull([300]),
  })
  // There is nothing to be stacked where nothing is measured.
  .map((made) => (made[findMeasured(made)] ? made : { ...made, stack: null }));

const others: JsonObject = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  description: 'Kept',
  config: { bar: { opacity: 0.5 } },
  mark: { type: 'bar', cornerRadius: 3 },
  encoding: { x: { field: 'a', axis: { grid: false } }, size: { field: 'b' } },
};

describe('the form and the specification', () => {
  test('what the form writes it reads back', () => {
    fc.assert(
      fc.property(form, form, (first, second) => {
        const written = writeForm({}, first);
        expect(readForm(written)).toEqual(first);
        expect(readForm(writeForm(written, second))).toEqual(second);
      }),
    );
  });

  test('what is read and written again is the same', () => {
    fc.assert(
      fc.property(form, (made) => {
        const written = writeForm(others, made);
        expect(writeForm(written, readForm(written) ?? expect.unreachable())).toBe(written);
      }),
    );
  });

  test('what the form has no words for stays', () => {
    const before = readForm(others) ?? expect.unreachable();
    expect(writeForm(others, { ...before, mark: 'line', title: 'T' })).toEqual({
      ...others,
      mark: { type: 'line', cornerRadius: 3 },
      title: 'T',
    });
    const strange = { mark: 'bar', encoding: { y: { field: 'v', bin: { step: 2 }, sort: ['b', 'a'] } } };
    const read = readForm(strange) ?? expect.unreachable();
    expect([read.y?.bins, read.y?.sort]).toEqual([custom, custom]);
    expect(writeForm(strange, { ...read, height: 100 })).toEqual({ ...strange, height: 100 });
  });

  test.each([
    ['of layers', { layer: [] }],
    ['with transforms', { mark: 'bar', transform: [] }],
    ['of a mark that it does not know', { mark: 'arc' }],
    ['of a fixed value', { mark: 'bar', encoding: { color: { value: 'red' } } }],
    ['of Vega', { marks: [] }],
  ])('the form has no words for one %s', (_what, specification) => {
    expect(readForm(specification)).toBe(null);
  });

  test('what is said of the axis of a column goes with it to another one, and its title wherever it stands', () => {
    const specification = {
      mark: 'bar',
      encoding: {
        x: { field: 'city', axis: { title: 'Where', grid: true } },
        y: { aggregate: 'count', title: 'Visits' },
      },
    };
    const { x, y, ...rest } = readForm(specification) ?? expect.unreachable();
    expect([x?.title, y?.title]).toEqual(['Where', 'Visits']);
    const turned = writeForm(specification, { ...rest, x: y, y: x });
    expect(turned['encoding']).toEqual({ x: specification.encoding.y, y: specification.encoding.x });
    const coloured = writeForm(specification, { ...rest, x, y: null, color: x });
    expect(coloured['encoding']).toEqual({
      x: specification.encoding.x,
      color: { field: 'city', title: 'Where' },
    });
    const called = writeForm(specification, { ...rest, x: x && { ...x, title: 'Town' }, y });
    expect(called['encoding']).toEqual({
      ...specification.encoding,
      x: { field: 'city', axis: { title: 'Town', grid: true } },
    });
  });

  test('dots in the name of a column lead nowhere', () => {
    const read = readForm({ mark: 'bar', encoding: { x: { field: 'a\\.b' } } }) ?? expect.unreachable();
    expect(read.x?.field).toBe('a.b');
    expect(writeForm({}, read)).toEqual({ mark: 'bar', encoding: { x: { field: 'a\\.b' } } });
  });
});

const column = (name: string, type: ColumnSummary['type']): ColumnSummary => ({ name, type, timeZone: null });

describe('a chart to begin with', () => {
  test.each<[string, ColumnSummary[], JsonObject]>([
    [
      'means by name, and none of what only numbers the rows',
      [column('order_id', 'int64'), column('city', 'string'), column('paid', 'int64')],
      { mark: 'bar', encoding: { x: { field: 'city' }, y: { field: 'paid', aggregate: 'mean' } } },
    ],
    [
      'counts by name where the only numbers number the rows',
      [column('id', 'int64'), column('customerId', 'int64'), column('city', 'string')],
      { mark: 'bar', encoding: { x: { field: 'city' }, y: { aggregate: 'count' } } },
    ],
    [
      'a line along times',
      [column('at', 'datetime'), column('price', 'float64')],
      { mark: 'line', encoding: { x: { field: 'at' }, y: { field: 'price', aggregate: 'mean' } } },
    ],
    [
      'points of two numbers',
      [column('a', 'float64'), column('b', 'int64')],
      { mark: 'point', encoding: { x: { field: 'a' }, y: { field: 'b' } } },
    ],
    [
      'a histogram of one',
      [column('a', 'float64')],
      { mark: 'bar', encoding: { x: { field: 'a', bin: true }, y: { aggregate: 'count' } } },
    ],
    [
      'counts of names',
      [column('a', 'bool')],
      { mark: 'bar', encoding: { x: { field: 'a' }, y: { aggregate: 'count' } } },
    ],
  ])('has %s', (_name, columns, expected) => {
    const { mark, encoding } = suggestSpecification(columns);
    expect({ mark, encoding }).toEqual(expected);
  });

  test('that was a heat map has none of its colours as another kind, and one of counts goes on counting', () => {
    const columns = [column('a', 'string'), column('id', 'int64'), column('c', 'float64')];
    const counts = readForm({ mark: 'bar', encoding: { x: { field: 'a' }, y: { aggregate: 'count' } } });
    const heat = changeKind(counts ?? expect.unreachable(), 'heat-map', columns);
    const bars = changeKind(heat, 'bar', columns);
    expect(writeForm({}, bars)).toEqual({
      mark: 'bar',
      encoding: { x: { field: 'a' }, y: { field: 'c', aggregate: 'mean' } },
    });
    expect(writeForm({}, changeKind(counts ?? expect.unreachable(), 'line', columns))).toEqual({
      mark: 'line',
      encoding: { x: { field: 'a' }, y: { aggregate: 'count' } },
    });
    expect(changeKind(heat, 'heat-map', columns)).toBe(heat);
  });

  test('keeps the titles of what it goes on showing as another kind', () => {
    const columns = [column('a', 'string'), column('at', 'datetime'), column('c', 'float64')];
    const counts = { x: { field: 'a', title: 'Town' }, y: { aggregate: 'count', title: 'Visits' } };
    const form = readForm({ mark: 'bar', encoding: counts }) ?? expect.unreachable();
    const titles = (kind: (typeof chartKinds)[number]) => {
      const { x, y, color } = changeKind(form, kind, columns);
      return [x, y, color].map((channel) => channel?.title ?? null);
    };
    expect(chartKinds.map((kind) => [kind, ...titles(kind)])).toEqual([
      ['bar', 'Town', 'Visits', null],
      ['line', 'Town', 'Visits', null],
      ['area', 'Town', 'Visits', null],
      ['point', 'Town', null, null],
      ['histogram', null, 'Visits', null],
      ['box', 'Town', null, null],
      ['heat-map', 'Town', null, 'Visits'],
    ]);
  });

  test.each(chartKinds)('becomes a %s', (kind) => {
    const columns = [column('a', 'string'), column('b', 'int64'), column('c', 'float64')];
    const before = readForm(suggestSpecification(columns)) ?? expect.unreachable();
    expect(findKind(changeKind(before, kind, columns))).toBe(kind);
  });
});
