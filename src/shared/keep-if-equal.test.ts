import { expect, test } from 'vitest';
import { keepIfEqual } from './keep-if-equal.ts';

test('a set with the same members is the one there was, in whatever order they came', () => {
  const before = new Set(['a', 'b']);
  expect(keepIfEqual(before, new Set(['b', 'a']))).toBe(before);
});

test('a set with other, more or fewer members takes its place', () => {
  const before = new Set(['a', 'b']);
  for (const after of [new Set(['a', 'c']), new Set(['a', 'b', 'c']), new Set(['a']), new Set<string>()]) {
    expect(keepIfEqual(before, after)).toBe(after);
  }
});
