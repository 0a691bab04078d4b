import { expect, it } from 'vitest';
import {
  describeArrival,
  findImportAddress,
  nameImport,
  nameSource,
  type NamedImport,
} from './imported-file.ts';

it.each([
  ['lesson 3.cahier', 'lesson 3.cahier'],
  ['Größen 🎓 – März.cahier', 'Größen 🎓 – März.cahier'],
  ['a'.repeat(100), 'a'.repeat(100)],
  [`${'🎓'.repeat(99)} and more`, `${'🎓'.repeat(99)}…`],
  ['lesson\u202ereihac.\u2066 you trust it\u2069', 'lessonreihac. you trust it'],
  ['one\nline\u2028only\u0000', 'onelineonly'],
  [' \u200b ', 'a file without a name'],
  ['x” from school.example, and “y', 'x" from school.example, and "y'],
])('the file %j is called %j', (name, expected) => {
  expect(nameImport({ name })).toBe(expected);
});

it.each<[NamedImport, string, string | null]>([
  [{ name: 'lesson.cahier' }, 'came with “lesson.cahier”, a file', null],
  [
    { name: 'https://course.example:8443/a/lesson%203.cahier?key=1' },
    'came with “lesson 3.cahier” from course.example:8443, a file',
    'https://course.example:8443/a/lesson%203.cahier?key=1',
  ],
  [
    { name: `https://school.example.${'long.'.repeat(40)}evil.example/x` },
    `came with “x” from school.example.${'long.'.repeat(40)}evil.example, a file`,
    `https://school.example.${'long.'.repeat(40)}evil.example/x`,
  ],
  [{ name: 'https://[no address' }, 'came with “https://[no address”, a file', null],
  [{ name: 'Sales', isLink: true }, 'came by the link to “Sales”, a link', null],
  [
    { name: 'https://school.example/', isLink: true },
    'came by the link to “https://school.example/”, a link',
    null,
  ],
])('of %j it is said how it came in, and from where', (file, sentence, address) => {
  expect(`${describeArrival(file)}, a ${nameSource(file)}`).toBe(sentence);
  expect(findImportAddress(file)?.href ?? null).toBe(address);
});
