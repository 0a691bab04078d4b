const powersOfTen = Array.from({ length: 23 }, (_, power) => Number(`1e${String(power)}`));

const digitZero = 48;
const digitNine = 57;
const plus = 43;
const minus = 45;
const point = 46;

/**
 * A whole number as it is written without loss: up to 15 digits, no leading zero, no sign but a minus. NaN for anything
 * else, longer ones among it.
 */
export function readShortInteger(text: string): number {
  const { length } = text;
  let position = 0;
  const isNegative = text.charCodeAt(0) === minus;
  if (isNegative) position = 1;
  const digitCount = length - position;
  if (digitCount === 0 || digitCount > 15) return NaN;
  // "007" is no number, and neither is "-0", which is not what 0 is written as.
  if (text.charCodeAt(position) === digitZero && (digitCount > 1 || isNegative)) return NaN;
  let value = 0;
  for (; position < length; position++) {
    const code = text.charCodeAt(position);
    if (code < digitZero || code > digitNine) return NaN;
    value = value * 10 + (code - digitZero);
  }
  return isNegative ? -value : value;
}

const longInteger = /^-?[1-9]\d{15,18}$/;

const leastInteger = -(2n ** 63n);
const mostInteger = 2n ** 63n - 1n;

/** A whole number of 16 digits or more that fits 64 bits; null for anything else. */
export function readLongInteger(text: string): bigint | null {
  if (!longInteger.test(text)) return null;
  const value = BigInt(text);
  return value >= leastInteger && value <= mostInteger ? value : null;
}

/**
 * A decimal number such as "-1.50", ".5" or "1e-7", rounded to the nearest double. NaN for anything else: leading zeros
 * that a number would lose, hexadecimal digits, what no double can hold.
 */
export function readDecimal(text: string): number {
  const { length } = text;
  let position = 0;
  const isNegative = text.charCodeAt(0) === minus;
  if (isNegative) position = 1;
  const start = position;
  let mantissa = 0;
  let digitCount = 0;
  let fractionStart = -1;
  for (; position < length; position++) {
    const code = text.charCodeAt(position);
    if (code >= digitZero && code <= digitNine) {
      mantissa = mantissa * 10 + (code - digitZero);
      digitCount++;
    } else if (code === point && fractionStart < 0) {
      fractionStart = position + 1;
    } else break;
  }
  if (digitCount === 0) return NaN;
  const hasLeadingZero = text.charCodeAt(start) === digitZero;
  if (hasLeadingZero && fractionStart !== start + 2 && digitCount > 1) return NaN;
  if (position === length && digitCount <= 15) {
    // Both are exact, so that what comes of them is rounded once.
    const value = fractionStart < 0 ? mantissa : mantissa / (powersOfTen[length - fractionStart] ?? 1);
    return isNegative ? -value : value;
  }
  if (position < length && !isExponent(text, position)) return NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : NaN;
}

/** Whether the rest of a text is an exponent: "e5", "E-07". */
function isExponent(text: string, start: number): boolean {
  const letter = text.charCodeAt(start);
  if (letter !== 101 && letter !== 69) return false;
  const sign = text.charCodeAt(start + 1);
  const digits = sign === plus || sign === minus ? start + 2 : start + 1;
  if (digits >= text.length) return false;
  for (let position = digits; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code < digitZero || code > digitNine) return false;
  }
  return true;
}

const infinities: ReadonlyMap<string, number> = new Map([
  ['inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['-infinity', -Infinity],
]);

/** Infinity as Python and others write it; undefined for anything else. */
export function readInfinity(text: string): number | undefined {
  return text.length <= 9 ? infinities.get(text.toLowerCase()) : undefined;
}
