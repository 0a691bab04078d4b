// Longer than most: the rules of CSV, one by one, beside what is large or strange.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createImportOptions, type ImportOptions } from '../../model/import-options.ts';
import {
  csv,
  findProblem,
  importFile,
  longCsv,
  previewFile,
  readReport,
  readTable,
  readText,
  typed,
  type Change,
} from './testing/import-file.ts';

/** Little-endian, or big-endian. */
function utf16(text: string, isBig = false): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  Array.from(text).forEach((character, index) => {
    view.setUint16(index * 2, character.charCodeAt(0), !isBig);
  });
  return bytes;
}

describe('each file of csv-spectrum', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum'));
  const read = (kind: 'csvs' | 'json', name: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(readFileSync(join(folder, kind, `${name}.${kind === 'csvs' ? 'csv' : 'json'}`)));

  it.each([
    ...['comma_in_quotes', 'empty', 'empty_crlf', 'escaped_quotes', 'json', 'newlines', 'newlines_crlf'],
    ...['quotes_and_newlines', 'simple', 'simple_crlf', 'utf8'],
  ])('has the rows that it names itself: %s', async (name) => {
    const expected = JSON.parse(new TextDecoder().decode(read('json', name))) as Record<string, string>[];
    const keys = Object.keys(expected[0] ?? {});
    const types = Object.fromEntries(keys.map((key) => [key, 'string' as const]));
    const { columns, rows } = await readText(`${name}.csv`, read('csvs', name), typed(types));
    expect(columns).toBe(keys.map((key) => `${key}: string`).join(', '));
    // CSV cannot tell an empty text from a missing one.
    expect(rows.map((row) => row.map((value) => value ?? ''))).toEqual(
      expected.map((row) => keys.map((key) => row[key])),
    );
  });

  it('with coordinates, whose quotes stand within fields', async () => {
    const { rows } = await readText('location.csv', read('csvs', 'location_coordinates'));
    expect(rows.map((row) => row.slice(1))).toEqual([
      [expect.stringMatching(/^37.+36'37\.8"N 121.+2'17\.9"W$/), 'Modesto', 'Stanislaus'],
    ]);
  });
});

describe('the types of columns', () => {
  it('are the narrowest that lose nothing', async () => {
    const content = [
      'whole,long,decimal,truth,day,local,moment,zip,plus,date?,nothing',
      '1,9007199254740993,1.50,true,2024-02-29,2024-02-29 12:30,2024-02-29T12:30:00+02:00,007,+41,2024-02-30,',
      '-2,-9223372036854775808,-1e-7,FALSE,1969-12-31,0001-01-01T00:00:00.000001,1970-01-01T00:00:00Z,8001,+42,x,',
      ',,NA,,,,,,,,',
    ].join('\n');
    expect(await readText('types.csv', content)).toEqual({
      columns:
        'whole: int64, long: int64, decimal: float64, truth: bool, day: date, local: datetime, moment: datetime, zip: string, plus: string, date?: string, nothing: string',
      rows: [
        [
          ...[1, '9007199254740993n', 1.5, true, Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 29, 12, 30)],
          ...[Date.UTC(2024, 1, 29, 10, 30), '007', '+41', '2024-02-30', null],
        ],
        [
          ...[-2, '-9223372036854775808n', -1e-7, false, -86_400_000, -62_135_596_799_999.999],
          ...[0, '8001', '+42', 'x', null],
        ],
        Array<null>(11).fill(null),
      ],
    });
  });

  it('keep words for missing values where all is text', async () => {
    expect((await readText('a.csv', 'code,n\nNA,NA\nCH,1\n')).rows).toEqual([
      ['NA', null],
      ['CH', 1],
    ]);
  });

  it('take a comma before decimals where semicolons part the fields', async () => {
    expect(await readText('a.csv', 'a;b;c\n1,5;1,5;x\n2;2.5;y\n')).toEqual({
      columns: 'a: float64, b: string, c: string',
      rows: [
        [1.5, '1,5', 'x'],
        [2, '2.5', 'y'],
      ],
    });
    expect((await readText('a.csv', 'a,b\n"1,5",2\n')).columns).toBe('a: string, b: int64');
  });

  it('give way to a value that no sample told of, and nothing of the others is lost', async () => {
    const odd = longCsv('a,b,c', (index) => `${index},${index},${index}.50`, '00,1.5,x');
    const table = await importFile(odd);
    const { columns, rows } = await readTable(table);
    expect(columns).toBe('a: string, b: float64, c: string');
    expect(table.notes).toEqual([
      '“a” is read as text: “00” in “a” is no whole number.',
      '“b” is read as decimal numbers: “1.5” in “b” is no whole number.',
      '“c” is read as text: “x” in “c” is no decimal number.',
    ]);
    expect([rows[0], rows[165_000], rows[299_999]]).toEqual([
      ['0', 0, '0.50'],
      ['00', 1.5, 'x'],
      ['299999', 299_999, '299999.50'],
    ]);
    expect((await previewFile(odd)).columns.map(({ type }) => type)).toEqual(['int64', 'int64', 'float64']);
  });

  it('make texts of long whole numbers beside decimals, as no double holds both', async () => {
    const odd = longCsv('a', (index) => `90071992547409${String(index % 90).padStart(2, '1')}`, '0.5');
    expect((await readTable(await importFile(odd))).columns).toBe('a: string');
  });

  it('that are true or false are so in other languages, where that was said', async () => {
    const content = 'de,fr,es,en\nja,vrai,Sí,1\nNein,faux,no,0\n,,,\n';
    const truths = typed({ de: 'bool', fr: 'bool', es: 'bool', en: 'bool' });
    expect((await readText('a.csv', content, truths)).rows).toEqual([
      Array<boolean>(4).fill(true),
      Array<boolean>(4).fill(false),
      Array<null>(4).fill(null),
    ]);
    expect((await readText('a.csv', content)).columns).toBe('de: string, fr: string, es: string, en: int64');
  });

  it('that were chosen leave out the rows that do not fit, counted and told', async () => {
    const content = 'day,n\n2024-01-01,1\n01.02.2024,2\n2024-01-03,x\n,\n';
    const table = await importFile(csv(content), typed({ day: 'date', n: 'int64' }));
    expect((await readTable(table)).rows).toEqual([
      [Date.UTC(2024, 0, 1), 1],
      [null, null],
    ]);
    expect(table.rejected?.count).toBe(2);
    expect(await readReport(table)).toEqual([
      '3,“01.02.2024” in “day” may have the day or the month first: say which,"01.02.2024,2"',
      '4,“x” in “n” is no whole number,"2024-01-03,x"',
    ]);
  });
});

describe('rows', () => {
  it('with too few fields get missing values, with too many they are left out', async () => {
    const table = await importFile(csv('a,b,c\n1,2,3\n4\n5,6,7,8\n9,10,11,\n\n12,13,14\n'));
    expect((await readTable(table)).rows).toEqual([
      [1, 2, 3],
      [4, null, null],
      [9, 10, 11],
      [12, 13, 14],
    ]);
    expect(table.shortRowCount).toBe(1);
    expect(await readReport(table)).toEqual(['4,it has 4 fields instead of 3,"5,6,7,8"']);
  });

  it('with a quote that nothing closes are left out alone', async () => {
    const table = await importFile(csv('a,b\n1,x\n2,"y\n3,z\n4,w\n'));
    expect((await readTable(table)).rows).toEqual([
      [1, 'x'],
      [3, 'z'],
      [4, 'w'],
    ]);
    expect(await readReport(table)).toEqual(['3,a quote opens in it that nothing closes,"2,""y"']);
  });

  it('end with LF, CR, or both, in one file', async () => {
    expect((await readText('a.csv', 'a,b\r1,"x\r\ny"\n2,z\r\n3,w')).rows).toEqual([
      [1, 'x\r\ny'],
      [2, 'z'],
      [3, 'w'],
    ]);
  });

  it('of a long file that end with CR and LF are as many as there are, in one column too', async () => {
    const rows = Array.from({ length: 300_000 }, (_, index) => String((index * 7919) % 1_000_000));
    for (const lineEnd of ['\r\n', '\n']) {
      const { table } = await importFile(csv(['n', ...rows, ''].join(lineEnd)));
      expect(table.summary.rowCount).toBe(rows.length);
    }
  });

  it('of a single column may be empty', async () => {
    expect(await readText('a.csv', 'n\n1\n\n3\n')).toEqual({ columns: 'n: int64', rows: [[1], [null], [3]] });
  });

  it('have numbers over the whole of a long file', async () => {
    const table = await importFile(longCsv('a,b', (index) => `${index},y`, '1,2,3'));
    expect(await readReport(table)).toEqual(['165002,it has 3 fields instead of 2,"1,2,3"']);
    expect(table.table.summary.rowCount).toBe(299_999);
  });
});

describe('a line that says what parts the fields', () => {
  it.each([
    ['UTF-8', 'sep=;\r\na;b,c\r\n1;2\r\n3;4;5\r\n'],
    ['UTF-8 with a mark', '\ufeffsep=;\na;b,c\n1;2\n3;4;5\n'],
    ['UTF-16', utf16('\ufeffsep=;\na;b,c\n1;2\n3;4;5\n')],
  ])('is no row of the file: %s', async (_name, content) => {
    const file = csv(content);
    const table = await importFile(file);
    expect(await readTable(table)).toEqual({ columns: 'a: int64, b,c: int64', rows: [[1, 2]] });
    expect(await readReport(table)).toEqual(['4,it has 3 fields instead of 2,3;4;5']);
    expect((await previewFile(file)).problems).toEqual([
      'A row would be left out. Row 4: it has 3 fields instead of 2.',
    ]);
  });
});

describe('a header', () => {
  it('may have names twice, or none: each column gets one of its own, which is told', async () => {
    const content = 'a,a,,b,a_2,a\n1,2,3,4,5,x\n';
    expect((await readText('a.csv', content, typed({ a_3: 'string' }))).columns).toBe(
      'a: int64, a_3: string, column_3: int64, b: int64, a_2: int64, a_4: string',
    );
    expect((await previewFile(csv(content))).problems).toEqual([
      '“a” is the name of several columns: column 2 is called “a_3”.',
      'Column 3 has no name and is called “column_3”.',
      '“a” is the name of several columns: column 6 is called “a_4”.',
    ]);
  });

  it('may be all there is', async () => {
    expect(await readText('a.csv', 'a,b')).toEqual({ columns: 'a: string, b: string', rows: [] });
  });

  it('is not there where the first row holds values as the others do', async () => {
    expect(await readText('a.csv', '1,x\n2,y\n')).toEqual({
      columns: 'column_1: int64, column_2: string',
      rows: [
        [1, 'x'],
        [2, 'y'],
      ],
    });
  });

  it('has numbers as names where the columns tell that it is one', async () => {
    expect((await readText('a.csv', 'country,2020,2021\nCH,1,2\n')).columns).toBe(
      'country: string, 2020: int64, 2021: int64',
    );
  });
});

describe('an encoding', () => {
  const text = 'name,n\nZoë,1\nŁódź,2\n';
  const rows = [
    ['Zoë', 1],
    ['Łódź', 2],
  ];

  it.each([
    ['UTF-8', text],
    ['UTF-8 with a mark', `\ufeff${text}`],
    ['UTF-16, little-endian, with a mark', utf16(`\ufeff${text}`)],
    ['UTF-16, big-endian, with a mark', utf16(`\ufeff${text}`, true)],
    ['UTF-16, little-endian', utf16(text)],
    ['UTF-16, big-endian', utf16(text, true)],
  ])('is found: %s', async (_name, content) => {
    expect(await readText('a.csv', content)).toEqual({ columns: 'name: string, n: int64', rows });
  });

  it('is Windows-1252 where it is not UTF-8, or what is said', async () => {
    const bytes = new Uint8Array([...'n\n'].map((c) => c.charCodeAt(0)).concat([0x80, 0xb3, 10]));
    expect((await readText('a.csv', bytes)).rows).toEqual([['€³']]);
    const central: Change = (options) => ({ ...options, encoding: 'iso-8859-2' }) as ImportOptions;
    expect((await readText('a.csv', bytes, central)).rows).toEqual([['\u0080ł']]);
  });

  it('that is broken in a few rows leaves those out', async () => {
    const head = new TextEncoder().encode(`a,b\n${'ä,1\n'.repeat(400_000)}`);
    const bytes = new Uint8Array(head.length * 2);
    bytes.set(head);
    bytes.set(head.subarray(4), head.length);
    bytes[head.length - 5] = 0xff;
    const table = await importFile(csv(bytes.subarray(0, head.length * 2 - 4)));
    expect(table.rejected?.count).toBe(1);
    expect(await readReport(table)).toEqual([expect.stringContaining('it has bytes that are not UTF-8')]);
  });
});

describe('what is large or strange', () => {
  it('10,000 columns', async () => {
    const line = (start: number): string =>
      Array.from({ length: 10_000 }, (_, index) => start + index).join(',');
    const { columns, rows } = await readText('wide.csv', `${line(0)}\n${line(1)}\n`);
    expect([columns.split(', ').length, rows.length, rows[1]?.[9999]]).toEqual([10_000, 2, 10_000]);
  });

  it('a cell of 50 MB, quoted and with line ends', async () => {
    const cell = 'line of a text\n'.repeat(3_400_000);
    const { rows } = await readText('a.csv', `a,b\n1,"${cell}"\n2,y\n`);
    expect(rows.map((row) => [row[0], String(row[1]).length])).toEqual([
      [1, cell.length],
      [2, 1],
    ]);
  });

  it('characters of code 0, and the mark that ends files of DOS', async () => {
    expect((await readText('a.csv', 'a,b\n1,x\0y\n\0\0,2\n\x1a')).rows).toEqual([
      ['1', 'x\0y'],
      ['\0\0', '2'],
      ['\x1a', null],
    ]);
  });

  it.each([
    [
      '<!DOCTYPE html>\n<html><body>Sign in</body></html>',
      'it is a web page, and no table. Its address may be',
    ],
    ['\n<!-- a --><HTML lang="en">\n<head>', 'it is a web page, and no table.'],
    ['<?xml version="1.0"?>\n<rows/>', 'it is XML, and no table. Export it as CSV.'],
  ])('%j, whatever its name', async (content, problem) => {
    expect(await findProblem('a.csv', content)).toContain(`“a.csv” could not be read: ${problem}`);
  });

  it('nothing at all', async () => {
    expect(await findProblem('a.csv', '')).toBe(
      '“a.csv” could not be read: it is empty: there is not even a line that names columns. Choose another file.',
    );
  });

  it('a picture, or something packed, by any name', async () => {
    expect(await findProblem('a.csv', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]))).toBe(
      '“a.csv” could not be read: it is a picture, and no table.',
    );
    expect(await findProblem('a.csv.gz', new Uint8Array([0x1f, 0x8b, 8, 0]))).toBe(
      '“a.csv.gz” could not be read: it is packed with gzip. Unpack it first.',
    );
  });
});

it('a preview tells what would come, and what would be left out', async () => {
  const preview = await previewFile(csv('a;b\n1;x\n2;y;z\n'));
  expect(preview).toEqual({
    options: createImportOptions('csv'),
    found: {
      delimiter: ';',
      encoding: 'utf-8',
      firstRow: 1,
      hasHeader: true,
      numbers: { decimalMark: ',', thousandsMark: '' },
      missingMarks: [],
      sheets: [],
      sheet: null,
    },
    columns: [
      { name: 'a', type: 'int64', timeZone: null },
      { name: 'b', type: 'string', timeZone: null },
    ],
    rows: [
      ['1', 'x'],
      ['2', 'y'],
    ],
    rowCount: 1,
    isCounted: true,
    tableBytes: expect.any(Number) as number,
    rejectedCount: 1,
    emptiedCount: 0,
    problems: ['A row would be left out. Row 3: it has 3 fields instead of 2.'],
  });
});

it('a preview goes on behind rows that would be left out, and tells of the first three', async () => {
  const content = 'a,b,c\n1,x,2\n12,"x"y,13\n3,z,4\n5,"w,6\n7,v,8\n1,2,3,4\n1,2,3,4\n';
  const preview = await previewFile(csv(content));
  expect([preview.rowCount, preview.rows.length, preview.problems]).toEqual([
    3,
    5,
    [
      '4 rows would be left out. Row 3: a field in quotes goes on behind them. Row 5: a quote opens in it that nothing closes. Row 7: it has 4 fields instead of 3. And 1 more.',
    ],
  ]);
});

it('a preview says why a column is text that is nearly all numbers', async () => {
  const lines = Array.from({ length: 20 }, (_, index) => `${String(index)},x`);
  lines[7] = 'oops,x';
  expect((await previewFile(csv(`id,t\n${lines.join('\n')}\n`))).problems).toEqual([
    '“id” is text: one value looked at is no number, as “oops”, row 9.',
  ]);
});
