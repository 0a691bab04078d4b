import { expect, it } from 'vitest';
import { printText } from './print-text.ts';

const at = { notebook: 'Lesson', cell: 'Count', number: 2 };
const columns = [
  { name: 'n', type: 'int64' },
  { name: 'a name', type: 'string' },
];

it('writes the first rows of a table below one another, long texts cut', () => {
  const firstRows = [
    ['1', 'one\nline'],
    ['1000', 'more than fits into a column'],
  ];
  expect(
    printText({ type: 'output', ...at, handle: 'rows', kind: 'dataset', rowCount: 2, columns, firstRows }),
  ).toBe(`     rows: 2 rows, 2 columns
       n     a name
       1     one line
       1000  more than fits into a c…
`);
});

it('writes values, and what is known of those that are no text', () => {
  const write = (content: object): string =>
    printText({ type: 'output', ...at, handle: 'x', ...(content as { kind: 'secret' }) });
  expect(write({ kind: 'json', byteSize: 9, value: { a: [1, null] } })).toBe('     x: {"a":[1,null]}\n');
  expect(write({ kind: 'json', byteSize: 3, text: 'NaN', isCut: false })).toBe('     x: NaN\n');
  expect(write({ kind: 'binary', byteSize: 5, sha256: '' })).toBe('     x: 5 B\n');
  expect(write({ kind: 'variable', typeName: 'Net', summary: 'Net(3)' })).toBe('     x: Net Net(3)\n');
  expect(write({ kind: 'secret' })).toBe('     x: (secret)\n');
});

it('says how a cell ended, with its time and what it reported', () => {
  const ended = { type: 'job-finished', ...at, status: 'done', reason: null } as const;
  expect(printText({ ...ended, milliseconds: 12, warnings: 1, errors: 2 })).toBe(
    '     done, 12 ms, 1 warning, 2 errors\n',
  );
  expect(printText({ ...ended, milliseconds: 0, warnings: 0, errors: 0 })).toBe('     done\n');
});
