import { parseNumber } from '../../filter-value.ts';
import type { Comparison } from '../../table-query.ts';

/** Whole numbers from `low` to `high`, both among them; none where `low` is greater. Outside of it, where `isOutside`. */
export interface WholeRange {
  readonly low: bigint;
  readonly high: bigint;
  readonly isOutside: boolean;
}

/** The whole numbers that a given value stands for: itself, a whole day of moments, or none, between two of them. */
export interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

/** Beyond every 64-bit number. */
const far = 2n ** 80n;

export function rangeFor(operator: Comparison, { first, last }: Span): WholeRange {
  switch (operator) {
    case '=':
      return { low: first, high: last, isOutside: false };
    case '≠':
      return { low: first, high: last, isOutside: true };
    case '<':
      return { low: -far, high: first - 1n, isOutside: false };
    case '≤':
      return { low: -far, high: last, isOutside: false };
    case '>':
      return { low: last + 1n, high: far, isOutside: false };
    case '≥':
      return { low: first, high: far, isOutside: false };
  }
}

export function rangeBetween(low: Span, high: Span): WholeRange {
  return { low: low.first, high: high.last, isOutside: false };
}

/** The whole number that a text writes out; between two of them where it has digits behind the point. Null for no number. */
export function wholeSpan(text: string): Span | null {
  const trimmed = text.trim();
  if (/^[+-]?\d{1,40}$/.test(trimmed)) {
    const number = BigInt(trimmed.replace('+', ''));
    return { first: number, last: number };
  }
  // Exact beyond the digits of a double as well.
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d{1,40})\.(\d{0,40})$/.exec(trimmed) ?? [];
  if (whole !== undefined) {
    const number = BigInt(`${sign === '-' ? '-' : ''}${whole}`);
    if (!/[1-9]/.test(fraction)) return { first: number, last: number };
    return sign === '-' ? { first: number, last: number - 1n } : { first: number + 1n, last: number };
  }
  const number = parseNumber(trimmed);
  if (number === null) return null;
  if (!Number.isFinite(number)) return number > 0 ? { first: far, last: far } : { first: -far, last: -far };
  return { first: BigInt(Math.ceil(number)), last: BigInt(Math.floor(number)) };
}

/** Clears the marks of those whole numbers that lie outside a range. They are given in halves, the low one first. */
export function keepInRange(
  halves: Uint32Array,
  isUnsigned: boolean,
  range: WholeRange,
  matches: Uint8Array,
): void {
  const [least, most] = isUnsigned ? [0n, 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
  const low = range.low < least ? least : range.low;
  const high = range.high > most ? most : range.high;
  const isEmpty = low > high;
  const flip = isUnsigned ? 0 : 0x80000000;
  const [lowUpper, lowLower] = split(low, flip);
  const [highUpper, highLower] = split(high, flip);
  const inside = range.isOutside ? 0 : 1;
  for (let index = 0; index < matches.length; index++) {
    const lower = halves[2 * index] ?? 0;
    const upper = ((halves[2 * index + 1] ?? 0) ^ flip) >>> 0;
    const isInside =
      !isEmpty &&
      (upper > lowUpper || (upper === lowUpper && lower >= lowLower)) &&
      (upper < highUpper || (upper === highUpper && lower <= highLower));
    if (isInside !== (inside === 1)) matches[index] = 0;
  }
}

function split(value: bigint, flip: number): [upper: number, lower: number] {
  const bits = BigInt.asUintN(64, value);
  return [(Number(bits >> 32n) ^ flip) >>> 0, Number(bits & 0xffffffffn)];
}
