import type { Cell } from '../cell-reader.ts';
import type { OpenTable } from '../OpenTable.ts';
import { Pauses, type Run } from '../query/run.ts';

/** Rows that are written at a time: as many as a page has, or, where they are scattered, as a batch has. */
const rowsAtOnce = 8192;
const scatteredRowsAtOnce = 65_536;
/** Of a table with many columns fewer rows are written at a time: each cell is an object. */
const cellsAtOnce = 4_000_000;
const noCell: Cell = { kind: 'null', text: '' };

/**
 * CSV as RFC 4180 has it, in UTF-8: nulls are nothing at all, an empty text is `""`. Numbers have all their digits, times are
 * written as in ISO 8601, what is nested as it is shown.
 */
export async function writeCsv(
  table: OpenTable,
  columns: readonly number[],
  hasHeader: boolean,
  run: Run,
): Promise<Blob> {
  const names = columns.map((column) => quote(table.summary.columns[column]?.name ?? ''));
  const head = hasHeader ? `${names.join(',')}\r\n` : '';
  const lineOf = (cells: readonly Cell[]) => `${cells.map(csvField).join(',')}\r\n`;
  return await write(table, columns, run, 'text/csv', head, lineOf);
}

/**
 * What a spreadsheet takes from the clipboard: tabs between cells as they are shown, no line end after the last row, and
 * quotes around a text that has tabs, quotes or lines in it.
 */
export async function writeTsv(
  table: OpenTable,
  columns: readonly number[],
  hasHeader: boolean,
  run: Run,
): Promise<Blob> {
  const names = columns.map((column) => tsvText(table.summary.columns[column]?.name ?? ''));
  let isFirst = !hasHeader;
  const lineOf = (cells: readonly Cell[]) => {
    const line = cells.map(({ kind, text }) => (kind === 'null' ? '' : tsvText(text))).join('\t');
    const start = isFirst ? '' : '\n';
    isFirst = false;
    return `${start}${line}`;
  };
  return await write(
    table,
    columns,
    run,
    'text/tab-separated-values',
    hasHeader ? names.join('\t') : '',
    lineOf,
  );
}

/**
 * A line of JSON for each row. Numbers are written with all their digits, NaN and the infinite ones, which JSON lacks, as null;
 * of columns with one name the later ones get a number.
 */
export async function writeJsonLines(table: OpenTable, columns: readonly number[], run: Run): Promise<Blob> {
  const keys = uniqueNames(columns.map((column) => table.summary.columns[column]?.name ?? '')).map((name) =>
    JSON.stringify(name),
  );
  const lineOf = (cells: readonly Cell[]) => {
    const entries = cells.map((cell, index) => `${keys[index] ?? ''}:${jsonValue(cell)}`);
    return `{${entries.join(',')}}\n`;
  };
  return await write(table, columns, run, 'application/jsonl', '', lineOf);
}

async function write(
  table: OpenTable,
  columns: readonly number[],
  { signal, report }: Run,
  type: string,
  head: string,
  lineOf: (cells: readonly Cell[]) => string,
): Promise<Blob> {
  const pauses = new Pauses(signal);
  const { rowCount } = table.summary;
  const step = Math.min(
    table.rows === null ? rowsAtOnce : scatteredRowsAtOnce,
    Math.max(1, Math.floor(cellsAtOnce / Math.max(1, columns.length))),
  );
  const parts: BlobPart[] = [head];
  for (let start = 0; start < rowCount; start += step) {
    const rows = { start, end: Math.min(rowCount, start + step) };
    const cells: Cell[][] = [];
    for (const column of columns) {
      cells.push(await table.readCells(rows, column));
      await pauses.take();
    }
    let text = '';
    for (let row = 0; row < rows.end - rows.start; row++) {
      text += lineOf(cells.map((column) => column[row] ?? noCell));
      // A text of more would be too long for one string before long.
      if (text.length > 1_000_000) {
        parts.push(new Blob([text]));
        text = '';
        await pauses.take();
      }
    }
    // A blob lies outside of this worker's memory.
    parts.push(new Blob([text]));
    report(rows.end, rowCount);
  }
  return new Blob(parts, { type });
}

function csvField({ kind, text }: Cell): string {
  switch (kind) {
    case 'null':
      return '';
    case 'boolean':
      return text.toLowerCase();
    case 'datetime':
      return text.replace(' ', 'T');
    case 'text':
    case 'nested':
      return quote(text);
    default:
      return text;
  }
}

function quote(text: string): string {
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tsvText(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonValue({ kind, text }: Cell): string {
  switch (kind) {
    case 'null':
    case 'nan':
      return 'null';
    case 'boolean':
      return text.toLowerCase();
    case 'number':
      return text.endsWith('inf') ? 'null' : text;
    case 'datetime':
      return JSON.stringify(text.replace(' ', 'T'));
    case 'nested':
      return isJson(text) ? text : JSON.stringify(text);
    default:
      return JSON.stringify(text);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name} (${String(count)})`;
    taken.add(unique);
    return unique;
  });
}
