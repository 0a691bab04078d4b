import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../../model/import-options.ts';
import {
  findProblem,
  importFile,
  previewFile,
  readReport,
  readTable,
  readText,
  typed,
  type Change,
} from './testing/import-file.ts';

describe('a workbook', () => {
  const sheet = (rows: string, merged: readonly string[] = []): string => {
    const ranges = merged.map((range) => `<mergeCell ref="${range}"/>`).join('');
    const merges = ranges && `<mergeCells count="${String(merged.length)}">${ranges}</mergeCells>`;
    return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${merges}</worksheet>`;
  };
  const text = (place: string, value: string): string =>
    `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;

  const people = sheet(
    `<row r="1">${text('A1', 'name')}${text('B1', 'n')}${text('C1', 'day')}</row>` +
      `<row r="2">${text('A2', 'Ada')}<c r="B2"><v>1.5</v></c><c r="C2" s="1"><v>45351</v></c></row>` +
      `<row r="3">${text('A3', 'Bob')}<c r="B3"><v>2</v></c></row>` +
      `<row r="4">${text('A4', 'Cy')}<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
  );

  function makeWorkbook(first = people): Uint8Array<ArrayBuffer> {
    const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const files = {
      '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Sales" sheetId="1" r:id="a"/><sheet name="Other" sheetId="2" r:id="b"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="a" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="${office}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="s" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
      'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
      'xl/worksheets/sheet1.xml': first,
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

  /** A workbook of one sheet, of texts and numbers by rows. */
  function makeSheet(
    rows: readonly (readonly (string | number)[])[],
    merged: readonly string[] = [],
  ): Uint8Array<ArrayBuffer> {
    const cells = (row: readonly (string | number)[], number: string): string =>
      row
        .map((value, column) => {
          const place = `${String.fromCharCode(65 + column)}${number}`;
          if (value === '') return '';
          return typeof value === 'string'
            ? text(place, value)
            : `<c r="${place}"><v>${String(value)}</v></c>`;
        })
        .join('');
    const lines = rows.map((row, index) => {
      const number = String(index + 1);
      return `<row r="${number}">${cells(row, number)}</row>`;
    });
    return makeWorkbook(sheet(lines.join(''), merged));
  }

  it('has the value of merged cells in the first of them, and says so, but for titles above the table', async () => {
    const rows = [
      ['Sales by town', '', ''],
      ['town', 'year', 'n'],
      ['Bern', 2023, 1],
      ['', 2024, 2],
      ['Basel', 2023, 3],
    ];
    const file = new File([makeSheet(rows, ['A1:C1', 'A3:A4'])], 'a.xlsx');
    const imported = await importFile(file);
    expect(await readTable(imported)).toEqual({
      columns: 'town: string, year: int64, n: int64',
      rows: [
        ['Bern', 2023, 1],
        [null, 2024, 2],
        ['Basel', 2023, 3],
      ],
    });
    expect(imported.notes.at(-1)).toBe(
      'The cells A3:A4 are merged: the first of them has their value, the others are missing values.',
    );
    const both = await importFile(new File([makeSheet(rows, ['A3:A4', 'C3:C4'])], 'a.xlsx'));
    expect(both.notes.at(-1)).toBe(
      '2 ranges of cells are merged (the first A3:A4): the first cell of each has their value, the others are missing values.',
    );
    expect((await importFile(new File([makeSheet(rows, ['A1:C1'])], 'a.xlsx'))).notes).toEqual(
      imported.notes.slice(0, -1),
    );
  });

  it('may have other rows above its names, which are passed over and told of', async () => {
    const rows = [['Sales by town', ''], ['As of 2 May', ''], [], ['town', 'n'], ['Bern', 1], ['Basel', 2]];
    const file = new File([makeSheet(rows)], 'a.xlsx');
    const { found, problems } = await previewFile(file);
    expect([found.firstRow, found.hasHeader]).toEqual([4, true]);
    expect(problems).toHaveLength(1);
    const read = {
      columns: 'town: string, n: int64',
      rows: [
        ['Bern', 1],
        ['Basel', 2],
      ],
    };
    expect(await readTable(await importFile(file))).toEqual(read);
    const fromFifth: Change = (options) => ({ ...options, firstRow: 5, hasHeader: false }) as ImportOptions;
    expect(await readTable(await importFile(file, fromFifth))).toEqual({
      ...read,
      columns: 'column_1: string, column_2: int64',
    });
    const beyond: Change = (options) => ({ ...options, firstRow: 50 }) as ImportOptions;
    await expect(importFile(file, beyond)).rejects.toThrow(
      '“a.xlsx” could not be read: it has no row 50, which is to be read first. Say another one.',
    );
  });

  it('may have marks for missing values, and values that do not fit, which are left empty and told of', async () => {
    const rows = [
      ['n', 'm'],
      [1, 'n/a'],
      ['-', 2],
      ['three', 3],
      [4, 4],
    ];
    const file = new File([makeSheet(rows)], 'a.xlsx');
    const read = async (change: Change): Promise<unknown> =>
      (await readTable(await importFile(file, change))).rows;
    const numbers = typed({ n: 'int64', m: 'int64' }, 'leave-value-empty');
    const marked: Change = (options) =>
      ({ ...numbers(options), missingMarks: ['-', 'n/a'] }) as ImportOptions;
    const expected = [
      [1, null],
      [null, 2],
      [null, 3],
      [4, 4],
    ];
    expect(await read(marked)).toEqual(expected);
    expect(await readReport(await importFile(file, marked), 'emptied')).toHaveLength(1);
    expect(await readReport(await importFile(file, numbers), 'emptied')).toHaveLength(3);
  });
});
