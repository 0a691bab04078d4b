import { describe, expect, it } from 'vitest';
import { checkJson } from './check-json.ts';
import type { JsonSchema } from './handles.ts';
import { buildInput } from './testing/builders.ts';

function check(text: string, schema: JsonSchema, isNullable = false): string | null {
  return checkJson(text, buildInput('input', { schema, isNullable }));
}

describe('a value for an input', () => {
  it.each<[string, JsonSchema]>([
    ['1', {}],
    ['"text"', { type: 'string' }],
    ['[1, NaN, -Infinity, "NaN"]', { type: 'array', items: { type: ['number', 'string'] } }],
    ['123456789012345678901234567890', { type: 'integer' }],
    ['{"a": [true]}', { type: 'object', properties: { a: { items: { type: 'boolean' } } }, required: ['a'] }],
    ['"/notebook/data.csv"', { type: 'string', 'ui:widget': 'file' }],
  ])('fits: %s', (text, schema) => {
    expect(check(text, schema)).toBeNull();
  });

  it('may be null where the input may be', () => {
    expect(check('null', { type: 'string' }, true)).toBeNull();
    expect(check('null', { type: 'string' })).toBe('is null, but should be text, not null.');
    expect(check('[1]', { type: ['string', 'number'] })).toBe(
      'is [1], but should be text or a number, not a list.',
    );
  });

  it('that does not fit says where and how', () => {
    const schema = { type: 'object', properties: { rows: { items: { type: 'integer' } } } };
    expect(check('{"rows": [1, "two"]}', schema)).toBe(
      'is {"rows": [1, "two"]}, but rows.1 should be a whole number, not text.',
    );
  });

  it('that holds NaN or Infinity where these cannot stand says so', () => {
    const schema = { type: 'object', properties: { rows: { items: { type: 'integer', minimum: 0 } } } };
    expect([check('{"rows": [1, Infinity]}', schema), check('NaN', { minimum: 0 })]).toEqual([
      'is {"rows": [1, Infinity]}, and its schema says otherwise at rows.1: NaN and Infinity are no whole numbers, and NaN is within no bounds.',
      'is NaN, and its schema says otherwise: NaN and Infinity are no whole numbers, and NaN is within no bounds.',
    ]);
    expect(check('NaN', { type: 'integer' })).toBe('is NaN, but should be a whole number, not a number.');
  });

  it('that is no JSON says so', () => {
    expect(check('{NaN: 1}', {})).toBe('is no JSON: {NaN: 1}. A text stands in quotes.');
    expect(check('hello', { type: 'string' })).toBe('is no JSON: hello. A text stands in quotes.');
  });

  it('cannot be checked by a schema that is broken', () => {
    expect(check('1', { $ref: '#/nowhere' })).toContain(
      'cannot be checked, as the schema of the input is broken',
    );
  });
});
