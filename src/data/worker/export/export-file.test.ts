import {
  Bool,
  DataType,
  Field,
  FixedSizeList,
  Int32,
  Int64,
  List,
  makeData,
  SparseUnion,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  TimestampNanosecond,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initSync, ParquetFile, readParquet } from 'parquet-wasm/esm';
import { beforeAll, expect, test } from 'vitest';
import type { ExportFormat } from '../../TableSource.ts';
import * as build from '../../testing/build-dataset.ts';
import { exportDataset } from '../export-dataset.ts';
import { ArrowFile } from '../ArrowFile.ts';
import { openTable } from '../testing/table-columns.ts';
import { writeArrowFile } from '../write-arrow-file.ts';
import { exportFile } from './export-file.ts';

const run = { signal: new AbortController().signal, report: () => undefined };

beforeAll(() => {
  const path = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
  initSync({ module: readFileSync(path) });
});

const request = { rows: null, hasHeader: true };

const everyType = build.dataset(
  build.int64('n', [9007199254740993n, null, -1n]),
  build.float64('x', [0.1, NaN, Infinity]),
  build.string('t', ['a "b", c', null, '']),
  build.bool('b', [true, null, false]),
  build.date('d', [20_778, null, -1]),
  build.datetime('at', [1n, null, 0n], 'ns', 'Europe/Berlin'),
  build.integer('i', ['99999999999999999999', null, '-7']),
  build.mixed('m', [build.int64('', [1n]), build.string('', ['=1+1']), build.nothing('', 1)], [0, 2, 1]),
  build.nothing('z', 3),
);

async function write(
  format: ExportFormat,
  rows: readonly number[] | null = null,
  columns?: readonly number[],
) {
  const table = await openTable(writeArrowFile(everyType));
  const asked = rows ? table.withRows(Uint32Array.from(rows)) : table;
  return await exportFile(
    asked,
    { ...request, format, columns: columns ?? [...everyType.columns.keys()] },
    run,
  );
}

test('CSV has nulls as nothing, an empty text in quotes, and every digit', async () => {
  expect(await (await write('csv')).text()).toBe(
    [
      'n,x,t,b,d,at,i,m,z',
      '9007199254740993,0.1,"a ""b"", c",true,2026-11-21,1970-01-01T01:00:00.000000001+01:00,99999999999999999999,1,',
      ',NaN,,,,,,,',
      '-1,inf,"",false,1969-12-31,1970-01-01T01:00:00+01:00,-7,=1+1,',
      '',
    ].join('\r\n'),
  );
});

test('JSON Lines have every digit, and null for what JSON lacks', async () => {
  expect((await (await write('json-lines')).text()).split('\n')).toEqual([
    '{"n":9007199254740993,"x":0.1,"t":"a \\"b\\", c","b":true,"d":"2026-11-21","at":"1970-01-01T01:00:00.000000001+01:00","i":99999999999999999999,"m":1,"z":null}',
    '{"n":null,"x":null,"t":null,"b":null,"d":null,"at":null,"i":null,"m":null,"z":null}',
    '{"n":-1,"x":null,"t":"","b":false,"d":"1969-12-31","at":"1970-01-01T01:00:00+01:00","i":-7,"m":"=1+1","z":null}',
    '',
  ]);
});

test('columns can be left out and change places, and those of one name are told apart in JSON', async () => {
  expect(await (await write('csv', [2, 0], [1, 0])).text()).toBe('x,n\r\ninf,-1\r\n0.1,9007199254740993\r\n');
  const twice = await openTable(
    writeArrowFile(build.dataset(build.int64('a', [1n]), build.int64('a', [2n]))),
  );
  const file = await exportFile(twice, { ...request, format: 'json-lines', columns: [0, 1] }, run);
  expect(await file.text()).toBe('{"a":1,"a (2)":2}\n');
});

test('Arrow has every value as it is', async () => {
  const columns = await exportDataset(await ArrowFile.open(await write('arrow')));
  expect(columns).toEqual(everyType);
});

test('Arrow has picked rows of every type', async () => {
  const picked = await openTable(new Uint8Array(await (await write('arrow', [2, 1, 0, 0])).arrayBuffer()));
  const { cells } = await picked.readWindow({ start: 0, end: 9 }, { start: 0, end: 9 });
  expect(cells.map(({ texts }) => texts)).toEqual([
    ['-1', 'null', '9007199254740993', '9007199254740993'],
    ['inf', 'NaN', '0.1', '0.1'],
    ['', 'null', 'a "b", c', 'a "b", c'],
    ['False', 'null', 'True', 'True'],
    ['1969-12-31', 'null', '2026-11-21', '2026-11-21'],
    ['1970-01-01 01:00:00+01:00', 'null', ...Array<string>(2).fill('1970-01-01 01:00:00.000000001+01:00')],
    ['-7', 'null', '99999999999999999999', '99999999999999999999'],
    ['=1+1', 'null', '1', '1'],
    ['null', 'null', 'null', 'null'],
  ]);
});

test('Arrow without a row has its columns', async () => {
  const bytes = new Uint8Array(await (await write('arrow', [])).arrayBuffer());
  expect(tableFromIPC(bytes).schema.fields.map(({ name }) => name)).toHaveLength(9);
});

const item = (type: DataType) => new Field('item', type, true);
const inner = new Struct<Record<string, DataType>>([
  new Field('at', new TimestampNanosecond('Europe/Berlin'), true),
  new Field('isIn', new Bool(), true),
  new Field('words', new List(item(new Utf8())), true),
]);

/** Two batches of a list of structs, pairs of numbers, and decimals within lists. */
function nestedTable(): Table {
  const columns = (first: unknown[], second: unknown[]) => ({
    l: vectorFromArray(first, new List(item(inner))),
    p: vectorFromArray(second, new FixedSizeList(2, item(new Int64()))),
  });
  const one = new Table(
    columns(
      [[{ at: 1, isIn: true, words: ['a', null] }, null], null, []],
      [[1n, 2n ** 60n], null, [3n, null]],
    ),
  );
  const other = new Table(
    columns(
      [
        [
          { at: null, isIn: false, words: null },
          { at: 2, isIn: null, words: [] },
        ],
      ],
      [[-1n, 0n]],
    ),
  );
  return one.concat(other);
}

test.each(['arrow', 'parquet'] as const)(
  'nested values are in %s as they are, in all rows and in some',
  async (format) => {
    const table = await openTable(tableToIPC(nestedTable(), 'file'));
    const textsOf = async (rows: readonly number[] | null) => {
      const asked = rows ? table.withRows(Uint32Array.from(rows)) : table;
      const bytes = new Uint8Array(
        await (await exportFile(asked, { ...request, format, columns: [0, 1] }, run)).arrayBuffer(),
      );
      const read =
        format === 'arrow' ? tableFromIPC(bytes) : tableFromIPC(readParquet(bytes).intoIPCStream());
      expect(DataType.isList(read.schema.fields[0]?.type)).toBe(true);
      const stored = await openTable(tableToIPC(read, 'file'));
      const { cells } = await stored.readWindow({ start: 0, end: 9 }, { start: 0, end: 9 });
      return cells.map(({ texts }) => texts);
    };
    const lists = [
      '[{"at": 1970-01-01 01:00:00.001+01:00, "isIn": True, "words": ["a", null]}, null]',
      'null',
      '[]',
      '[{"at": null, "isIn": False, "words": null}, {"at": 1970-01-01 01:00:00.002+01:00, "isIn": null, "words": []}]',
    ];
    const pairs = ['[1, 1152921504606846976]', 'null', '[3, null]', '[-1, 0]'];
    const order = [3, 2, 1, 0, 0];

    expect(await textsOf(null)).toEqual([lists, pairs]);
    expect(await textsOf(order)).toEqual([order.map((row) => lists[row]), order.map((row) => pairs[row])]);
  },
);

test('rows of types that cannot be picked are refused, with a remedy', async () => {
  const type = new List(item(new SparseUnion([0], [item(new Int32())])));
  const union = makeData({
    type: type.children[0]?.type,
    length: 0,
    children: [makeData({ type: new Int32(), length: 0 })],
  } as never);
  const list = makeData({ type, length: 1, valueOffsets: Int32Array.of(0, 0), child: union } as never);
  const table = await openTable(tableToIPC(new Table({ l: new Vector([list]) }), 'file'));
  await expect(
    exportFile(table.withRows(Uint32Array.of(0)), { ...request, format: 'arrow', columns: [0] }, run),
  ).rejects.toThrow(
    'Rows of the column “l” cannot be picked for this file. Export the whole table, or leave the column out.',
  );
});

test('of a table with many columns no more cells are held at a time than of another', async () => {
  const columns = Array.from({ length: 4000 }, (_, index) =>
    build.int64(`n${String(index)}`, [BigInt(index), 1n]),
  );
  const table = await openTable(writeArrowFile(build.dataset(...columns)));
  const lines = (
    await (await exportFile(table, { ...request, format: 'csv', columns: [...columns.keys()] }, run)).text()
  ).split('\r\n');
  expect(lines.map((line) => line.split(',').length)).toEqual([4000, 4000, 4000, 1]);
});

test('a rectangle is copied as a spreadsheet takes it', async () => {
  const table = await openTable(
    writeArrowFile(
      build.dataset(build.string('a\tb', ['x', 'two\nlines', null]), build.float64('n', [1, 2, 3])),
    ),
  );
  const copied = { format: 'tsv', columns: [0, 1], rows: { start: 1, end: 3 }, hasHeader: true } as const;

  expect(await (await exportFile(table, copied, run)).text()).toBe('"a\tb"\tn\n"two\nlines"\t2.0\n\t3.0');
  expect(await (await exportFile(table, { ...copied, columns: [1], hasHeader: false }, run)).text()).toBe(
    '2.0\n3.0',
  );
});

const withoutMixed = [0, 1, 2, 3, 4, 5, 6, 8];

test('Parquet has every value but those of mixed columns, of all rows and of some', async () => {
  const parquet = await write('parquet', null, withoutMixed);
  const read = tableFromIPC(readParquet(new Uint8Array(await parquet.arrayBuffer())).intoIPCStream());
  const stored = await openTable(tableToIPC(read, 'file'));
  const { cells } = await stored.readWindow({ start: 0, end: 9 }, { start: 0, end: 9 });
  expect(cells.map(({ texts }) => texts)).toEqual([
    ['9007199254740993', 'null', '-1'],
    ['0.1', 'NaN', 'inf'],
    ['a "b", c', 'null', ''],
    ['True', 'null', 'False'],
    ['2026-11-21', 'null', '1969-12-31'],
    ['1970-01-01 01:00:00.000000001+01:00', 'null', '1970-01-01 01:00:00+01:00'],
    ['99999999999999999999', 'null', '-7'],
    ['null', 'null', 'null'],
  ]);
  const some = await write('parquet', [2, 0], [0]);
  const picked = tableFromIPC(readParquet(new Uint8Array(await some.arrayBuffer())).intoIPCStream());
  expect([...(picked.getChildAt(0) ?? [])]).toEqual([-1n, 9007199254740993n]);
  const none = await write('parquet', [], [0]);
  const empty = tableFromIPC(readParquet(new Uint8Array(await none.arrayBuffer())).intoIPCStream());
  expect([empty.numRows, empty.schema.fields.map(({ name }) => name)]).toEqual([0, ['n']]);
});

test('Parquet refuses a mixed column by name, with a remedy', async () => {
  await expect(write('parquet')).rejects.toThrow(
    'Parquet has no columns of several types, as the column “m” is. Hide it, or export Arrow.',
  );
});

test('Parquet of more rows than are held at a time is one file in groups of rows', async () => {
  const rowCount = 300_000;
  const numbers = Array.from({ length: rowCount }, (_, row) => row / 4);
  const table = await openTable(writeArrowFile(build.dataset(build.float64('n', numbers))));

  const file = await exportFile(table, { ...request, format: 'parquet', columns: [0] }, run);

  const bytes = new Uint8Array(await file.arrayBuffer());
  const read = tableFromIPC(readParquet(bytes).intoIPCStream());
  const values: ArrayLike<number> = read.getChildAt(0)?.toArray() ?? [];
  expect(numbers.findIndex((number, row) => values[row] !== number)).toBe(-1);
  expect(values.length).toBe(rowCount);
  const parquet = await ParquetFile.fromFile(file);
  expect(parquet.metadata().numRowGroups()).toBe(2);
});

test('a Parquet file that is given up in the middle is not written to its end', async () => {
  const numbers = Array.from({ length: 300_000 }, (_, row) => row);
  const table = await openTable(writeArrowFile(build.dataset(build.float64('n', numbers))));
  const stop = new AbortController();
  const report = () => {
    stop.abort();
  };

  const written = exportFile(
    table,
    { ...request, format: 'parquet', columns: [0] },
    { signal: stop.signal, report },
  );

  await expect(written).rejects.toThrow('aborted');
});
