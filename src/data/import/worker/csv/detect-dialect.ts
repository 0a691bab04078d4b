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
    const rest = others.reduce((sum, row) => sum | findKind(row[column] ?? '', true), 0);
    return { name: findKind(name, true), rest };
  });
  if (found.some(({ name, rest }) => name === kinds.text && rest !== 0 && (rest & kinds.text) === 0))
    return true;
  const values = first.filter(
    (_, column) => (found[column]?.name ?? kinds.none) !== kinds.text && first[column] !== '',
  );
  return values.length === 0 || areYears(values, first.length);
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

/** Names for so many columns: those of the header; a column without one is called by its place. */
export function nameColumns(header: readonly string[] | null, count: number): string[] {
  return Array.from({ length: count }, (_, column) => {
    const name = header?.[column] ?? '';
    return name.trim() === '' ? `column_${String(column + 1)}` : name;
  });
}
