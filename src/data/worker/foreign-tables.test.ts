import {
  Binary,
  DateMillisecond,
  Decimal,
  Dictionary,
  DurationMillisecond,
  Field,
  Float16,
  Float32,
  Int16,
  Int32,
  List,
  Map_,
  Struct,
  Table,
  tableToIPC,
  TimeMicrosecond,
  TimestampMicrosecond,
  Uint8,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { expect, test } from 'vitest';
import { openTable } from './testing/table-columns.ts';

function field<Type extends DataType>(name: string, type: Type): Field<Type> {
  return new Field(name, type, true);
}

test.each<{ title: string; type: DataType; values: unknown[]; summary: string; cells: string[] }>([
  {
    title: 'lists, quoting only texts',
    type: new List(field('item', new Utf8())),
    values: [['a', '1', null], [], null, ['"']],
    summary: 'nested',
    cells: ['nested ["a", "1", null]', 'nested []', 'null null', 'nested ["\\""]'],
  },
  {
    title: 'records within lists',
    type: new List(
      field(
        'item',
        new Struct([field('x', new Int32()), field('y', new List(field('item', new Float32())))]),
      ),
    ),
    values: [
      [
        { x: 1, y: [0.1, NaN] },
        { x: null, y: null },
      ],
    ],
    summary: 'nested',
    cells: ['nested [{"x": 1, "y": [0.1, NaN]}, {"x": null, "y": null}]'],
  },
  {
    title: 'times within records',
    type: new Struct([field('t', new TimestampMicrosecond('UTC'))]),
    values: [{ t: 1795255380000.5 }],
    summary: 'nested',
    cells: ['nested {"t": 2026-11-21 10:03:00.0005+00:00}'],
  },
  {
    title: 'maps',
    type: new Map_(
      new Field(
        'entries',
        new Struct<{ key: Utf8; value: Int32 }>([field('key', new Utf8()), field('value', new Int32())]),
        false,
      ),
    ),
    values: [
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      new Map(),
    ],
    summary: 'nested',
    cells: ['nested {"a": 1, "b": 2}', 'nested {}'],
  },
  {
    title: 'categories',
    type: new Dictionary(new Utf8(), new Int32()),
    values: ['red', 'blue', null, 'red'],
    summary: 'string',
    cells: ['text red', 'text blue', 'null null', 'text red'],
  },
  {
    title: 'small whole numbers',
    type: new Int16(),
    values: [-32768, null, 7],
    summary: 'int64',
    cells: ['number -32768', 'null null', 'number 7'],
  },
  { title: 'unsigned bytes', type: new Uint8(), values: [255], summary: 'uint64', cells: ['number 255'] },
  {
    title: 'single-precision floats, in their own digits',
    type: new Float32(),
    values: [0.1, 16777216, NaN, -Infinity],
    summary: 'float64',
    cells: ['number 0.1', 'number 16777216.0', 'nan NaN', 'number -inf'],
  },
  {
    title: 'half-precision floats',
    type: new Float16(),
    values: [1.5, -2, 0],
    summary: 'float64',
    cells: ['number 1.5', 'number -2.0', 'number 0.0'],
  },
  {
    title: 'decimals',
    type: new Decimal(2, 10, 128),
    values: [Uint32Array.of(12345, 0, 0, 0), Uint32Array.of(0xfffffffb, 0xffffffff, 0xffffffff, 0xffffffff)],
    summary: 'string',
    cells: ['number 123.45', 'number -0.05'],
  },
  {
    title: 'dates in milliseconds',
    type: new DateMillisecond(),
    values: [new Date('2026-11-21'), new Date('1969-12-31')],
    summary: 'date',
    cells: ['date 2026-11-21', 'date 1969-12-31'],
  },
  {
    title: 'times of day',
    type: new TimeMicrosecond(),
    values: [36180000001n],
    summary: 'string',
    cells: ['datetime 10:03:00.000001'],
  },
  {
    title: 'durations with their unit',
    type: new DurationMillisecond(),
    values: [1500n],
    summary: 'string',
    cells: ['text 1500 ms'],
  },
  {
    title: 'bytes in hexadecimal digits',
    type: new Binary(),
    values: [Uint8Array.of(0, 255)],
    summary: 'string',
    cells: ['text 0x00ff'],
  },
])('a table from elsewhere shows $title', async ({ type, values, summary, cells }) => {
  const bytes = tableToIPC(new Table({ c: vectorFromArray(values, type) }), 'file');

  const table = await openTable(bytes);

  const window = await table.readWindow({ start: 0, end: 10 }, { start: 0, end: 10 });
  expect(
    window.cells.map(({ texts, kinds }) => texts.map((text, row) => `${kinds[row] ?? ''} ${text}`)),
  ).toEqual([cells]);
  expect(table.summary).toEqual({
    rowCount: values.length,
    columns: [{ name: 'c', type: summary, timeZone: null }],
  });
});

test('a list of a million elements is cut as a text is', async () => {
  const values = [Array.from({ length: 1_000_000 }, (_, index) => index)];
  const bytes = tableToIPC(
    new Table({ c: vectorFromArray(values, new List(field('item', new Int32()))) }),
    'file',
  );
  const table = await openTable(bytes);

  const [column] = (await table.readWindow({ start: 0, end: 1 }, { start: 0, end: 1 })).cells;

  expect(column?.texts[0]).toMatch(/^\[0, 1, 2, 3, /);
  expect(column?.texts[0]).toHaveLength(500);
});
