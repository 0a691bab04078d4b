import type { Cell } from '../cell-reader.ts';
import type { CellKind } from '../../TableSource.ts';

/** What a cell is sorted by where its column holds values of several kinds, or has no plainer order. */
export interface CellKey {
  readonly kind: number;
  readonly number: number | bigint;
  readonly text: string;
}

/** Texts are compared up to here. */
export const comparedTextLimit = 10_000;

/** Numbers come first, then truth values, times, texts, and nested values; NaN and null last. */
const orderOfKinds: Record<CellKind, number> = {
  number: 0,
  boolean: 1,
  date: 2,
  datetime: 2,
  text: 3,
  nested: 4,
  nan: 5,
  null: 6,
};

export function keyOf({ kind, text }: Cell): CellKey {
  return { kind: orderOfKinds[kind], number: kind === 'number' ? numberOf(text) : 0, text };
}

/** The number that a shown text stands for; exact where it is a whole one. */
export function numberOf(text: string): number | bigint {
  if (/^-?\d+$/.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : BigInt(text);
  }
  return Number(text.replace('inf', 'Infinity'));
}

export function isMissing({ kind }: CellKey): boolean {
  return kind >= orderOfKinds.nan;
}

/** Below zero where the one comes first, above where the other does. */
export function compareKeys(one: CellKey, other: CellKey): number {
  if (one.kind !== other.kind) return one.kind - other.kind;
  if (one.kind === 0) return one.number < other.number ? -1 : one.number > other.number ? 1 : 0;
  return compareTexts(one.text, other.text);
}

/** By code points, as UTF-8 has them, and not by UTF-16, where some characters come too early. */
export function compareTexts(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const [first, second] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (first !== second) {
      const areSurrogates = [first, second].map((unit) => unit >= 0xd800 && unit <= 0xdfff);
      if (areSurrogates[0] === areSurrogates[1]) return first - second;
      return areSurrogates[0] ? 1 : -1;
    }
  }
  return one.length - other.length;
}
