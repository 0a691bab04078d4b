import { expect, it } from 'vitest';
import { cutValue } from './cut-value.ts';
import { JsonIndexer } from './JsonIndexer.ts';
import { depthOf, pathTo } from './json-path.ts';

function indexOf(text: string) {
  const indexer = new JsonIndexer(text);
  while (!indexer.step(() => true));
  return indexer.index;
}

it.each([
  ['"K\\u00f6ln \\ud83d\\ude00"', '"Köln 😀"'],
  ['"\\u0007 \\\\u00f6 \\n"', '"\\u0007 \\\\u00f6 \\n"'],
  ['12345678901234567890.0', '12345678901234567890.0'],
  [`"${'x'.repeat(400)}"`, `"${'x'.repeat(299)}…`],
])('%s is shown as %s', (text, shown) => {
  expect(cutValue(indexOf(text), 0)).toBe(shown);
});

it('a path is one that Python understands', () => {
  const index = indexOf('{"a\\n\\"": [[], {"": 1}]}');
  expect([0, 1, 3, 4].map((node) => [pathTo(index, node), depthOf(index, node)])).toEqual([
    ['', 0],
    ['["a\\n\\""]', 1],
    ['["a\\n\\""][1]', 2],
    ['["a\\n\\""][1][""]', 3],
  ]);
});
