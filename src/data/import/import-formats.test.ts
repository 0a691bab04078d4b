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
import { strToU8, zipSync } from 'fflate';
import { initSync, Table as WasmTable, writeParquet } from 'parquet-wasm/esm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../model/import-options.ts';
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

describe('a workbook', () => {
  const sheet = (rows: string): string =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;
  const text = (place: string, value: string): string =>
    `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;

  function makeWorkbook(): Uint8Array<ArrayBuffer> {
    const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const files = {
      '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Sales" sheetId="1" r:id="a"/><sheet name="Other" sheetId="2" r:id="b"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="a" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="${office}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="s" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
      'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
      'xl/worksheets/sheet1.xml': sheet(
        `<row r="1">${text('A1', 'name')}${text('B1', 'n')}${text('C1', 'day')}</row>` +
          `<row r="2">${text('A2', 'Ada')}<c r="B2"><v>1.5</v></c><c r="C2" s="1"><v>45351</v></c></row>` +
          `<row r="3">${text('A3', 'Bob')}<c r="B3"><v>2</v></c></row>` +
          `<row r="4">${text('A4', 'Cy')}<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
      ),
      'xl/worksheets/sheet2.xml': sheet('<row r="1"><c r="A1"><v>7</v></c></row>'),
    };
    return Uint8Array.from(
      zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strToU8(content)]))),
    );
  }

  it('has the rows of its first sheet, or of the one that was chosen', async () => {
    expect(await readText('a.xlsx', makeWorkbook())).toEqual({
      columns: 'name: string, n: float64, day: date',
      rows: [
        ['Ada', 1.5, Date.UTC(2024, 1, 29)],
        ['Bob', 2, null],
        ['Cy', null, null],
      ],
    });
    const other = (options: ImportOptions): ImportOptions =>
      ({ ...options, sheet: 'Other' }) as ImportOptions;
    expect(await readText('a.xlsx', makeWorkbook(), other)).toEqual({
      columns: 'column_1: int64',
      rows: [[7]],
    });
    expect((await previewFile(new File([makeWorkbook()], 'a.xlsx'))).found).toMatchObject({
      sheets: ['Sales', 'Other'],
      sheet: 'Sales',
      hasHeader: true,
    });
  });

  it('tells of errors in its cells', async () => {
    const file = new File([makeWorkbook()], 'a.xlsx');
    const notes = ['A cell holds an error (#DIV/0! in B4): it is a missing value.'];
    expect((await previewFile(file)).problems).toEqual(notes);
    expect((await importFile(file)).notes).toEqual(notes);
  });

  it('that would be too large once it is unpacked, or has a password, says so', async () => {
    const bytes = makeWorkbook();
    const view = new DataView(bytes.buffer);
    // Where the directory of the zip tells how long its first file is.
    const directory = bytes.findIndex(
      (_, at) => view.byteLength - at > 4 && view.getUint32(at) === 0x504b0102,
    );
    view.setUint32(directory + 24, 3_000_000_000, true);
    expect(await findProblem('a.xlsx', bytes)).toBe(
      '“a.xlsx” could not be read: its sheets take 3.0 GB unpacked, and no more than 1 GB is read. Save the sheet as CSV.',
    );
    const container = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(await findProblem('a.xlsx', container)).toContain('it is protected by a password.');
    expect(await findProblem('a.xls', container)).toContain(
      'in the format of before 2007. Save it as .xlsx.',
    );
  });

  it('that is none says so', async () => {
    expect(await findProblem('a.xlsx', makeWorkbook().subarray(0, 500))).toContain(
      '“a.xlsx” could not be read: it is no workbook that can be read',
    );
    expect(await findProblem('a.zip', makeWorkbook())).toContain('it is a zip, and no Excel workbook');
  });
});
