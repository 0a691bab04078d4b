import { DataType, type Data } from 'apache-arrow';
import type { Condition } from '../../table-query.ts';
import { decodeText } from '../decode-text.ts';
import { elementOf } from '../cell-reader.ts';

export type TextTest = (text: string) => boolean;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Throws an Error that says what is wrong with a pattern. */
export function createTextTest({
  match,
  text,
  isCaseSensitive,
}: Extract<Condition, { type: 'text' }>): TextTest {
  if (match === 'pattern') {
    const pattern = compile(text, isCaseSensitive ? 'u' : 'iu');
    return (value) => pattern.test(value);
  }
  const wanted = isCaseSensitive ? text : text.toLowerCase();
  const fold = isCaseSensitive ? (value: string) => value : (value: string) => value.toLowerCase();
  switch (match) {
    case 'contains':
      return (value) => fold(value).includes(wanted);
    case 'is':
      return (value) => fold(value) === wanted;
    case 'starts':
      return (value) => fold(value).startsWith(wanted);
    case 'ends':
      return (value) => fold(value).endsWith(wanted);
  }
}

function compile(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The pattern cannot be used: ${reason.replace(/^Invalid regular expression: /, '')}`, {
      cause: error,
    });
  }
}

/** Clears the marks of those texts that do not pass; what stands under a null is looked at as well. */
export function keepTexts(piece: Data, test: TextTest, matches: Uint8Array): void {
  const offsets: ArrayLike<number | bigint> = piece.valueOffsets;
  const values: Uint8Array = piece.values;
  const start = Number(offsets[0] ?? 0);
  const end = Number(offsets[piece.length] ?? 0);
  // Decoded at once; where every character is one byte, texts stand where their bytes do.
  const all = end - start <= 2 ** 28 ? decoder.decode(values.subarray(start, end)) : '';
  const isPlain = all.length === end - start;
  for (let index = 0; index < piece.length; index++) {
    if (matches[index] === 0) continue;
    const from = Number(elementOf(offsets, index));
    const to = Number(elementOf(offsets, index + 1));
    const text = isPlain
      ? all.slice(from - start, to - start)
      : decodeText(values.subarray(from, to), Number.MAX_SAFE_INTEGER);
    if (!test(text)) matches[index] = 0;
  }
}

/** A character for each byte, whatever it is. */
const byteDecoder = new TextDecoder('windows-1252');
const encoder = new TextEncoder();

/** In lower case they have an ASCII letter: U+0130 an "i", the sign of Kelvin a "k". */
const lettersBeyondAscii = { i: '\u0130', k: '\u212a' };

/**
 * As `keepTexts` for texts that contain one, which is looked for in all of them at once, in their bytes. False where that
 * cannot be, and nothing was done.
 */
export function keepContaining(
  piece: Data,
  wanted: string,
  isCaseSensitive: boolean,
  matches: Uint8Array,
): boolean {
  const offsets: ArrayLike<number | bigint> = piece.valueOffsets;
  const values: Uint8Array = piece.values;
  const start = Number(offsets[0] ?? 0);
  const end = Number(offsets[piece.length] ?? 0);
  const probe = isCaseSensitive ? wanted : longestAscii(wanted.toLowerCase());
  if (wanted === '' || end - start > 2 ** 28 || piece.length === 0) return false;
  const bytes = byteDecoder.decode(values.subarray(start, end));
  const isHidden = Object.entries(lettersBeyondAscii).some(
    ([letter, other]) => probe.includes(letter) && bytes.includes(bytesOf(other)),
  );
  if (!isCaseSensitive && isHidden) return false;
  if (probe === '') {
    // Texts of ASCII have no other letters.
    if (/[^\0-\x7f]/.test(bytes)) return false;
    matches.fill(0);
    return true;
  }
  const all = isCaseSensitive ? bytes : bytes.toLowerCase();
  const needle = bytesOf(probe);
  let found = all.indexOf(needle);
  for (let index = 0; index < piece.length; index++) {
    const from = Number(elementOf(offsets, index)) - start;
    const to = Number(elementOf(offsets, index + 1)) - start;
    if (found !== -1 && found < from) found = all.indexOf(needle, from);
    if (found === -1 || found + needle.length > to) matches[index] = 0;
  }
  // What stands beside the letters of ASCII is compared letter by letter.
  if (!isCaseSensitive && probe !== wanted.toLowerCase()) {
    keepTexts(
      piece,
      createTextTest({ type: 'text', match: 'contains', text: wanted, isCaseSensitive }),
      matches,
    );
  }
  return true;
}

function bytesOf(text: string): string {
  return byteDecoder.decode(encoder.encode(text));
}

function longestAscii(text: string): string {
  const runs = text.match(/[\0-\x7f]+/g) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

export function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}
