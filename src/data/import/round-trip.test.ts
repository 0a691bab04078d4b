import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ImportOptions } from '../../model/import-options.ts';
import { importFile, readTable, type ReadTable } from './testing/import-file.ts';

type Value = string | number | bigint | boolean | null;

interface Column {
  readonly type: string;
  readonly values: readonly Value[];
}

/** How a table is written as CSV. */
interface Dialect {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly encoding: 'utf-8' | 'utf-8 with a mark' | 'utf-16le' | 'utf-16be';
  readonly quotesAll: boolean;
  readonly endsWithLine: boolean;
}

const rowCount = 6;

function column(type: string, value: fc.Arbitrary<Value>): fc.Arbitrary<Column> {
  const cells = fc.array(fc.option(value, { freq: 5 }), { minLength: rowCount, maxLength: rowCount });
  return cells.map((values) => ({ type, values }));
}

const texts = fc
  .string({ unit: fc.constantFrom(...'ab é漢😀"\',;|\t\n.-1 x'), minLength: 1, maxLength: 8 })
  .map((text) => `${text}t`);

const columns = fc.oneof(
  column('string', texts),
  column('int64', fc.maxSafeInteger()),
  column('int64', fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  column('float64', fc.double({ noNaN: true })),
  column('bool', fc.boolean()),
);

const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf-8', 'utf-8 with a mark', 'utf-16le', 'utf-16be'),
  quotesAll: fc.boolean(),
  endsWithLine: fc.boolean(),
});

function writeCsv(table: readonly Column[], dialect: Dialect): Uint8Array<ArrayBuffer> {
  const { delimiter, lineEnd, quotesAll, endsWithLine } = dialect;
  const write = (text: string): string =>
    quotesAll || /["\r\n]/.test(text) || text.includes(delimiter) || text.startsWith(' ')
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const cell = (value: Value): string =>
    value === null ? '' : write(Object.is(value, -0) ? '-0' : String(value));
  const lines = [
    table.map((_, index) => write(`c${index}`)),
    ...Array.from({ length: rowCount }, (_, row) => table.map(({ values }) => cell(values[row] ?? null))),
  ].map((fields) => fields.join(delimiter));
  return encode(lines.join(lineEnd) + (endsWithLine ? lineEnd : ''), dialect.encoding);
}

function encode(text: string, encoding: Dialect['encoding']): Uint8Array<ArrayBuffer> {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-8 with a mark') return new TextEncoder().encode(`\ufeff${text}`);
  const marked = `\ufeff${text}`;
  const bytes = new Uint8Array(marked.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < marked.length; index++) {
    view.setUint16(index * 2, marked.charCodeAt(index), encoding === 'utf-16le');
  }
  return bytes;
}

/** What a table is as it is read again: a column has the narrowest type that all of its values fit. */
function expectTable(table: readonly Column[]): ReadTable {
  const types = table.map(({ type, values }) => {
    const given = values.filter((value) => value !== null);
    if (given.length === 0) return 'string';
    // A double that is written without a point reads as a whole number; the column of it stays of doubles beside others.
    if (type !== 'float64') return type;
    const written = given.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
    return written.every((text) => /^-?(0|[1-9]\d*)$/.test(text) && text !== '-0') ? 'int64' : 'float64';
  });
  const read = (value: Value): unknown =>
    typeof value === 'bigint' && !Number.isSafeInteger(Number(value))
      ? `${String(value)}n`
      : typeof value === 'bigint'
        ? Number(value)
        : value;
  return {
    columns: types.map((type, index) => `c${index}: ${type}`).join(', '),
    rows: Array.from({ length: rowCount }, (_, row) => table.map(({ values }) => read(values[row] ?? null))),
  };
}

it('a table that is written as CSV in any way is read as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      // One column alone may have empty lines at its end, which are no rows.
      fc.array(columns, { minLength: 2, maxLength: 5 }),
      dialects,
      async (table, dialect) => {
        // A line without anything in it is no row; such rows are another matter.
        fc.pre(
          Array.from({ length: rowCount }, (_, row) => row).every((row) =>
            table.some(({ values }) => values[row] !== null),
          ),
        );
        // A double of more digits than one can keep apart from a long whole number is a text.
        fc.pre(
          table.every(
            ({ type, values }) =>
              type !== 'float64' || !values.some((value) => /^-?\d{16,}$/.test(String(value))),
          ),
        );
        const file = new File([writeCsv(table, dialect)], 'table.csv');
        const says = (options: ImportOptions): ImportOptions =>
          ({ ...options, delimiter: dialect.delimiter, hasHeader: true }) as ImportOptions;
        expect(await readTable(await importFile(file, says))).toEqual(expectTable(table));
      },
    ),
    { numRuns: 300 },
  );
});
