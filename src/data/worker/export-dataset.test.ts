import { describe, expect, test } from 'vitest';
import type { ColumnBuffers, DatasetBuffers } from '../../model/dataset.ts';
import * as build from '../testing/build-dataset.ts';
import { buildLargeDataset } from '../testing/build-large-dataset.ts';
import { ArrowFile } from './ArrowFile.ts';
import { exportDataset } from './export-dataset.ts';
import { openBytes } from './testing/table-columns.ts';
import { fileOfBatches } from './testing/table-of-batches.ts';
import { findDatasetProblem } from './validate-buffers.ts';
import { writeArrowFile } from './write-arrow-file.ts';

const exportFile = async (bytes: Uint8Array) => await exportDataset(await openBytes(bytes));
const writeAndExport = async (buffers: DatasetBuffers) => await exportFile(writeArrowFile(buffers));

const mixed = (name: string) =>
  build.mixed(
    name,
    [
      build.int64('', [1n, 9007199254740993n]),
      build.string('', ['1', null, 'é']),
      build.nothing('', 1),
      build.float64('', [NaN]),
      build.bool('', [true]),
      build.date('', [-1]),
      build.datetime('', [0n], 's', 'UTC'),
      build.uint64('', [18446744073709551615n]),
      build.integer('', ['99999999999999999999']),
    ],
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 0, 1],
  );

describe('a dataset comes back from its file as it was', () => {
  test.each<[string, ColumnBuffers]>([
    ['whole numbers', build.int64('n', [9007199254740993n, -9223372036854775808n, 0n])],
    ['whole numbers and nulls', build.int64('n', [null, 1n, null])],
    ['whole numbers beyond 2^63', build.uint64('n', [18446744073709551615n, 0n])],
    ['whole numbers beyond 2^63 and nulls', build.uint64('n', [18446744073709551615n, null])],
    ['whole numbers beyond 2^64', build.integer('n', ['18446744073709551616', '-0', '7'])],
    ['whole numbers beyond 2^64 and nulls', build.integer('n', [null, '18446744073709551616', null])],
    ['floats', build.float64('x', [0.1, -0, NaN, -Infinity, 5e-324])],
    ['floats and nulls', build.float64('x', [null, NaN, 1])],
    ['texts', build.string('t', ['', 'Grüße, 世界 🎉', '\ufeffmark', 'null'])],
    ['texts and nulls', build.string('t', [null, 'a', '', null])],
    ['booleans', build.bool('b', [true, false, true, true, false, false, true, false, true])],
    ['booleans and nulls', build.bool('b', [null, true, false, ...Array<boolean>(7).fill(true)])],
    ['dates', build.date('d', [0, -1, 20778, -719528])],
    ['dates and nulls', build.date('d', [null, 2147483647, -2147483648])],
    ['times in seconds', build.datetime('t', [1n, -9223372036854775808n], 's')],
    ['times in milliseconds and nulls', build.datetime('t', [null, 1n], 'ms', 'Europe/Berlin')],
    ['times in microseconds', build.datetime('t', [1n, 2n], 'us', '-03:30')],
    ['times in nanoseconds', build.datetime('t', [9223372036854775807n], 'ns', 'UTC')],
    ['nothing but nulls', build.nothing('z', 3)],
    ['texts that are all null', build.string('t', [null, null])],
    ['values of many types', mixed('m')],
    ['a scale that was given', { ...build.int64('n', [1n]), scale: 'ordinal' }],
    ['a scale of whole numbers beyond 2^64', { ...build.integer('n', ['9'.repeat(20)]), scale: 'nominal' }],
    ['a scale of values of many types', { ...mixed('m'), scale: 'nominal' }],
  ])('%s', async (_title, column) => {
    const dataset = build.dataset(column);

    expect(await writeAndExport(dataset)).toStrictEqual(dataset);
  });

  test.each<[string, DatasetBuffers]>([
    ['names that are empty or the same', named('', 'a', 'a', '', '__proto__')],
    ['neither rows nor columns', build.dataset()],
    ['rows but no columns', { rowCount: 5, columns: [] }],
    [
      'columns of every type, but no rows',
      build.dataset(
        build.int64('a', []),
        build.uint64('b', []),
        build.float64('c', []),
        build.bool('d', []),
        build.date('e', []),
        build.datetime('f', [], 'us', 'Asia/Tokyo'),
        build.string('g', []),
        build.integer('h', []),
        build.nothing('i', 0),
        build.mixed('j', [build.int64('', []), build.string('', [])], []),
        build.mixed('k', [], []),
      ),
    ],
  ])('%s', async (_title, dataset) => {
    expect(await writeAndExport(dataset)).toStrictEqual(dataset);
  });

  test('many rows, in several batches', async () => {
    const dataset = buildLargeDataset(150_000);

    const exported = await writeAndExport(dataset);

    expect(exported.rowCount).toBe(150_000);
    expect(exported.columns.map(withoutBytes)).toEqual(dataset.columns.map(withoutBytes));
    expect(exported.columns.every((column, index) => isSame(column, dataset.columns[index]))).toBe(true);
  });
});

test('a mixed column whose nulls stand in validity bits comes back with a part of nulls instead', async () => {
  const column = build.mixed('m', [build.int64('', [1n]), build.string('', ['a'])], [0, 9, 1, 9]);

  const exported = await writeAndExport(
    build.dataset({ ...column, nullCount: 2, validity: Uint8Array.of(0b0101) }),
  );

  const children = [build.int64('', [1n]), build.string('', ['a']), build.nothing('', 1)];
  const { offsets, ...expected } = build.mixed('m', children, [0, 2, 1, 2]);
  expect(exported.columns).toEqual([
    { ...expected, offsets: new Uint8Array(Int32Array.of(0, 0, 0, 0).buffer) },
  ]);
  expect(offsets).toHaveLength(16);
});

describe('batches of any size are joined', () => {
  /** The rows of a table with every type, of which every third value is null in some batches and none in others. */
  const rows = (start: number, end: number, isWithNulls: (row: number) => boolean) => {
    const list = <Value>(valueOf: (row: number) => Value) =>
      Array.from({ length: end - start }, (_, index) => {
        const row = start + index;
        return isWithNulls(row) && row % 3 === 0 ? null : valueOf(row);
      });
    const order = list((row) => row % 2).map((child) => child ?? 2);
    return build.dataset(
      build.int64('', list(BigInt)),
      build.float64('a', list(Math.sqrt)),
      build.bool(
        'a',
        list((row) => row % 5 < 2),
      ),
      build.date('d', list(Number)),
      build.datetime('t', list(BigInt), 'ms', 'Europe/Berlin'),
      build.string(
        's',
        list((row) => 'é'.repeat(row % 4)),
      ),
      build.integer(
        'i',
        list((row) => String(-row)),
      ),
      build.nothing('z', end - start),
      build.mixed(
        'm',
        [
          build.int64(
            '',
            list((row) => (row % 2 === 0 ? BigInt(row) : null)).filter((value) => value !== null),
          ),
          build.string(
            '',
            list((row) => (row % 2 === 1 ? String(row) : null)).filter((value) => value !== null),
          ),
          build.nothing('', order.filter((child) => child === 2).length),
        ],
        order,
      ),
    );
  };

  test.each([
    [[1, 2, 3, 5, 7, 11, 13]],
    [[8, 16, 3]],
    [[3, 0, 0, 70, 1, 0]],
    [[0, 9]],
    [[100, 1]],
    [[7, 64, 7, 128, 9]],
  ])('%j', async (sizes) => {
    const edges = sizes.reduce<number[]>((ends, size) => [...ends, (ends.at(-1) ?? 0) + size], [0]);
    /** By batch: the odd ones have no nulls, and so no validity bits. */
    const isWithNulls = (row: number) => edges.findLastIndex((edge) => edge <= row) % 2 === 0;
    const batches = sizes.map((size, index) => {
      const start = edges[index] ?? 0;
      return rows(start, start + size, isWithNulls);
    });

    const exported = await exportFile(await fileOfBatches(...batches));

    expect(exported).toStrictEqual(rows(0, edges.at(-1) ?? 0, isWithNulls));
  });
});

test('what is exported shares no bytes with the file, so that it can be handed on', async () => {
  const bytes = await fileOfBatches(
    build.dataset(build.string('s', ['a', null]), mixedOf(build.bool('', [true]))),
  );

  const { columns } = await exportFile(bytes);

  const views = [...columns, ...columns.flatMap(({ children }) => children)].flatMap(
    ({ validity, values, offsets }) => [validity, values, offsets].filter((view) => view !== null),
  );
  expect(new Set(views.map(({ buffer }) => buffer)).size).toBe(views.length);
  expect(
    views.every(({ buffer, byteLength }) => buffer !== bytes.buffer && buffer.byteLength === byteLength),
  ).toBe(true);
});

test('a file damaged anywhere is refused or exported as buffers that fit one another, and nothing worse', async () => {
  const good = await fileOfBatches(
    build.dataset(build.string('a', ['x', null, 'yz']), mixedOf(build.bool('', [true, false, true]))),
    build.dataset(build.string('a', ['u', 'vw', 'x']), mixedOf(build.bool('', [true, true, false]))),
  );
  const outcomes = new Set<string>();
  for (const mask of [0x55, 0x80, 0xff]) {
    for (let position = 0; position < good.byteLength; position++) {
      const bytes = good.slice();
      bytes[position] = (bytes[position] ?? 0) ^ mask;
      try {
        expect(findDatasetProblem(await exportFile(bytes))).toBeNull();
        outcomes.add('exported');
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        outcomes.add(error.message.replace(/: .*/s, ''));
      }
    }
  }
  expect([...outcomes].sort()).toEqual([
    'The table file does not begin like an Arrow file.',
    'The table file is cut short',
    'The table file is damaged',
    'exported',
  ]);
});

function named(...names: string[]): DatasetBuffers {
  return build.dataset(...names.map((name, index) => build.int64(name, [BigInt(index)])));
}

function mixedOf(child: ColumnBuffers): ColumnBuffers {
  return build.mixed('m', [child], Array<number>(child.length).fill(0));
}

function withoutBytes({ values, offsets, ...rest }: ColumnBuffers) {
  return { ...rest, valuesSize: values?.byteLength, offsetsSize: offsets?.byteLength };
}

/** Comparing megabytes element by element takes long. */
function isSame(column: ColumnBuffers, other: ColumnBuffers | undefined): boolean {
  return (
    Buffer.compare(column.values ?? Buffer.of(), other?.values ?? Buffer.of()) === 0 &&
    Buffer.compare(column.offsets ?? Buffer.of(), other?.offsets ?? Buffer.of()) === 0
  );
}

test('a file that is read at once gives the same', async () => {
  const dataset = buildLargeDataset(500);
  const file = new Blob([writeArrowFile(dataset)]);
  expect(await exportDataset(await ArrowFile.open(file, { isHeld: true }))).toEqual(dataset);
});
