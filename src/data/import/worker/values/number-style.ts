import type { NumberStyle } from '../../../../model/import-options.ts';
import { readDecimal, readInfinity, readLongInteger, readShortInteger } from './read-number.ts';

/** Numbers as programs write them. */
export const plainNumbers: NumberStyle = { decimalMark: '.', thousandsMark: '' };

/** How numbers may be written, the simpler before those that allow more. */
const styles: readonly NumberStyle[] = [
  plainNumbers,
  { decimalMark: ',', thousandsMark: '' },
  { decimalMark: '.', thousandsMark: ',' },
  { decimalMark: ',', thousandsMark: '.' },
  { decimalMark: '.', thousandsMark: "'" },
  { decimalMark: ',', thousandsMark: "'" },
  { decimalMark: '.', thousandsMark: ' ' },
  { decimalMark: ',', thousandsMark: ' ' },
];

/** What groups of three digits look like, by the mark between them and the one before decimals. */
const groupings: ReadonlyMap<string, RegExp> = new Map(
  styles
    .filter(({ thousandsMark }) => thousandsMark !== '')
    .map((style) => [
      nameStyle(style),
      new RegExp(`^-?[1-9]\\d{0,2}(?:[${style.thousandsMark}]\\d{3})+(?:[${style.decimalMark}]\\d*)?$`),
    ]),
);

function nameStyle({ decimalMark, thousandsMark }: NumberStyle): string {
  return decimalMark + thousandsMark;
}

/** Whether the numbers of a style are as programs write them. */
export function isPlain({ decimalMark, thousandsMark }: NumberStyle): boolean {
  return decimalMark === '.' && thousandsMark === '';
}

/** A number of a style as programs write it; null where a text cannot be one. Anything else comes back as it is. */
export function toPlainNumber(text: string, style: NumberStyle): string | null {
  if (isPlain(style)) return text;
  const { decimalMark, thousandsMark } = style;
  let plain = text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('\u2019', "'");
  if (thousandsMark !== '' && plain.includes(thousandsMark)) {
    if (groupings.get(nameStyle(style))?.test(plain) !== true) return null;
    plain = plain.replaceAll(thousandsMark, '');
  }
  if (decimalMark === '.') return plain;
  return plain.includes('.') ? null : plain.replace(',', '.');
}

/** Whether a text is a number of a style. */
function isNumber(text: string, style: NumberStyle): boolean {
  const plain = toPlainNumber(text, style);
  if (plain === null) return false;
  return (
    !Number.isNaN(readShortInteger(plain)) ||
    readLongInteger(plain) !== null ||
    !Number.isNaN(readDecimal(plain)) ||
    readInfinity(plain) !== undefined
  );
}

/** What could be a number of some style, and is none without a mark. */
const marked = /^-?[\d.,' \u00a0\u2019\u202f]*[.,' \u00a0\u2019\u202f][\d.,' \u00a0\u2019\u202f]*$/;

/** What was said of numbers; the rest is to be found out. */
export type AskedNumbers = { readonly [Key in keyof NumberStyle]: NumberStyle[Key] | null };

/**
 * How the numbers in columns are written, as far as that is certain: a mark counts where all values of a column can be read
 * with it and cannot be read otherwise, as "1.234,50" can, and "1,234" cannot. Where no column tells, there is a comma before
 * decimals in files whose fields are parted by semicolons.
 */
export function detectNumbers(
  columns: readonly (readonly string[])[],
  delimiter: string,
  asked: AskedNumbers,
): NumberStyle {
  const allowed = styles.filter(
    ({ decimalMark, thousandsMark }) =>
      decimalMark === (asked.decimalMark ?? decimalMark) &&
      thousandsMark === (asked.thousandsMark ?? thousandsMark),
  );
  const votes = columns.map((values) => listVotes(values, delimiter, allowed, asked.decimalMark !== null));
  const decimalMark =
    asked.decimalMark ?? findOnly(votes.map((vote) => vote.decimalMark)) ?? (delimiter === ';' ? ',' : '.');
  const thousandsMark = asked.thousandsMark ?? findOnly(votes.map((vote) => vote.thousandsMark)) ?? '';
  return { decimalMark, thousandsMark: thousandsMark === decimalMark ? '' : thousandsMark };
}

/** What all that say something say alike; null where they do not. */
function findOnly<Mark>(marks: readonly (Mark | null)[]): Mark | null {
  const said = new Set(marks.flatMap((mark) => mark ?? []));
  const [only] = said;
  return said.size === 1 && only !== undefined ? only : null;
}

/** What a column tells of the marks in its numbers; null where it does not. */
function listVotes(
  values: readonly string[],
  delimiter: string,
  allowed: readonly NumberStyle[],
  isDecimalMarkSaid: boolean,
): AskedNumbers {
  // A lone mark stands for no number at all.
  const telling = values.filter((value) => marked.test(value) && /\d/.test(value));
  const fitting =
    telling.length === 0 ? [] : allowed.filter((style) => telling.every((value) => isNumber(value, style)));
  const [first] = fitting;
  if (!first) return { decimalMark: null, thousandsMark: null };
  const { decimalMark, thousandsMark } = first;
  const hasBoth = telling.some(
    (value) => /[.,]\d+$/.test(value) && new Set(value.match(/[., '\u00a0\u2019\u202f]/g)).size > 1,
  );
  // Where commas part fields, one within quotes may as well part a list.
  const isList = decimalMark === ',' && delimiter === ',' && !hasBoth;
  const isOne = fitting.every((style) => style.decimalMark === decimalMark);
  // Points and spaces part addresses, versions and telephone numbers, too: they are marks beside decimals alone.
  const isMark = thousandsMark === "'" || thousandsMark === ',' || hasBoth || isDecimalMarkSaid;
  return {
    decimalMark: isOne && !isList && (thousandsMark === '' || hasBoth) ? decimalMark : null,
    thousandsMark: isMark && thousandsMark !== '' ? thousandsMark : null,
  };
}

/** Of a column whose type was chosen, the style that most of its values can be read with; that of the file where others are no better. */
export function findBestStyle(values: readonly string[], ofFile: NumberStyle): NumberStyle {
  let best = ofFile;
  let most = values.filter((value) => isNumber(value, ofFile)).length;
  for (const style of styles) {
    const count = values.filter((value) => isNumber(value, style)).length;
    if (count > most) [best, most] = [style, count];
  }
  return best;
}

/** Whether a number with points alone may as well be one with groups of three digits: "1.234". */
export function mayBeGrouped(text: string): boolean {
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text);
}
