import { expect, it } from 'vitest';
import { splitText } from './split-text.ts';

it('cuts at ends of lines, and leaves the break away', () => {
  expect(splitText('one\ntwo\nthree', 8)).toEqual(['one\ntwo', 'three']);
  expect(splitText('one\n\n\ntwo', 4)).toEqual(['one\n', '\ntwo']);
});

it('cuts a line that is longer than a piece, and no sign of two units in half', () => {
  expect(splitText('abcdef', 4)).toEqual(['abcd', 'ef']);
  expect(splitText('abc😀def', 4)).toEqual(['abc', '😀de', 'f']);
});

it('leaves a short text whole, and makes nothing of none', () => {
  expect(splitText('abc\n')).toEqual(['abc\n']);
  expect(splitText('')).toEqual([]);
});
