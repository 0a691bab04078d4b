import { readFileSync } from 'node:fs';
import { Validator, type Schema as JsonSchema } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkColumns } from './check-columns.ts';
import { checkTree } from './check-tree.ts';
import { complete } from './complete.ts';
import { describePlace } from './describe-place.ts';
import { parseJsonTree, type JsonNode } from './json-tree.ts';
import { parseSchema } from './parse-schema.ts';

const schemaText = readFileSync('node_modules/vega-lite/build/vega-lite-schema.json', 'utf8');
const book = parseSchema(schemaText);

const check = (text: string) => {
  const node = parseJsonTree(text);
  return node
    ? checkTree(node, book).map(({ start, end, message }) => [text.slice(start, end), message])
    : [];
};

/** A text and where the cursor stands in it: at the bar. */
const at = (marked: string): readonly [string, number] => [marked.replace('|', ''), marked.indexOf('|')];

const suggest = (marked: string, columns: readonly string[] = []) => {
  const [text, offset] = at(marked);
  const { start, end, suggestions } = complete(text, offset, book, columns);
  return { replaced: text.slice(start, end), labels: suggestions.map(({ label }) => label), suggestions };
};

describe('values of a text', () => {
  test('are found where they stand, as JSON has them', () => {
    const valueOf = (node: JsonNode | null): unknown => {
      if (!node) return undefined;
      if (node.kind === 'array') return node.items.map(valueOf);
      if (node.kind !== 'object') return node.value;
      return Object.fromEntries(node.properties.map(({ name, value }) => [name, valueOf(value)]));
    };
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const node = parseJsonTree(text);
        expect(valueOf(node)).toEqual(JSON.parse(text));
        expect([node?.start, node?.end]).toEqual([0, text.length]);
      }),
    );
  });

  test('are found in any text, in time', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]:," \n\\a1-tnull'), maxLength: 200 }), (text) => {
        const node = parseJsonTree(text);
        if (node) checkTree(node, book);
        complete(text, Math.floor(text.length / 2), book, []);
      }),
    );
    expect(parseJsonTree('['.repeat(10_000))?.kind).toBe('array');
  });
});

const right = [
  { mark: 'bar', encoding: { x: { field: 'a' }, y: { aggregate: 'count' } } },
  {
    data: { values: [{ a: 1 }] },
    mark: { type: 'line', point: true },
    encoding: { x: { field: 'a', type: 'temporal', timeUnit: 'yearmonth' } },
  },
  { layer: [{ mark: 'line' }, { mark: { type: 'rule', color: 'red' }, encoding: { y: { datum: 3 } } }] },
  { hconcat: [{ mark: 'point' }, { mark: 'area' }], resolve: { scale: { y: 'independent' } } },
  { facet: { row: { field: 'a' } }, spec: { mark: 'tick' } },
  {
    transform: [{ filter: 'datum.a > 1' }, { calculate: '1', as: 'b' }],
    mark: 'rect',
    params: [{ name: 'p', select: 'interval', bind: 'scales' }],
  },
];

const wrong: readonly (readonly [string, string, string])[] = [
  ['{"mark": "bar", "encodng": {}}', '"encodng"', '“encodng” is no property here. Did you mean “encoding”?'],
  ['{"mark": "baar"}', '"baar"', '"baar" is none of'],
  [
    '{"mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitive"}}}',
    '"quantitive"',
    'Did you mean “quantitative”?',
  ],
  [
    '{"mark": "bar", "encoding": {"x": {"field": "a", "agregate": "sum"}}}',
    '"agregate"',
    '“agregate” is no property here. Did you mean “aggregate”?',
  ],
  [
    '{"mark": "bar", "encoding": {"x": {"feild": "a"}}}',
    '"feild"',
    '“feild” is no property here. Did you mean “field”?',
  ],
  ['{"mark": "bar", "height": "tall"}', '"tall"', '"tall" is none of "container".'],
  ['{"mark": {"type": "line", "opacity": 3}}', '3', 'Expected at most 1, got 3.'],
  ['{"encoding": {"x": {"field": "a"}}}', '{', '“mark” is missing.'],
  [
    '{"layer": [{"mark": "line"}, {"mark": "bar", "encoding": {"q": {"field": "a"}}}]}',
    '"q"',
    '“q” is no property here.',
  ],
];

describe('a specification is checked', () => {
  test.each(right.map((specification) => [JSON.stringify(specification)]))('%s is right', (text) => {
    expect(check(text)).toEqual([]);
  });

  test.each(wrong)('%s is wrong at %s', (text, place, message) => {
    const problems = check(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.[0]).toBe(place);
    expect(problems[0]?.[1]).toContain(message);
  });

  test('as another library would have it', () => {
    const { definitions } = JSON.parse(schemaText) as {
      definitions: Record<string, { required?: string[] }>;
    };
    for (const each of Object.values(definitions))
      each.required = each.required?.filter((name) => name !== 'data') ?? [];
    const schema = { ...JSON.parse(schemaText), definitions } as JsonSchema;
    const validator = new Validator(schema, '7', true);
    for (const text of [...right.map((each) => JSON.stringify(each)), ...wrong.map(([each]) => each)]) {
      expect([text, check(text).length === 0]).toEqual([text, validator.validate(JSON.parse(text)).valid]);
    }
  }, 60_000);

  test('for columns that its dataset does not have, where one is known', () => {
    const text = `{"data": {"name": "data"}, "mark": "bar",
      "encoding": {"x": {"field": "regionn", "sort": ["regionn"]}, "y": {"field": "amount"}}}`;
    const find = (columns: readonly string[] | null) => {
      const node = parseJsonTree(text) ?? expect.unreachable();
      return checkColumns(text, node, columns).map(({ start, end, message }) => [
        text.slice(start - 9, end),
        message,
      ]);
    };
    expect(find(['region', 'amount'])).toEqual([
      ['"field": "regionn"', 'There is no column “regionn” in the dataset. Did you mean “region”?'],
    ]);
    expect(find(null)).toEqual([]);
  });

  test('with many rows in it, each of them looked at a few times', () => {
    let reads = 0;
    const row = { kind: 'object', start: 0, end: 1 } as const;
    const items = Array.from({ length: 1_000 }, (): JsonNode => {
      const node = { ...row, properties: [] };
      return Object.defineProperty(node, 'properties', {
        get: () => {
          reads += 1;
          return [];
        },
      });
    });
    const place = { start: 0, end: 1 };
    const list = { ...place, kind: 'array', items } as const;
    const data = {
      ...place,
      kind: 'object',
      properties: [{ ...place, name: 'values', value: list }],
    } as const;
    const mark = { ...place, kind: 'string', value: 'point' } as const;
    const properties = [
      { ...place, name: 'data', value: data },
      { ...place, name: 'mark', value: mark },
    ];
    expect(checkTree({ ...place, kind: 'object', properties }, book)).toEqual([]);
    expect(reads / items.length).toBeLessThan(20);
  });
});

describe('what may stand in a place is suggested', () => {
  test.each([
    ['{"|"}', ['mark', 'encoding', 'layer', 'transform']],
    ['{"mark": "bar", "encoding": {"x": {"|"}}}', ['field', 'aggregate', 'bin', 'timeUnit']],
    ['{\n  "mark": "|"\n}', ['bar', 'line', 'boxplot']],
    ['{"mark": "bar", "encoding": {"x": {"type": |}}}', ['quantitative', 'nominal']],
    ['{"mark": {"type": "line", "point": |}}', ['true', 'false', 'transparent']],
    ['{"layer": [{"mark": "line"}, {"mark": "|"}]}', ['bar']],
  ])('%s', (marked, expected) => {
    expect(suggest(marked).labels).toEqual(expect.arrayContaining(expected));
  });

  test('a column where a field is wanted, with its dots', () => {
    const { suggestions, replaced } = suggest('{"mark": "bar", "encoding": {"x": {"field": "c|i"}}}', [
      'city',
      'a.b',
    ]);
    expect(replaced).toBe('"ci"');
    expect(suggestions.slice(0, 2).map(({ text, kind }) => [text, kind])).toEqual([
      ['"city"', 'column'],
      ['"a\\\\.b"', 'column'],
    ]);
  });

  test('no property that is there already, and no value for one that has one', () => {
    const { labels, suggestions } = suggest('{"mark": "bar", "enc|": {}}');
    expect(labels).not.toContain('mark');
    expect(suggestions.find(({ label }) => label === 'encoding')?.text).toBe('"encoding"');
  });
});

test('a property says what it is for', () => {
  const [text, offset] = at('{"mark": "bar", "encoding": {"x": {"aggr|egate": "sum"}}}');
  const note = describePlace(text, offset, book);
  expect(note && text.slice(note.start, note.end)).toBe('"aggregate"');
  expect(note?.text).toContain('Aggregation function for the field');
});
