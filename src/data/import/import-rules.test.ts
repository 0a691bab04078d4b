import { expect, describe, it } from 'vitest';
import {
  csv,
  importFile,
  previewFile,
  readReport,
  readTable,
  readText,
  typed,
} from './testing/import-file.ts';
import type { Change } from './testing/import-file.ts';

/** Says more of a file. */
function said(more: Readonly<Record<string, unknown>>): Change {
  return (options) => ({ ...options, ...more });
}

describe('a value that does not fit the type that was chosen', () => {
  const content = 'name,n,day\nAda,1,2024-02-29\nZoë,k.A.,2024-02-30\nIda,9007199254740993,x\n';
  const types = { n: 'float64', day: 'date' } as const;

  it('is left empty, and told of with its row and column', async () => {
    const table = await importFile(csv(content), typed(types, 'leave-value-empty'));
    expect((await readTable(table)).rows).toEqual([
      ['Ada', 1, Date.UTC(2024, 1, 29)],
      ['Zoë', null, null],
      ['Ida', null, null],
    ]);
    expect([table.rejected, table.emptied?.count]).toEqual([null, 4]);
    expect(await readReport(table, 'emptied')).toEqual([
      '3,n,k.A.,“k.A.” in “n” is no decimal number',
      '3,day,2024-02-30,“2024-02-30” in “day” is no date such as 2024-12-31',
      '4,n,9007199254740993,“9007199254740993” in “n” has more digits than a decimal number holds: read it as whole number or text',
      '4,day,x,“x” in “day” is no date such as 2024-12-31',
    ]);
  });

  it('takes its whole row with it where that was said', async () => {
    const table = await importFile(csv(content), typed(types, 'leave-row-out'));
    expect((await readTable(table)).rows).toEqual([['Ada', 1, Date.UTC(2024, 1, 29)]]);
    expect([table.rejected?.count, table.emptied]).toEqual([2, null]);
  });

  it('is empty in a preview, which tells of it', async () => {
    const { rows, rowCount, rejectedCount, emptiedCount, problems } = await previewFile(
      csv(content),
      typed({ n: 'int64' }, 'leave-value-empty'),
    );
    expect(rows.map((row) => row[1])).toEqual(['1', null, '9007199254740993']);
    expect([rowCount, rejectedCount, emptiedCount]).toEqual([3, 0, 1]);
    expect(problems).toEqual(['A value would be left empty. Row 3: “k.A.” in “n” is no whole number.']);
  });

  it('is no value of a row that is left out for another reason', async () => {
    const table = await importFile(csv('a,b\n1,2\nx,2,3\n'), typed({ a: 'int64' }, 'leave-value-empty'));
    expect([table.rejected?.count, table.emptied]).toEqual([1, null]);
  });

  it('is left empty, or its row out, of JSON too', async () => {
    const file = new File(['{"a": 1, "b": 2}\n{"a": "k.A.", "b": 3}\n'], 'a.jsonl');
    const table = await importFile(file, typed({ a: 'int64' }, 'leave-value-empty'));
    expect((await readTable(table)).rows).toEqual([
      [1, 2],
      [null, 3],
    ]);
    expect(await readReport(table, 'emptied')).toEqual(['2,a,k.A.,“k.A.” in “a” is no whole number']);
    const rest = await importFile(file, typed({ a: 'int64' }, 'leave-row-out'));
    expect([rest.rejected?.count, rest.emptied]).toEqual([1, null]);
  });
});

describe('texts that stand for missing values', () => {
  const content = 'n,day,name\n1,2024-02-29,-\nk.A.,2024-03-01,Ada\n3, - ,K.a.\n4,2024-03-02,Ida\n';

  it('are missing values in every column once they are said, and no mistakes', async () => {
    const marks = said({ missingMarks: ['k.A.', '-'] });
    const table = await importFile(csv(content), marks);
    expect(await readTable(table)).toEqual({
      columns: 'n: int64, day: date, name: string',
      rows: [
        [1, Date.UTC(2024, 1, 29), null],
        [null, Date.UTC(2024, 2, 1), 'Ada'],
        [3, null, null],
        [4, Date.UTC(2024, 2, 2), 'Ida'],
      ],
    });
    expect([table.rejected, table.emptied]).toEqual([null, null]);
    expect((await previewFile(csv(content), marks)).rows[1]).toEqual([null, '2024-03-01', 'Ada']);
  });

  it('are found where a few of them keep a column from being numbers or dates', async () => {
    const { found } = await previewFile(csv(content));
    expect(found.missingMarks).toEqual(['k.A.', '-']);
  });

  it('are found among numbers with a comma, where a lone point stands for none', async () => {
    const comma = csv('a;n\nx;1,5\ny;.\nz;2,25\n');
    expect((await previewFile(comma)).found).toMatchObject({
      missingMarks: ['.'],
      numbers: { decimalMark: ',' },
    });
    expect((await readTable(await importFile(comma, said({ missingMarks: ['.'] })))).columns).toBe(
      'a: string, n: float64',
    );
  });

  it('are not found among texts, long ones, ones with digits, or many', async () => {
    const words = csv(
      'a,b,c,d\nAda,1,1,p\nBob,2,2,q\nCem,3,3,1\nDan,12 kg,so much that it is a text,r\nEla,5,5,s\n',
    );
    expect((await previewFile(words)).found.missingMarks).toEqual([]);
  });

  it('are found in JSON, and missing there', async () => {
    const lines = '{"n": 1}\n{"n": "n/v"}\n{"n": 3}\n';
    expect((await previewFile(new File([lines], 'a.jsonl'))).found.missingMarks).toEqual(['n/v']);
    expect(await readText('a.jsonl', lines, said({ missingMarks: ['N/V'] }))).toEqual({
      columns: 'n: int64',
      rows: [[1], [null], [3]],
    });
  });
});

describe('rows above the names of the columns', () => {
  const title = 'Population 2023\r\n\r\n';
  const table = 'place;year;people\r\nUlm;2023;129000\r\nRom;2023;2750000\r\n';
  const rows = [
    ['Ulm', 2023, 129000],
    ['Rom', 2023, 2750000],
  ];

  it('are passed over and told of, and are no bad rows', async () => {
    const imported = await importFile(csv(title + table));
    expect(await readTable(imported)).toEqual({ columns: 'place: string, year: int64, people: int64', rows });
    expect(imported).toMatchObject({
      rejected: null,
      shortRowCount: 0,
      notes: ['2 rows above the table are left out: “Population 2023”.'],
    });
    const { found, problems } = await previewFile(csv(title + table));
    expect([found.firstRow, found.hasHeader, problems]).toEqual([3, true, imported.notes]);
  });

  it.each([
    ['filled up with delimiters', `Population 2023;;\n;;\n`],
    ['without an empty row behind', 'Population 2023\n'],
    ['with a line end in quotes', '"Population\n2023"\n\n'],
    ['as comments', '# by place; 2023\n# as of May\n'],
    ['behind the line that says what parts fields', 'sep=;\nPopulation\n\n'],
  ])('are passed over %s', async (_, above) => {
    expect((await readText('a.csv', above + table)).rows).toEqual(rows);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('are passed over in %s', async (encoding) => {
    const text = `\ufeffTítle čň\u0a0d\r\n\r\n${table}`;
    const view = new DataView(new ArrayBuffer(text.length * 2));
    for (let index = 0; index < text.length; index++)
      view.setUint16(index * 2, text.charCodeAt(index), encoding === 'utf-16le');
    expect((await readText('a.csv', view.buffer)).rows).toEqual(rows);
  });

  it('count where a row is named', async () => {
    const content = `${title}${table}Bonn;2023;1;2\r\nKiel;x;1\r\n`;
    const imported = await importFile(csv(content), typed({ year: 'int64' }, 'leave-value-empty'));
    expect((await readReport(imported)).map((line) => line.slice(0, 2))).toEqual(['6,']);
    expect((await readReport(imported, 'emptied')).map((line) => line.slice(0, 7))).toEqual(['7,year,']);
  });

  it.each([
    ['a header that names the first of two columns alone', 'a,\n1,2\n3,4\n', 'a: int64, column_2: int64'],
    ['a header that names the last of two columns alone', ',a\nx,2\ny,4\n', 'column_1: string, a: int64'],
    ['a first row that is short', '1\n1,2,3\n4,5,6\n', 'column_1: int64, column_2: int64, column_3: int64'],
    ['a single column', 'a\n\n1\n2\n', 'a: int64'],
  ])('are not seen in %s', async (_, content, columns) => {
    expect((await readText('a.csv', content)).columns).toBe(columns);
  });

  it('are as many as was said', async () => {
    const content = 'Population, by place, 2023\na,b,c\n1,2,3\n4,5,6\n';
    expect((await readText('a.csv', content, said({ firstRow: 2 }))).columns).toBe(
      'a: int64, b: int64, c: int64',
    );
    expect((await readText('a.csv', content, said({ firstRow: 3, hasHeader: false }))).rows).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect((await readText('a.csv', title + table, said({ firstRow: 1, delimiter: ';' }))).columns).toContain(
      'Population 2023: ',
    );
    await expect(previewFile(csv(content), said({ firstRow: 9 }))).rejects.toThrow(
      'it has no row 9, which is to be read first. Say another one',
    );
  });
});
