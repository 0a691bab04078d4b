/** As many bytes are shown as tell most formats of files. */
export const shownBytes = 16;

/** Bytes as hexadecimal digits, and behind them the characters of ASCII among them. */
export function describeBytes(bytes: Uint8Array, byteSize: number): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const characters = Array.from(bytes, (byte) =>
    byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
  );
  const rest = byteSize > bytes.length ? ' …' : '';
  return `${digits}${rest}   ${characters.join('')}`.trim();
}
