import { detectHeader, findMode } from './detect-dialect.ts';

/** So many rows above the names of columns are looked for. */
const mostAbove = 30;

/**
 * How many rows at the start of a file are no part of its table, such as a title and an empty line: rows that fill no more
 * than the first half of the columns, or are comments. As a header may be short, too, either an empty row has to part them
 * from the table, or what follows them has to begin with names of columns.
 */
export function countRowsAbove(rows: readonly (readonly string[])[]): number {
  const widths = rows.map(countFilled);
  const { fieldCount, share } = findMode(widths.filter((width) => width > 0));
  if (fieldCount < 2 || share <= 0.5) return 0;
  const isAbove = (index: number): boolean => {
    const width = widths[index] ?? 0;
    return width <= fieldCount / 2 || (width < fieldCount && rows[index]?.[0]?.startsWith('#') === true);
  };
  const count = rows.findIndex((_, index) => !isAbove(index));
  // Empty rows alone are passed over anyway.
  if (count <= 0 || count > mostAbove || widths.slice(0, count).every((width) => width === 0)) return 0;
  const isParted = fieldCount > 2 && widths[count - 1] === 0;
  return isParted || detectHeader(rows.slice(count).filter((_, index) => widths[count + index] !== 0))
    ? count
    : 0;
}

/** The fields of a row up to the last that holds something. */
function countFilled(row: readonly string[]): number {
  return row.findLastIndex((cell) => cell.trim() !== '') + 1;
}

/** So much is told of rows above a table. */
const mostTold = 3;
const longestTold = 60;

/** What is said of rows that are above a table, in sentences. */
export function describeRowsAbove(rows: readonly (readonly string[])[]): string[] {
  const texts = rows.map((row) => row.filter((cell) => cell.trim() !== '').join(' ')).filter((text) => text);
  if (texts.length === 0) return [];
  const shown = texts
    .slice(0, mostTold)
    .map((text) => `“${text.length > longestTold ? `${text.slice(0, longestTold)}…` : text}”`);
  const rest = texts.length > mostTold ? ' and more' : '';
  const what =
    rows.length === 1 ? 'The row above the table is' : `${String(rows.length)} rows above the table are`;
  return [`${what} left out: ${shown.join(', ')}${rest}.`];
}

/** The lines that rows take in a text whose line ends are line feeds. */
export function countLines(rows: readonly (readonly string[])[]): number {
  return rows.reduce(
    (sum, row) => row.reduce((lines, cell) => lines + cell.split('\n').length - 1, sum + 1),
    0,
  );
}

/**
 * Where a line of a text begins, `lineCount` lines behind a place of its bytes; their end where there are not so many. Of all
 * encodings but UTF-16, the bytes of CR and LF are no part of another character.
 */
export function findLineStart(
  bytes: Uint8Array,
  from: number,
  { lineCount, encoding }: { readonly lineCount: number; readonly encoding: string },
): number {
  const unit = encoding.startsWith('utf-16') ? 2 : 1;
  const low = encoding === 'utf-16be' ? 1 : 0;
  const isAt = (at: number, code: number): boolean =>
    bytes[at + low] === code && (unit === 1 || bytes[at + 1 - low] === 0);
  let at = from;
  let left = lineCount;
  while (left > 0 && at < bytes.length) {
    const isReturn = isAt(at, 13);
    if (isReturn || isAt(at, 10)) left -= 1;
    at += unit;
    if (isReturn && isAt(at, 10)) at += unit;
  }
  return Math.min(at, bytes.length);
}
