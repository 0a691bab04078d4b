import { describe, expect, it } from 'vitest';
import { at, isContainer, keyOf, rawOf, type JsonIndex } from './JsonIndex.ts';
import { JsonIndexer } from './JsonIndexer.ts';

function indexOf(text: string): JsonIndex {
  const indexer = new JsonIndexer(text);
  while (!indexer.step(() => true));
  return indexer.index;
}

/** Each node as "parent/position key raw", those with others in them without their text. */
function nodesOf(text: string): string[] {
  const index = indexOf(text);
  return Array.from({ length: index.count }, (_, node) => {
    const place = `${at(index.parents, node)}/${at(index.positions, node)}`;
    const value = isContainer(index, node)
      ? `(${at(index.childCounts, node)}, to ${at(index.subtreeEnds, node)})`
      : rawOf(index, node);
    return `${place} ${keyOf(index, node) ?? '-'} ${value}`;
  });
}

describe('the index of a JSON text', () => {
  it('knows where each value stands, in which other, under which name', () => {
    expect(nodesOf(' {"a": [1, {"b": null}], "c\\u00e9": "x"} ')).toEqual([
      '-1/0 - (2, to 6)',
      '0/0 a (2, to 5)',
      '1/0 - 1',
      '1/1 - (1, to 5)',
      '3/0 b null',
      '0/1 cé "x"',
    ]);
    expect(nodesOf('[[],{}]')).toEqual(['-1/0 - (2, to 3)', '0/0 - (0, to 2)', '0/1 - (0, to 3)']);
  });

  it('leaves numbers as they are written, also those that Python adds and doubles cannot hold', () => {
    const numbers = ['NaN', 'Infinity', '-Infinity', '9007199254740993', '-0.0', '1e400', '0.10', '1E-7'];
    expect(nodesOf(`[${numbers.join(',')}]`).slice(1)).toEqual(
      numbers.map((number, position) => `0/${position} - ${number}`),
    );
  });

  it('is not misled by quotes, brackets and backslashes in strings', () => {
    expect(nodesOf('["a\\"]", "\\\\", "[{,:"]').slice(1)).toEqual([
      '0/0 - "a\\"]"',
      '0/1 - "\\\\"',
      '0/2 - "[{,:"',
    ]);
  });

  it('reads what lies deeper than any stack', () => {
    const depth = 200_000;
    expect(indexOf('['.repeat(depth) + ']'.repeat(depth)).count).toBe(depth);
  });

  it.each([
    ['', 'line 1, column 1: expected a value, the text ends there'],
    ['{"a": 1,}', 'line 1, column 9: expected a name in quotes, found “}”'],
    ['[1\n 2]', 'line 2, column 2: expected a comma or the closing bracket, found “2”'],
    ['[1}', 'line 1, column 3: expected a comma or the closing bracket, found “}”'],
    ['{"a" 1}', 'line 1, column 6: expected a colon, found “1”'],
    ['"abc', 'line 1, column 5: expected the closing quote of a string, the text ends there'],
    ['[1] x', 'line 1, column 5: expected the end of the text, found “x”'],
    ["{'a': 1}", "line 1, column 2: expected a name in quotes or “}”, found “'”"],
    ['[undefined]', 'line 1, column 2: expected a value or “]”, found “u”'],
    ['01', 'line 1, column 2: expected the end of the text, found “1”'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(() => indexOf(text)).toThrow(problem);
  });
});
