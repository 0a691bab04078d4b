import { describe, expect, it } from 'vitest';
import type { DayOrder, ImportOptions } from '../../model/import-options.ts';
import {
  csv,
  importFile,
  longCsv,
  previewFile,
  readReport,
  readTable,
  readText,
  typed,
  type Change,
} from './testing/import-file.ts';

describe('numbers', () => {
  const numbers =
    (decimalMark: '.' | ',', thousandsMark: '' | '.' | ','): Change =>
    (options) =>
      ({ ...options, decimalMark, thousandsMark }) as ImportOptions;

  it.each([
    ['1.234,50;2,5;-1.234.567,0', [1234.5, 2.5, -1_234_567]],
    ["1'234.50;1'234;0.5", [1234.5, 1234, 0.5]],
    ['1 234,50;1\u00a0234;7', [1234.5, 1234, 7]],
    ['1,234.50;2,000,000;3', [1234.5, 2_000_000, 3]],
  ])('are read with the marks that are certain: %s', async (values, expected) => {
    const content = `n\tt\n${values.split(';').join('\tx\n')}\tx\n`;
    const { columns, rows } = await readText('a.tsv', content);
    expect([columns, rows.map(([value]) => value)]).toEqual(['n: float64, t: string', expected]);
  });

  it.each(['1.234.567\t2.000.000', '1,234\t2,345', '044 123 456\t1 234', '192.168.100.200\t127.100.100.100'])(
    'are texts where the marks are not certain: %s',
    async (values) => {
      const content = `n\tt\n${values.split('\t').join('\tx\n')}\tx\n`;
      expect((await readText('a.tsv', content)).columns).toBe('n: string, t: string');
    },
  );

  it('that the marks of other columns explain are read like those', async () => {
    const content = 'sum;count;zip\n1.234,50;1.234;8001\n2,00;5.678;8002\n';
    expect(await readText('a.csv', content)).toEqual({
      columns: 'sum: float64, count: int64, zip: int64',
      rows: [
        [1234.5, 1234, 8001],
        [2, 5678, 8002],
      ],
    });
  });

  it('are read by the marks that were said', async () => {
    const content = 'a\tb\n1,234\tx\n2,345\ty\n';
    expect((await readText('a.tsv', content, numbers('.', ','))).rows[0]).toEqual([1234, 'x']);
    expect((await readText('a.tsv', content, numbers(',', ''))).rows[0]).toEqual([1.234, 'x']);
    const preview = await previewFile(csv(content, 'a.tsv'));
    expect(preview.problems).toEqual([
      '“a” is text: the mark in its numbers may part thousands or decimals. Say which above, or choose a type.',
    ]);
  });

  it('of a column whose type was chosen are read with the marks that fit most of them', async () => {
    const content = 'a,b\n"1.234,50",x\nfree,y\n"2,5",z\n';
    const table = await importFile(csv(content), typed({ a: 'float64' }));
    expect((await readTable(table)).rows).toEqual([
      [1234.5, 'x'],
      [2.5, 'z'],
    ]);
    expect(await readReport(table)).toEqual(['3,“free” in “a” is no decimal number,"free,y"']);
  });

  it('that lose digits as decimal numbers are left out where that was chosen', async () => {
    const table = await importFile(csv('a\n9007199254740993\n9007199254740992\n'), typed({ a: 'float64' }));
    expect((await readTable(table)).rows).toEqual([[2 ** 53]]);
    expect(await readReport(table)).toEqual([
      '2,“9007199254740993” in “a” has more digits than a decimal number holds: read it as whole number or text,9007199254740993',
    ]);
  });
});

describe('dates with the year last', () => {
  const ordered =
    (dayOrder: DayOrder): Change =>
    (options) =>
      ({
        ...options,
        columns: [{ name: 'd', type: 'date', dayOrder }],
        misfitWay: 'leave-row-out',
      }) as ImportOptions;

  it('are dates where one of them tells the order, and none contradicts it', async () => {
    const content =
      'd,m,t,both,open\n24.12.2025,12/24/2025,1.2.2025 8:30,24.12.2025,1.2.2025\n' +
      '1.2.2025,1/2/2025,24.12.2025 18:30:15,12/24/2025,3.4.2025\n';
    const february = Date.UTC(2025, 1, 1);
    const christmas = Date.UTC(2025, 11, 24);
    expect(await readText('a.csv', content)).toEqual({
      columns: 'd: date, m: date, t: datetime, both: string, open: string',
      rows: [
        [christmas, christmas, Date.UTC(2025, 1, 1, 8, 30), '24.12.2025', '1.2.2025'],
        [february, Date.UTC(2025, 0, 2), Date.UTC(2025, 11, 24, 18, 30, 15), '12/24/2025', '3.4.2025'],
      ],
    });
    expect((await previewFile(csv(content))).problems).toEqual([
      '“both” is text: its dates may have the day or the month first. Choose its type.',
      '“open” is text: its dates may have the day or the month first. Choose its type.',
    ]);
  });

  it('are read in the order that was said', async () => {
    const content = 'd,x\n1.2.2025,a\n24.12.2025,b\n31.2.2025,c\n';
    const table = await importFile(csv(content), ordered('day-first'));
    expect((await readTable(table)).rows).toEqual([
      [Date.UTC(2025, 1, 1), 'a'],
      [Date.UTC(2025, 11, 24), 'b'],
    ]);
    expect((await readText('a.csv', content, ordered('month-first'))).rows).toEqual([
      [Date.UTC(2025, 0, 2), 'a'],
    ]);
  });

  it('make texts of a column where a value far from all samples contradicts the order', async () => {
    const odd = longCsv('d', (index) => `24.${String((index % 12) + 1)}.2025`, '12/24/2025');
    expect((await readTable(await importFile(odd))).columns).toBe('d: string');
  });
});
