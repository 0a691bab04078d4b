import { expect, it } from 'vitest';
import { nameImport } from './imported-file.ts';

it.each([
  ['lesson 3.cahier', 'lesson 3.cahier'],
  ['Größen 🎓 – März.cahier', 'Größen 🎓 – März.cahier'],
  ['a'.repeat(100), 'a'.repeat(100)],
  [`${'🎓'.repeat(99)} and more`, `${'🎓'.repeat(99)}…`],
  ['lesson\u202ereihac.\u2066 you trust it\u2069', 'lessonreihac. you trust it'],
  ['one\nline\u2028only\u0000', 'onelineonly'],
  [' \u200b ', 'a file without a name'],
])('the file %j is called %j', (name, expected) => {
  expect(nameImport({ name })).toBe(expected);
});
