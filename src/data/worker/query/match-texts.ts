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

/**
 * As `keepTexts` for texts that contain one, which is looked for in all of them at once where every character is one byte;
 * false where it is not, and nothing was done.
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
  if (wanted === '' || end - start > 2 ** 28 || piece.length === 0) return false;
  const decoded = decoder.decode(values.subarray(start, end));
  if (decoded.length !== end - start) return false;
  const all = isCaseSensitive ? decoded : decoded.toLowerCase();
  const needle = isCaseSensitive ? wanted : wanted.toLowerCase();
  let found = all.indexOf(needle);
  for (let index = 0; index < piece.length; index++) {
    const from = Number(elementOf(offsets, index)) - start;
    const to = Number(elementOf(offsets, index + 1)) - start;
    while (found !== -1 && found < from) found = all.indexOf(needle, from);
    if (found === -1 || found + needle.length > to) matches[index] = 0;
  }
  return true;
}

export function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}
