import { describe, expect, test } from 'vitest';
import * as build from '../testing/build-dataset.ts';
import { OpenTable } from './OpenTable.ts';
import { readArrowFile } from './read-arrow-file.ts';
import { writeArrowFile } from './write-arrow-file.ts';

const good = () => writeArrowFile(build.dataset(build.string('a', ['x', 'y']), build.float64('b', [1, 2])));

describe('bytes that are no table are refused with a reason', () => {
  test.each<[string, (bytes: Uint8Array) => Uint8Array, string]>([
    ['no bytes', () => new Uint8Array(0), 'The table file is empty.'],
    [
      'another kind of file',
      () => new TextEncoder().encode('a,b\n1,2\n'),
      'The table file does not begin like an Arrow file.',
    ],
    [
      'a file cut short',
      (bytes) => bytes.subarray(0, 300),
      'The table file is cut short: its end is missing after 300 bytes.',
    ],
    [
      'nothing but a beginning',
      () => new TextEncoder().encode('ARROW1'),
      'The table file is cut short: its end is missing after 6 bytes.',
    ],
    [
      'an impossible footer',
      (bytes) => bytes.fill(0xff, -10, -6),
      'The table file is damaged: its footer has an impossible length.',
    ],
  ])('%s', (_title, damage, message) => {
    expect(() => readArrowFile(damage(good()))).toThrow(message);
  });

  test('a damaged footer', () => {
    expect(() => readArrowFile(good().fill(0xee, -200, -10))).toThrow(/^The table file is damaged: /);
  });
});

test('a table file damaged anywhere is refused or read, and nothing worse', () => {
  const { byteLength } = good();
  for (let position = 0; position < byteLength; position++) {
    const bytes = good();
    bytes[position] = (bytes[position] ?? 0) ^ 0x55;
    try {
      const window = new OpenTable(readArrowFile(bytes)).readWindow(
        { start: 0, end: 9 },
        { start: 0, end: 9 },
      );
      expect(window.cells.length).toBeLessThanOrEqual(2);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
  }
});

test('the values read are views of the file', () => {
  const bytes = good();

  const table = readArrowFile(bytes);

  const buffers = table.batches.flatMap(({ data }) =>
    data.children.map(({ values }) => values.buffer as unknown),
  );
  expect(buffers).toEqual([bytes.buffer, bytes.buffer]);
  expect(buffers.every((buffer) => buffer === bytes.buffer)).toBe(true);
});

test('ten thousand columns, many of one name, are read as they were written', () => {
  const columns = Array.from({ length: 10_000 }, (_, index) =>
    build.int64(`c${String(index % 100)}`, [BigInt(index)]),
  );

  const table = new OpenTable(readArrowFile(writeArrowFile(build.dataset(...columns))));

  const { cells } = table.readWindow({ start: 0, end: 1 }, { start: 9_997, end: 10_000 });
  expect(cells.map(({ texts }) => texts)).toEqual([['9997'], ['9998'], ['9999']]);
  expect(table.summary.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
});
