import { expect, test } from 'vitest';
import type { ColumnBuffers } from '../../model/dataset.ts';
import * as build from '../testing/build-dataset.ts';
import { findDatasetProblem } from './validate-buffers.ts';

const ints = build.int64('n', [1n, null, 3n]);
const texts = build.string('t', ['a', 'é', 'c']);
const both = build.mixed('m', [build.int64('', [1n]), build.string('', ['a', 'b'])], [0, 1, 1]);
const offsets = (...positions: number[]) => new Uint8Array(Int32Array.from(positions).buffer);

test.each<[string, ColumnBuffers, string]>([
  ['fewer elements than rows', build.int64('n', [1n]), '("n") has 1 elements in a dataset of 3 rows'],
  [
    'too few values',
    { ...ints, values: new Uint8Array(16) },
    '("n") has 16 bytes of values where 24 are needed',
  ],
  [
    'too many values',
    { ...ints, values: new Uint8Array(800) },
    '("n") has 800 bytes of values where 24 are needed',
  ],
  ['no values', { ...ints, values: null }, '("n") has 0 bytes of values where 24 are needed'],
  ['no validity', { ...ints, validity: null }, '("n") counts 1 nulls but has no validity bits'],
  [
    'too little validity',
    { ...ints, validity: new Uint8Array(0) },
    '("n") has 0 bytes of validity where 1 are needed',
  ],
  [
    'another number of nulls',
    { ...ints, nullCount: 2 },
    '("n") counts 2 nulls but marks 1 in its validity bits',
  ],
  ['more nulls than elements', { ...ints, nullCount: 4 }, '("n") counts 4 nulls among 3 elements'],
  [
    'too few bits',
    { ...build.bool('b', [true, true, true]), values: null },
    '("b") has 0 bytes of values where 1 are needed',
  ],
  [
    'too few dates',
    { ...build.date('d', [1, 2, 3]), values: new Uint8Array(8) },
    '("d") has 8 bytes of values where 12 are needed',
  ],
  [
    'times of no unit',
    { ...build.datetime('t', [1n, 2n, 3n], 's'), timeUnit: null },
    '("t") has no time unit',
  ],
  [
    'too few offsets',
    { ...texts, offsets: offsets(0, 1, 3) },
    '("t") has 12 bytes of offsets where 16 are needed',
  ],
  ['no offsets', { ...texts, offsets: null }, '("t") has 0 bytes of offsets where 16 are needed'],
  ['offsets below 0', { ...texts, offsets: offsets(-1, 1, 3, 4) }, '("t") has offset -1 at element 0'],
  [
    'offsets that fall',
    { ...texts, offsets: offsets(0, 3, 1, 4) },
    '("t") has offsets that do not ascend at element 1',
  ],
  [
    'offsets beyond the text',
    { ...texts, offsets: offsets(0, 1, 3, 5) },
    '("t") has offsets up to 5 but only 4 bytes of text',
  ],
  [
    'offsets within a character',
    { ...texts, offsets: offsets(0, 2, 3, 4) },
    '("t") has invalid UTF-8 at element 1',
  ],
  [
    'a text cut within a character',
    { ...texts, offsets: offsets(0, 0, 1, 2) },
    '("t") has invalid UTF-8 at element 2',
  ],
  [
    'bytes that are no UTF-8',
    { ...texts, values: Uint8Array.of(0x61, 0xc3, 0x28, 0x63) },
    '("t") has invalid UTF-8 at element 1',
  ],
  [
    'half a surrogate pair',
    { ...texts, values: Uint8Array.of(0xed, 0xa0, 0x80), offsets: offsets(0, 3, 3, 3) },
    '("t") has invalid UTF-8 at element 0',
  ],
  [
    'integers that are words',
    build.integer('i', ['1', 'one', '3']),
    '("i") has no whole number at element 1',
  ],
  ['integers without digits', build.integer('i', ['1', '-', '3']), '("i") has no whole number at element 1'],
  ['integers with a point', build.integer('i', ['1', '2', '3.0']), '("i") has no whole number at element 2'],
  ['integers of no text', build.integer('i', ['1', '', '3']), '("i") has no whole number at element 1'],
  [
    'a type that is not there',
    { ...both, values: Uint8Array.of(0, 2, 1) },
    '("m") names type 2 of 2 at element 1',
  ],
  ['a type below 0', { ...both, values: Uint8Array.of(0, 255, 1) }, '("m") names type 255 of 2 at element 1'],
  [
    'too few types',
    { ...both, values: Uint8Array.of(0, 1) },
    '("m") has 2 bytes of values where 3 are needed',
  ],
  [
    'too few positions',
    { ...both, offsets: offsets(0, 0) },
    '("m") has 8 bytes of offsets where 12 are needed',
  ],
  [
    'a position beyond its child',
    { ...both, offsets: offsets(0, 0, 2) },
    '("m") names element 2 of 2 string values at element 2',
  ],
  [
    'a position below 0',
    { ...both, offsets: offsets(0, -1, 0) },
    '("m") names element -1 of 2 string values at element 1',
  ],
  [
    'positions that fall',
    { ...both, offsets: offsets(0, 1, 0) },
    '("m") has positions that do not ascend at element 2',
  ],
  [
    'a broken child',
    { ...both, children: [ints, { ...texts, values: null }] },
    '("m") is mixed, and its string values: has offsets up to 4 but only 0 bytes of text',
  ],
  [
    'a mixed child',
    { ...both, children: [both, texts] },
    '("m") is mixed, and its mixed values: are mixed themselves',
  ],
])('a dataset is refused for %s', (_title, column, problem) => {
  const good = build.string('good', ['x', 'y', 'z']);

  expect(findDatasetProblem(build.dataset(good, column))).toBe(`Column 2 ${problem}.`);
});

test('a dataset of too many rows is refused', () => {
  expect(findDatasetProblem({ rowCount: 2 ** 31, columns: [] })).toBe(
    'The dataset has 2147483648 rows, more than a table can hold.',
  );
});

test('buffers may be padded, and what stands under a null may be anything', () => {
  const padded = { ...ints, values: new Uint8Array(64), validity: Uint8Array.of(0b11111101) };
  const nulls = { ...both, nullCount: 1, validity: Uint8Array.of(0b101), values: Uint8Array.of(0, 77, 1) };
  const noNumber = build.integer('i', ['1', null, '3']);

  expect(findDatasetProblem(build.dataset(padded, nulls, noNumber, texts))).toBeNull();
});

test('the bytes around a text are not looked at', () => {
  const values = Uint8Array.of(0xff, 0x61, 0x62, 0xbf);
  const column = { ...build.string('t', ['a', 'b', '']), values, offsets: offsets(1, 2, 3, 3) };

  expect(findDatasetProblem(build.dataset(column))).toBeNull();
});

test('invalid text is found wherever it stands in a long column', () => {
  for (const position of [0, 3, 1_048_575, 1_048_576, 2_999_999]) {
    const values = new Uint8Array(3_000_000).fill(0x61);
    values[position] = 0xff;
    const column = { ...build.string('t', ['']), values, offsets: offsets(0, 3_000_000) };

    expect(findDatasetProblem(build.dataset(column))).toBe('Column 1 ("t") has invalid UTF-8 at element 0.');
  }
});
