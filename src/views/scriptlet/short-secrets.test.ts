import { expect, it } from 'vitest';
import { describeShortSecret } from './short-secrets.ts';

function describeText(text: string): string {
  return describeShortSecret({ kind: 'secret', text });
}

it('a secret is said to be too short to be hidden, and one of JSON where it holds what is', () => {
  const short =
    'A secret this short cannot be hidden in texts: the log and the outputs may show it. Use four characters or more.';
  const holdsShort =
    'This secret is JSON with texts in it that are too short to be hidden: the log and the outputs may show them. Numbers are not hidden either.';
  expect(['abc', '😀😀😀', '[1]'].map(describeText)).toEqual([short, short, short]);
  expect(['{"a": ["abc"]}', ' {"pin": 91234}', '["", "abc"]'].map(describeText)).toEqual([
    holdsShort,
    holdsShort,
    holdsShort,
  ]);
  expect(['abcd', '{"a": ["abcd", true, null, ""]}', '{"a": "abc"', '{}  '].map(describeText)).toEqual([
    '',
    '',
    '',
    '',
  ]);
  expect([describeShortSecret(null), describeShortSecret({ kind: 'json', text: '"a"' })]).toEqual(['', '']);
});
