import { expect, test } from 'vitest';
import { cutCharacters } from './cut-characters.ts';

const family = '👩\u200d👩\u200d👧';

test('a text is cut between characters, and never within one', () => {
  expect(cutCharacters('iris', 4)).toBe('iris');
  expect(cutCharacters('irises', 4)).toBe('iris');
  expect(cutCharacters('iri👍👍', 4)).toBe('iri');
  expect(cutCharacters('ir👍👍', 4)).toBe('ir👍');
  expect(cutCharacters(`iris${family}${family}`, 4 + family.length + 2)).toBe(`iris${family}`);
  expect(cutCharacters('irie\u0301s', 4)).toBe('iri');
  expect(cutCharacters(family, 4)).toBe('');
});
