import {
  Bool,
  DateMillisecond,
  DenseUnion,
  Dictionary,
  Field,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  LargeUtf8,
  makeData,
  SparseUnion,
  Table,
  tableToIPC,
  TimestampMillisecond,
  Uint16,
  Uint32,
  Uint8,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
  type Data,
  type DataType,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { ColumnBuffers } from '../../model/dataset.ts';
import * as build from '../testing/build-dataset.ts';
import { exportDataset } from './export-dataset.ts';
import { columnsOf, openBytes } from './testing/table-columns.ts';

function field<Type extends DataType>(name: string, type: Type): Field<Type> {
  return new Field(name, type, true);
}

const exportVector = async (vector: Vector) =>
  await exportDataset(await openBytes(tableToIPC(new Table({ c: vector }), 'file')));

const dataOf = (...vectors: Vector[]): Data[] => vectors.flatMap(({ data }) => data);

const long = 'a text that has no room in a view';

describe('a column from elsewhere is widened to one that holds its values', () => {
  test.each<{ title: string; type: DataType; values: unknown[]; column: ColumnBuffers }>([
    {
      title: 'bytes',
      type: new Int8(),
      values: [-128, null, 127, -1],
      column: build.int64('c', [-128n, null, 127n, -1n]),
    },
    {
      title: 'whole numbers of 16 bits',
      type: new Int16(),
      values: [-32768, 32767],
      column: build.int64('c', [-32768n, 32767n]),
    },
    {
      title: 'whole numbers of 32 bits',
      type: new Int32(),
      values: [-2147483648, 2147483647, 0, null],
      column: build.int64('c', [-2147483648n, 2147483647n, 0n, null]),
    },
    {
      title: 'unsigned bytes',
      type: new Uint8(),
      values: [255, null],
      column: build.uint64('c', [255n, null]),
    },
    {
      title: 'unsigned whole numbers of 16 bits',
      type: new Uint16(),
      values: [65535],
      column: build.uint64('c', [65535n]),
    },
    {
      title: 'unsigned whole numbers of 32 bits',
      type: new Uint32(),
      values: [4294967295, 1],
      column: build.uint64('c', [4294967295n, 1n]),
    },
    {
      title: 'single-precision floats',
      type: new Float32(),
      values: [0.1, null, NaN, -Infinity, -0],
      column: build.float64('c', [Math.fround(0.1), null, NaN, -Infinity, -0]),
    },
    {
      title: 'half-precision floats',
      type: new Float16(),
      values: [1.5, -2, null],
      column: build.float64('c', [1.5, -2, null]),
    },
    {
      title: 'dates in milliseconds',
      type: new DateMillisecond(),
      values: [new Date('2026-11-21'), null, new Date('1969-12-31')],
      column: build.date('c', [20778, null, -1]),
    },
    {
      title: 'times of an empty zone',
      type: new TimestampMillisecond(''),
      values: [1, null],
      column: build.datetime('c', [1n, null], 'ms'),
    },
    {
      title: 'texts with 64-bit offsets',
      type: new LargeUtf8(),
      values: ['a', null, '', 'Grüße'],
      column: build.string('c', ['a', null, '', 'Grüße']),
    },
    {
      title: 'views of texts, long and short',
      type: new Utf8View(),
      values: ['', long, null, 'twelve bytes', 'thirteen byte', `${long}!`],
      column: build.string('c', ['', long, null, 'twelve bytes', 'thirteen byte', `${long}!`]),
    },
    {
      title: 'categories of texts',
      type: new Dictionary(new Utf8(), new Int32()),
      values: ['red', 'blue', null, 'red', long.repeat(3)],
      column: build.string('c', ['red', 'blue', null, 'red', long.repeat(3)]),
    },
    {
      title: 'categories numbered in bytes, of texts with 64-bit offsets',
      type: new Dictionary(new LargeUtf8(), new Uint8()),
      values: ['red', 'blue', 'red'],
      column: build.string('c', ['red', 'blue', 'red']),
    },
    {
      title: 'categories of floats',
      type: new Dictionary(new Float64(), new Int8()),
      values: [0.5, null, 0.5, 2],
      column: build.float64('c', [0.5, null, 0.5, 2]),
    },
    {
      title: 'categories of small whole numbers',
      type: new Dictionary(new Int16(), new Int8()),
      values: [7, -7, 7],
      column: build.int64('c', [7n, -7n, 7n]),
    },
    {
      title: 'categories without a row',
      type: new Dictionary(new Utf8(), new Int32()),
      values: [],
      column: build.string('c', []),
    },
  ])('$title', async ({ type, values, column }) => {
    expect(await exportVector(vectorFromArray(values, type))).toStrictEqual(build.dataset(column));
  });

  test('categories that grew, one of them null', async () => {
    const type = new Dictionary(new Utf8(), new Int8());
    const dictionary = vectorFromArray(['a', null], new Utf8()).concat(vectorFromArray(['é'], new Utf8()));
    const indices = (...data: number[]) => makeData({ type, dictionary, data: Int8Array.from(data) });

    const exported = await exportDataset(
      columnsOf(new Table({ c: new Vector([indices(2, 0), indices(1, 2)]) })),
    );

    expect(exported).toStrictEqual(build.dataset(build.string('c', ['é', 'a', null, 'é'])));
  });

  test('categories of another dictionary in every batch', async () => {
    const type = new Dictionary(new Utf8(), new Int8());
    const batch = (...texts: string[]) =>
      makeData({ type, dictionary: vectorFromArray(texts, new Utf8()), data: Int8Array.of(1, 0) });

    const exported = await exportDataset(
      columnsOf(new Table({ c: new Vector([batch('a', 'b'), batch('c', 'd')]) })),
    );

    expect(exported).toStrictEqual(build.dataset(build.string('c', ['b', 'a', 'd', 'c'])));
  });

  test('unions with type ids of their own', async () => {
    const type = new DenseUnion([5, 9], [field('i', new Int32()), field('s', new Utf8())]);
    const piece = makeData({
      type,
      typeIds: Int8Array.of(9, 5, 9),
      valueOffsets: Int32Array.of(0, 0, 1),
      children: dataOf(vectorFromArray([7], new Int32()), vectorFromArray(['a', null], new Utf8())),
    });

    const exported = await exportVector(new Vector([piece]));

    const children = [build.int64('', [7n]), build.string('', ['a', null])];
    expect(exported).toStrictEqual(build.dataset(build.mixed('c', children, [1, 0, 1])));
  });

  test('sparse unions, with all that stands in their parts', async () => {
    const type = new SparseUnion([0, 1], [field('i', new Int32()), field('b', new Bool())]);
    const piece = makeData({
      type,
      typeIds: Int8Array.of(1, 0),
      children: dataOf(vectorFromArray([3, 4], new Int32()), vectorFromArray([true, false], new Bool())),
    });

    const exported = await exportVector(new Vector([piece, piece]));

    const children = [build.int64('', [3n, 4n, 3n, 4n]), build.bool('', [true, false, true, false])];
    const offsets = new Uint8Array(Int32Array.of(0, 1, 2, 3).buffer);
    expect(exported).toStrictEqual(build.dataset({ ...build.mixed('c', children, [1, 0, 1, 0]), offsets }));
  });

  test('counts of nulls that are wrong are counted anew', async () => {
    const data = BigInt64Array.of(1n, 0n, 3n);
    const wrong = makeData({ type: new Int64(), data, nullCount: 7, nullBitmap: Uint8Array.of(0b101) });
    const none = makeData({ type: new Int64(), data, nullCount: 1, nullBitmap: Uint8Array.of(0b111) });

    const exported = await exportDataset(
      columnsOf(new Table({ a: new Vector([wrong]), b: new Vector([none]) })),
    );

    expect(exported).toStrictEqual(
      build.dataset(build.int64('a', [1n, null, 3n]), build.int64('b', [1n, 0n, 3n])),
    );
  });
});
