import { findKind, isMissing, kinds } from '../values/value-kinds.ts';
import type { CsvSample } from './sample-csv.ts';

/** What nearly all values of a column are, though a few make texts of all. */
const families: readonly (readonly [number, string])[] = [
  [kinds.integer | kinds.longInteger | kinds.decimal, 'number'],
  [
    kinds.date |
      kinds.localTime |
      kinds.moment |
      kinds.yearLastDate |
      kinds.yearLastTime |
      kinds.dayFirst |
      kinds.monthFirst,
    'date',
  ],
  [kinds.bool, 'true or false'],
];

/** So many columns are told of. */
const mostColumns = 5;
const longestValue = 40;

/** Why columns are texts that one would not take for such, in sentences. */
export function describeTexts(sample: CsvSample): string[] {
  const said: string[] = [];
  for (const [column, { name, type, isChosen }] of sample.plans.entries()) {
    if (said.length >= mostColumns) break;
    const reason = type === 'string' && !isChosen ? findReason(sample, column) : null;
    if (reason !== null) said.push(`“${name}” is text: ${reason}.`);
  }
  return said;
}

function findReason(sample: CsvSample, column: number): string | null {
  const { rows, numbers, hasHeader, rowsBefore } = sample;
  const placedCount = sample.arePlacesKnown ? sample.headRowCount : 0;
  const found = rows.map((row) => findKind(row[column] ?? '', numbers));
  const given = found.filter((kind) => kind !== kinds.none).length;
  for (const [family, noun] of families) {
    const others = found.flatMap((kind, row) => (kind !== kinds.none && (kind & family) === 0 ? [row] : []));
    if (given === 0 || others.length > given * 0.2) continue;
    const [first] = others;
    if (first === undefined) return noun === 'date' ? describeDates(found) : null;
    const value = rows[first]?.[column] ?? '';
    const shown = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
    const place = first < placedCount ? `, row ${String(rowsBefore + first + (hasHeader ? 2 : 1))}` : '';
    const count =
      others.length === 1 ? 'one value looked at is' : `${String(others.length)} values looked at are`;
    return `${count} no ${noun}, as “${shown}”${place}`;
  }
  return isAmbiguous(rows.map((row) => row[column] ?? ''))
    ? 'the mark in its numbers may part thousands or decimals. Say which above, or choose a type'
    : null;
}

function describeDates(found: readonly number[]): string {
  const all = found.reduce((sum, kind) => sum | kind, 0);
  const isOrdered = (all & (kinds.yearLastDate | kinds.yearLastTime)) !== 0;
  return isOrdered
    ? 'its dates may have the day or the month first. Choose its type'
    : 'some of its dates have a time or a time zone, and others do not';
}

/** Whether all that is there is digits with one kind of mark, which may be one of two. */
function isAmbiguous(values: readonly string[]): boolean {
  const given = values.filter((value) => !isMissing(value));
  return (
    given.some((value) => /[.,]/.test(value)) &&
    given.every((value) => /^-?\d{1,3}([.,]\d{3})*$|^-?\d+$/.test(value.trim()))
  );
}
