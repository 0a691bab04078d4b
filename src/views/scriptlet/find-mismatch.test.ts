import { describe, expect, it } from 'vitest';
import { handleMediaTypes, type JsonSchema } from '../../model/handles.ts';
import { buildHandle, buildInput } from '../../model/testing/builders.ts';
import { findMismatch } from './find-mismatch.ts';

describe('a connection between two types', () => {
  it.each<[JsonSchema, JsonSchema, string | null]>([
    [{ type: 'array' }, { type: 'string' }, 'This takes text, and “out” is declared as a list.'],
    [
      { type: 'number' },
      { type: 'integer' },
      'This takes a whole number, and “out” is declared as a number.',
    ],
    [{ type: 'integer' }, { type: 'number' }, null],
    [{ type: 'array' }, { type: 'array', minItems: 1 }, null],
    [{}, { type: 'string' }, null],
    [{ type: 'array' }, {}, null],
    [{ type: 'array' }, { type: ['array', 'string'] }, null],
    [{ type: 'object' }, { contentMediaType: handleMediaTypes.variable }, null],
  ])('%j to %j: %s', (given, wanted, said) => {
    const output = { ...buildHandle('out'), schema: given };
    expect(findMismatch(output, buildInput('in', { schema: wanted }))).toBe(said);
  });
});
