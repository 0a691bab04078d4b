// Longer than most files: each format beside CSV, and each way in which a file of it can be broken.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  compressionRegistry,
  CompressionType,
  Decimal,
  Dictionary,
  Field,
  Int32,
  List,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  Table,
  tableFromArrays,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { initSync, Table as WasmTable, writeParquet } from 'parquet-wasm/esm';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeInt96Parquet } from './testing/int96-parquet.ts';
import {
  findProblem,
  importFile,
  previewFile,
  readReport,
  readTable,
  readText,
} from './testing/import-file.ts';

beforeAll(() => {
  const path = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
  initSync({ module: readFileSync(path) });
});

describe('JSON', () => {
  it('as an array of objects is a table, in which nested values are JSON', async () => {
    const content = [
      { a: 1, b: 'x', c: { d: [1, null] } },
      { a: 2, b: '', e: true },
      { a: null, b: 'NA' },
    ];
    expect(await readText('a.json', JSON.stringify(content))).toEqual({
      columns: 'a: int64, b: string, c: string, e: bool',
      rows: [
        [1, 'x', '{"d":[1,null]}', null],
        [2, '', null, true],
        [null, 'NA', null, null],
      ],
    });
  });

  it('keeps each digit of long whole numbers', async () => {
    const content = '[{"id": 9007199254740993, "in": [12345678901234567890]}, {"id": -1, "in": "1"}]';
    expect((await readText('a.json', content)).rows).toEqual([
      ['9007199254740993n', '[12345678901234567890]'],
      [-1, '1'],
    ]);
  });

  it.each([
    ['an object of columns', '{"a": [1, 2], "b": ["x", "y"]}'],
    ['a frame as pandas writes it', '{"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}}'],
    ['rows under a key', '{"count": 2, "data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}'],
    ['a frame that pandas splits', '{"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}'],
    [
      'a table of pandas',
      '{"schema": {"fields": [{"name": "a"}]}, "data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}',
    ],
    ['lines', '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}'],
  ])('is a table as %s', async (_name, content) => {
    expect(await readText('a.json', content)).toEqual({
      columns: 'a: int64, b: string',
      rows: [
        [1, 'x'],
        [2, 'y'],
      ],
    });
  });

  it('under a key says so, as the rest of the file is left out', async () => {
    const file = new File(['{"errors": [{"a": 0}], "data": [{"a": 1}, {"a": 2}], "next": null}'], 'a.json');
    const note = 'The rows are those under “data”. What else is in the file is left out.';
    expect((await previewFile(file)).problems).toEqual([note]);
    const table = await importFile(file);
    expect([(await readTable(table)).rows, table.notes]).toEqual([[[1], [2]], [note]]);
  });

  it('may have NaN and Infinity, as Python writes them, and numbers that no double holds', async () => {
    const content = '[{"a": NaN, "b": 1e400, "c": "NaN"}, {"a": -Infinity, "b": 1, "c": "-Infinity"}]';
    expect(await readText('a.json', content)).toEqual({
      columns: 'a: float64, b: string, c: string',
      rows: [
        [null, '1e400', 'NaN'],
        [-Infinity, '1', '-Infinity'],
      ],
    });
  });

  it.each(['a.json', 'a.jsonl'])('may be UTF-16: %s', async (name) => {
    const content = new Uint8Array(Uint16Array.from('\ufeff{"a": ["Zoë"]}\n', (c) => c.charCodeAt(0)).buffer);
    expect((await readText(name, content)).rows).toEqual([[name === 'a.json' ? 'Zoë' : '["Zoë"]']]);
  });

  it.each([
    ['', 'it is empty. Choose another file'],
    ['{"name": "x", "version": 1}', 'it is JSON, but no table: an object with “name”, “version”.'],
    ['5', 'it is JSON, but no table: a single number.'],
    ['[1, 2', 'it is no JSON: '],
  ])('that is no table says what it is: %s', async (content, problem) => {
    expect(await findProblem('a.json', content)).toContain(`“a.json” could not be read: ${problem}`);
  });

  it('has numbers and texts in one column as texts, and days as such', async () => {
    expect(await readText('a.json', '[{"a": 1, "d": "2024-02-29"}, {"a": "x", "d": null}]')).toEqual({
      columns: 'a: string, d: date',
      rows: [
        ['1', Date.UTC(2024, 1, 29)],
        ['x', null],
      ],
    });
  });

  it('lines that are none are left out, with the reason', async () => {
    const table = await importFile(new File(['{"a": 1}\n{"a": \n\n5\n{"b": 2}\n'], 'a.jsonl'));
    expect((await readTable(table)).rows).toEqual([
      [1, null],
      [null, 2],
    ]);
    const report = await readReport(table);
    expect([table.rejected?.count, report.length]).toEqual([2, 2]);
    expect(report[1]).toBe('4,it is neither an object nor an array,5');
  });
});

describe('Arrow', () => {
  const schema = new Schema([
    new Field('d', new Decimal(2, 10, 128), true),
    new Field('l', new List(new Field('item', new Int32(), true)), true),
  ]);
  const table = new Table({
    n: vectorFromArray([1, 2, null], new Int32()),
    t: vectorFromArray(['a', 'b', 'a'], new Dictionary(new Utf8(), new Int32())),
    l: vectorFromArray([[1], [], null], schema.fields[1]?.type ?? new Int32()),
  });

  it.each(['file', 'stream'] as const)('as a %s keeps its types', async (kind) => {
    const imported = await importFile(new File([Uint8Array.from(tableToIPC(table, kind))], 'a.arrow'));
    const read = await readTable(imported);
    expect(read.columns).toBe('n: int64, t: string, l: nested');
    expect(read.rows.map(([n, t, l]) => [n, t, l && Array.from(l as Iterable<number>)])).toEqual([
      [1, 'a', [1]],
      [2, 'b', []],
      [null, 'a', null],
    ]);
  });

  it('of one long batch is stored in several', async () => {
    const long = tableFromArrays({ x: Float64Array.from({ length: 150_000 }, (_, index) => index) });
    const imported = await importFile(new File([Uint8Array.from(tableToIPC(long, 'file'))], 'a.arrow'));
    expect((await readTable(imported)).rows[149_999]).toEqual([149_999]);
    expect(imported.table.summary.rowCount).toBe(150_000);
  });

  /** A long table whose columns are packed, in a frame of LZ4 as they are, or in none that is known. */
  function pack(compressionType: CompressionType): File {
    const pack = (bytes: Uint8Array): Uint8Array => {
      if (compressionType === CompressionType.ZSTD)
        return Uint8Array.from([40, 181, 47, 253, 0, 0, ...bytes]);
      const size = [0, 8, 16].map((shift) => (bytes.length >> shift) & 255);
      const head = [0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0, ...size, 0x80];
      return Uint8Array.from([...head, ...bytes, 0, 0, 0, 0]);
    };
    const { decode = null } = compressionRegistry.get(compressionType) ?? {};
    compressionRegistry.set(compressionType, { ...(decode && { decode }), encode: pack });
    const long = tableFromArrays({ x: Float64Array.from({ length: 1000 }, (_, index) => index) });
    const writer = new RecordBatchFileWriter({ compressionType });
    return new File([Uint8Array.from(writer.writeAll(long).toUint8Array(true))], 'a.feather');
  }

  it('may be packed by LZ4, as pandas does', async () => {
    const { rows } = await readTable(await importFile(pack(CompressionType.LZ4_FRAME)));
    expect([rows.length, rows[999]]).toEqual([1000, [999]]);
  });

  it('that is packed otherwise says how to save it', async () => {
    expect(await findProblem('a.feather', pack(CompressionType.ZSTD))).toBe(
      '“a.feather” could not be read: its columns are packed by Zstandard, which is not read here. Save it packed by LZ4, which pandas calls compression="lz4", or as Parquet.',
    );
  });

  it('with names twice, or none, gets a name for each column, which is told', async () => {
    const fields = ['a', 'a', ''].map((name) => new Field(name, new Int32(), true));
    const type = new Struct(fields);
    const children = fields.map((_, index) => vectorFromArray([index], new Int32()).data[0] as never);
    const named = new RecordBatch(new Schema(fields), makeData({ type, length: 1, nullCount: 0, children }));
    const file = new File([Uint8Array.from(tableToIPC(new Table([named]), 'stream'))], 'a.arrow');
    const notes = [
      '“a” is the name of several columns: column 2 is called “a_2”.',
      'Column 3 has no name and is called “column_3”.',
    ];
    expect((await previewFile(file)).problems).toEqual(notes);
    const imported = await importFile(file);
    expect([await readTable(imported), imported.notes]).toEqual([
      { columns: 'a: int64, a_2: int64, column_3: int64', rows: [[0, 1, 2]] },
      notes,
    ]);
  });

  it('that is cut short says so', async () => {
    const bytes = Uint8Array.from(tableToIPC(table, 'file'));
    expect(await findProblem('a.arrow', bytes.subarray(0, bytes.length / 2))).toContain(
      '“a.arrow” could not be read: it is damaged or cut short',
    );
  });
});

describe('Parquet', () => {
  const type = new Struct([
    new Field('day', new Decimal(2, 10, 128), true),
    new Field('name', new Utf8(), true),
  ]);
  const [decimals, names] = type.children;
  const values = Uint32Array.from([150, 0, 0, 0, 4_294_967_291, 4_294_967_295, 4_294_967_295, 4_294_967_295]);
  const batch = new RecordBatch(
    new Schema(type.children),
    makeData({
      type,
      length: 2,
      nullCount: 0,
      children: [
        makeData({ type: decimals?.type ?? new Int32(), length: 2, nullCount: 0, data: values } as never),
        vectorFromArray(['ä', null], names?.type ?? new Utf8()).data[0] as never,
      ],
    }),
  );

  function makeParquet(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(writeParquet(WasmTable.fromIPCStream(tableToIPC(new Table([batch]), 'stream'))));
  }

  it('keeps its types and values', async () => {
    const imported = await importFile(new File([makeParquet()], 'a.parquet'));
    expect(imported.table.summary).toMatchObject({
      rowCount: 2,
      columns: [{ name: 'day' }, { name: 'name', type: 'string' }],
    });
    const { rows } = await readTable(imported);
    expect(rows.map(([decimal, name]) => [Array.from(decimal as Uint32Array), name])).toEqual([
      [[150, 0, 0, 0], 'ä'],
      [[4_294_967_291, 4_294_967_295, 4_294_967_295, 4_294_967_295], null],
    ]);
  });

  it('is shown before, with its decimals', async () => {
    const { rows, rowCount } = await previewFile(new File([makeParquet()], 'a.parquet'));
    expect({ rows, rowCount }).toEqual({
      rows: [
        ['1.50', 'ä'],
        ['-0.05', null],
      ],
      rowCount: 2,
    });
  });

  it('has times of 96 bits, as Spark writes them, as datetimes', async () => {
    const moments = ['1969-07-20T20:17:40.000Z', '2024-02-29T23:59:59.999Z'].map((text) => new Date(text));
    const imported = await importFile(new File([makeInt96Parquet('at', moments)], 'a.parquet'));
    expect(imported.table.summary.columns).toMatchObject([{ name: 'at', type: 'datetime', timeZone: null }]);
    expect((await readTable(imported)).rows).toEqual(moments.map((moment) => [moment.getTime()]));
  });

  it('keeps lists and structs, within one another, as they are', async () => {
    const point = new Struct([
      new Field('x', new Int32(), true),
      new Field('tags', new List(new Field('item', new Utf8(), true)), true),
    ]);
    const values = [{ x: 1, tags: ['a', null] }, null, { x: null, tags: [] }];
    const nested = new Table({ point: vectorFromArray(values, point) });
    const bytes = Uint8Array.from(writeParquet(WasmTable.fromIPCStream(tableToIPC(nested, 'stream'))));
    const imported = await importFile(new File([bytes], 'a.parquet'));
    const { columns, rows } = await readTable(imported);
    expect(columns).toBe('point: nested');
    expect(JSON.parse(JSON.stringify(rows))).toEqual(values.map((value) => [value]));
    expect((await previewFile(new File([bytes], 'a.parquet'))).rows).toEqual([
      ['{"x": 1, "tags": ["a", null]}'],
      [null],
      ['{"x": null, "tags": []}'],
    ]);
  });

  it('that is cut in half says so', async () => {
    const bytes = makeParquet();
    expect(await findProblem('a.parquet', bytes.subarray(0, bytes.length / 2))).toBe(
      '“a.parquet” could not be read: it is a Parquet file that is cut short: its end, which tells what is in it, is missing. Fetch or save it again.',
    );
  });

  it('that is damaged within says so', async () => {
    const bytes = makeParquet();
    bytes.fill(0xff, 4, bytes.length - 8);
    expect(await findProblem('a.parquet', bytes)).toContain('it is damaged, or written in a way');
  });
});
