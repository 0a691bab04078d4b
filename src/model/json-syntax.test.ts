import { describe, expect, it } from 'vitest';
import { findJsonSyntaxProblem } from './json-syntax.ts';

describe('a JSON text', () => {
  it.each([
    '1',
    ' -1.5e+3 ',
    '"a \\" \\u00e4 \\n"',
    '[]',
    '{}',
    '[NaN, -Infinity, Infinity, true, false, null]',
    '{"a": [1, {"b": "c"}],\n "d": ""}',
    '123456789012345678901234567890',
  ])('has no mistake: %j', (text) => {
    expect(findJsonSyntaxProblem(text)).toBeNull();
  });

  it.each<[string, number, number, string]>([
    ['', 1, 1, 'A value is missing at the end.'],
    ['hello', 1, 1, 'hello is no value. A text stands in double quotes.'],
    ["['a']", 1, 2, 'A text stands in double quotes, not in single ones.'],
    ['{\n  "a": True\n}', 2, 8, 'JSON writes True as true.'],
    ['{"a" 1}', 1, 6, 'A colon is missing after the name.'],
    ['{a: 1}', 1, 2, 'The name of a member stands in double quotes.'],
    ['[1 2]', 1, 4, 'A comma or ] is missing.'],
    ['{"a": 1\r\n "b": 2}', 2, 2, 'A comma or } is missing.'],
    ['[1,\n2,\n]', 2, 2, 'No comma stands before ].'],
    ['[,]', 1, 2, 'A value is missing here.'],
    ['[[1, 2]', 1, 1, 'It is not closed: a ] is missing.'],
    ['["a', 1, 2, 'The text is not closed: a quote is missing.'],
    ['"a\nb"', 1, 3, 'A text ends in its line. A line break in it is written \\n.'],
    ['"a\tb"', 1, 3, 'A tab in a text is written \\t, and other such characters \\u and four digits.'],
    ['"\\x"', 1, 2, 'After a backslash stands one of " \\ / b f n r t, or u and four digits.'],
    ['[01]', 1, 2, '01 is no number as JSON writes them.'],
    ['[1.]', 1, 2, '1. is no number as JSON writes them.'],
    ['1 2', 1, 3, 'There is more after the end of the value.'],
    ['"ä😀" x', 1, 7, 'There is more after the end of the value.'],
  ])('has a mistake, which is named with its place: %j', (text, line, column, message) => {
    expect(findJsonSyntaxProblem(text)).toEqual({ line, column, message });
  });

  it('of any depth is read to its end or refused', () => {
    expect(findJsonSyntaxProblem('['.repeat(100_000))?.message).toBe(
      'Values lie more than 400 levels deep here.',
    );
  });
});
