import { plainNumbers } from '../values/number-style.ts';
import { findKind, kinds } from '../values/value-kinds.ts';
import { parseSomeRows } from './parse-rows.ts';

/** What fields may be parted by, the likelier first where a file does not tell. */
const delimiters = ['\t', ';', '|', ',', '\u001f', '^'] as const;

const sampleLength = 64_000;
const sampleRows = 200;

/** What parts the fields of a text: what occurs equally often in its rows. A comma where nothing does. */
export function detectDelimiter(text: string, fileName: string): string {
  const sample = text.slice(0, sampleLength).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const isCut = sample.length < text.length;
  let best = { delimiter: /\.(tsv|tab)$/i.test(fileName) ? '\t' : ',', score: 0, fieldCount: 1 };
  for (const delimiter of delimiters) {
    const rows = parseSomeRows(sample, delimiter, sampleRows);
    const whole = (isCut && rows.length > 1 && rows.length < sampleRows ? rows.slice(0, -1) : rows).filter(
      (row) => row.length > 1 || row[0] !== '',
    );
    const { fieldCount, share } = findMode(whole.map((row) => row.length));
    const score = Math.round(share * 20);
    if (fieldCount < 2 || score < 8) continue;
    if (score > best.score || (score === best.score && fieldCount > best.fieldCount)) {
      best = { delimiter, score, fieldCount };
    }
  }
  return best.delimiter;
}

/** The number of fields that most rows have, and how many of them do, from 0 to 1. */
export function findMode(lengths: readonly number[]): {
  readonly fieldCount: number;
  readonly share: number;
} {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  let fieldCount = 0;
  let most = 0;
  for (const [length, count] of counts) {
    if (count > most || (count === most && length > fieldCount)) {
      fieldCount = length;
      most = count;
    }
  }
  return { fieldCount, share: lengths.length === 0 ? 0 : most / lengths.length };
}

/**
 * Whether the first row names the columns: where a column of numbers, dates or truth values begins with a text, it does;
 * where the first row has such a value instead, it does not, unless that may be years beside a name; where all is text,
 * it does.
 */
export function detectHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = rows;
  const found = first.map((name, column) => {
    const rest = others.reduce((sum, row) => sum | findAnyKind(row[column] ?? ''), 0);
    return { name: findAnyKind(name), rest };
  });
  if (found.some(({ name, rest }) => name === kinds.text && rest !== 0 && (rest & kinds.text) === 0))
    return true;
  const values = first.filter(
    (_, column) => (found[column]?.name ?? kinds.none) !== kinds.text && first[column] !== '',
  );
  return values.length === 0 || areYears(values, first.length);
}

/** What a text is, with a point or a comma before decimals. */
function findAnyKind(text: string): number {
  const kind = findKind(text, plainNumbers);
  return kind === kinds.text ? findKind(text, { decimalMark: ',', thousandsMark: '.' }) : kind;
}

/** Columns of years stand beside one that says what they are of. */
function areYears(values: readonly string[], columnCount: number): boolean {
  const areDifferent = new Set(values).size === values.length;
  return (
    values.length > 1 &&
    values.length < columnCount &&
    areDifferent &&
    values.every((value) => /^[12]\d{3}$/.test(value))
  );
}

/** Names of columns, and what is to be said of those that a file does not name so. */
export interface ColumnNames {
  readonly names: readonly string[];
  /** Sentences. */
  readonly notes: readonly string[];
}

/** Where many columns have names that are not theirs, so many of them are told of. */
const mostNotes = 3;

/** Names for so many columns, no two alike: those of the header; a column without one is called by its place. */
export function nameColumns(header: readonly string[] | null, count: number): ColumnNames {
  const given = Array.from({ length: count }, (_, column) => header?.[column] ?? '');
  // A name that the file gives is not taken from the column that has it.
  const taken = new Set(given);
  const seen = new Set<string>();
  const next = new Map<string, number>();
  const notes: string[] = [];
  const names = given.map((own, column) => {
    const isNameless = own.trim() === '';
    if (!isNameless && !seen.has(own)) {
      seen.add(own);
      return own;
    }
    const stem = isNameless ? `column_${String(column + 1)}` : own;
    let number = next.get(stem) ?? (isNameless ? 1 : 2);
    const build = (): string => (number === 1 ? stem : `${stem}_${String(number)}`);
    while (taken.has(build())) number += 1;
    const name = build();
    next.set(stem, number + 1);
    taken.add(name);
    if (header !== null) notes.push(describeName(own, column, name));
    return name;
  });
  return { names, notes: shorten(notes) };
}

function describeName(own: string, column: number, name: string): string {
  const place = String(column + 1);
  return own.trim() === ''
    ? `Column ${place} has no name and is called “${name}”.`
    : `“${own}” is the name of several columns: column ${place} is called “${name}”.`;
}

function shorten(notes: readonly string[]): string[] {
  if (notes.length <= mostNotes) return [...notes];
  return [
    ...notes.slice(0, mostNotes),
    `${String(notes.length - mostNotes)} more columns have no name of their own, and are called in the same way.`,
  ];
}
