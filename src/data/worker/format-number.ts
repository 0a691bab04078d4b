/**
 * A double in the fewest digits that give it back, written as Python writes it: `1.0` for a whole number, so that a
 * float is told from an int; `1e-05` and `1e+16` where Python changes to powers of ten. Then `NaN`, `inf`, `-inf`, as
 * pandas shows them.
 */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [mantissa, exponent = ''] = value.toExponential().split('e');
    return `${mantissa ?? ''}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${String(value)}.0` : String(value);
}

/** A single-precision value in the fewest digits that give it back in that precision: `0.1`, not `0.10000000149011612`. */
export function formatFloat32(value: number): string {
  for (let digits = 1; digits <= 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return formatFloat(rounded);
  }
  return formatFloat(value);
}

/** The value of a half-precision float's 16 bits. */
export function halfToNumber(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A decimal of `limbs` 32-bit words, least significant first, two's complement, `scale` digits after the point. */
export function formatDecimal(limbs: Uint32Array, scale: number): string {
  let unscaled = 0n;
  for (const limb of [...limbs].reverse()) unscaled = (unscaled << 32n) | BigInt(limb);
  unscaled = BigInt.asIntN(limbs.length * 32, unscaled);
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
