import {
  Binary,
  Bool,
  DateMillisecond,
  Decimal,
  DenseUnion,
  Dictionary,
  DurationMillisecond,
  Field,
  Float64,
  Int32,
  Int64,
  Int8,
  LargeUtf8,
  List,
  makeData,
  Schema,
  Struct,
  Table,
  TimeMicrosecond,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
  type Data,
  type DataType,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { exportDataset } from './export-dataset.ts';
import { columnsOf } from './testing/table-columns.ts';

function field<Type extends DataType>(name: string, type: Type): Field<Type> {
  return new Field(name, type, true);
}

describe('a type that no column of a dataset holds is refused with column and type', () => {
  test.each<[DataType, unknown[], string]>([
    [new List(field('item', new Int32())), [[1]], 'is of type List<Int32>'],
    [new Struct([field('x', new Int32())]), [{ x: 1 }], 'is of type Struct<{x:Int32}>'],
    [new Decimal(2, 10, 128), [Uint32Array.of(1, 0, 0, 0)], 'is of type Decimal[10e+2]'],
    [new TimeMicrosecond(), [1n], 'is of type Time64<MICROSECOND>'],
    [new DurationMillisecond(), [1n], 'is of type Duration<MILLISECOND>'],
    [new Binary(), [Uint8Array.of(0)], 'is of type Binary'],
    [new Dictionary(new Binary(), new Int32()), [Uint8Array.of(0)], 'is of type Binary'],
    [new Dictionary(new Bool(), new Int32()), [true], 'is of type Dictionary<Int32, Bool>'],
    [
      new DateMillisecond(),
      [null, new Date('2026-11-21T10:00Z')],
      'is of type Date64<MILLISECOND> with what is no day at element 1',
    ],
  ])('%s', async (type, values, problem) => {
    const table = new Table({ c: vectorFromArray(values, type) });

    await expect(exportDataset(columnsOf(table))).rejects.toThrow(
      `Column 1 ("c") ${problem}, which cannot be given back to Python.`,
    );
  });

  test('also within a mixed column, and where there are no rows', async () => {
    const type = new DenseUnion([0], [field('d', new Binary())]);
    const table = new Table(new Schema([field('', type)]), []);

    await expect(exportDataset(columnsOf(table))).rejects.toThrow(
      'Column 1 ("") is mixed, and one of its parts is of type Binary, which cannot be given back to Python.',
    );
  });

  test('a date too far away for days in 32 bits', async () => {
    const data = BigInt64Array.of(86_400_000n * 2n ** 31n);
    const dates = makeData({ type: new DateMillisecond(), data });

    await expect(exportDataset(columnsOf(new Table({ c: new Vector([dates]) })))).rejects.toThrow(
      'is of type Date64<MILLISECOND> with what is no day at element 0',
    );
  });

  test('and in no more words than can be read', async () => {
    const fields = Array.from({ length: 100 }, (_, index) => field(`field ${String(index)}`, new Int32()));

    const exported = exportDataset(columnsOf(new Table({ c: vectorFromArray([], new Struct(fields)) })));

    await expect(exported).rejects.toThrow(
      /^Column 1 \("c"\) is of type Struct<\{.{192}…, which cannot be given back to Python\.$/,
    );
  });
});

describe('buffers that do not fit one another are told as damage', () => {
  const text = new TextEncoder().encode('abc');
  const union = new DenseUnion([0], [field('n', new Int64())]);
  const numbers = makeData({ type: new Int64(), data: BigInt64Array.of(1n) });
  const categories = new Dictionary(new Utf8(), new Int8());
  const dictionary = vectorFromArray(['a'], new Utf8());

  test.each<[string, Data, string]>([
    [
      'numbers',
      makeData({ type: new Int64(), length: 2, data: BigInt64Array.of(1n) }),
      'has 1 values where 2 are needed',
    ],
    ['booleans', makeData({ type: new Bool(), length: 9, data: Uint8Array.of(1) }), 'has too few booleans'],
    [
      'validity',
      makeData({
        type: new Float64(),
        data: new Float64Array(9),
        nullCount: 1,
        nullBitmap: Uint8Array.of(1),
      }),
      'has too few validity bits',
    ],
    [
      'the number of offsets',
      makeData({ type: new Utf8(), length: 2, data: text, valueOffsets: Int32Array.of(0, 1) }),
      'has too few offsets',
    ],
    [
      'offsets at the end',
      makeData({ type: new Utf8(), data: text, valueOffsets: Int32Array.of(0, 4) }),
      'has texts from 0 to 4 in 3 bytes of text',
    ],
    [
      'offsets at the beginning',
      makeData({ type: new LargeUtf8(), data: text, valueOffsets: BigInt64Array.of(-1n, 3n) }),
      'has texts from -1 to 3 in 3 bytes of text',
    ],
    [
      'offsets in between',
      makeData({ type: new Utf8(), data: text, valueOffsets: Int32Array.of(0, 9, 3) }),
      'has offsets that do not ascend at element 1',
    ],
    [
      'texts',
      makeData({ type: new Utf8(), data: Uint8Array.of(0xff), valueOffsets: Int32Array.of(0, 1) }),
      'has invalid UTF-8 at element 0',
    ],
    [
      'views',
      makeData({ type: new Utf8View(), length: 1, views: new Uint8Array(Int32Array.of(13, 0, 0, 0).buffer) }),
      'has texts outside its buffers',
    ],
    [
      'the number of views',
      makeData({ type: new Utf8View(), length: 1, views: text }),
      'has too few views of texts',
    ],
    [
      'type ids',
      makeData({
        type: union,
        typeIds: Int8Array.of(3),
        valueOffsets: Int32Array.of(0),
        children: [numbers],
      }),
      'has a value outside those of its type at element 0 of a batch',
    ],
    [
      'positions',
      makeData({
        type: union,
        typeIds: Int8Array.of(0),
        valueOffsets: Int32Array.of(1),
        children: [numbers],
      }),
      'has a value outside those of its type at element 0 of a batch',
    ],
    [
      'the number of type ids',
      makeData({
        type: union,
        length: 2,
        typeIds: Int8Array.of(0),
        valueOffsets: Int32Array.of(0),
        children: [numbers],
      }),
      'has too few type ids',
    ],
    [
      'categories',
      makeData({ type: categories, data: Int8Array.of(1), dictionary }),
      'names entry 1 in a dictionary of 1',
    ],
    [
      'the number of categories',
      makeData({ type: categories, length: 2, data: Int8Array.of(0), dictionary }),
      'has too few places in its dictionary',
    ],
  ])('%s', async (_title, data, problem) => {
    const damaged = new Table({ c: new Vector([data]) });

    await expect(exportDataset(columnsOf(damaged))).rejects.toThrow(
      `The table file is damaged: Column 1 ("c") ${problem}.`,
    );
  });
});
