import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unpackLz4 } from './unpack-lz4.ts';

const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
const codes = (value: string): number[] => Array.from(value, (character) => character.charCodeAt(0));

/** A frame of blocks, packed or stored as they are, without checksums. */
function frame(
  ...blocks: readonly { readonly bytes: readonly number[]; readonly isPacked: boolean }[]
): Uint8Array {
  const sized = blocks.flatMap(({ bytes, isPacked }) => [
    ...[0, 8, 16].map((shift) => (bytes.length >> shift) & 255),
    isPacked ? 0 : 0x80,
    ...bytes,
  ]);
  return Uint8Array.from([0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0, ...sized, 0, 0, 0, 0]);
}

it('repeats what was written, also what is only being written, and what a block before held', () => {
  // "ab" and 10 bytes from 2 bytes ago; "cdefg" at the end.
  const first = [0x26, ...codes('ab'), 2, 0, 0x50, ...codes('cdefg')];
  // 4 + 15 + 255 + 6 bytes from 5 bytes ago, and "xxxxx".
  const second = [0x0f, 5, 0, 255, 6, 0x50, ...codes('xxxxx')];
  const unpacked = unpackLz4(frame({ bytes: first, isPacked: true }, { bytes: second, isPacked: true }));
  expect(text(unpacked)).toBe(`${'ab'.repeat(6)}${'cdefg'.repeat(57)}xxxxx`);
});

it('takes long literals, stored blocks, sizes and checksums', () => {
  const long = 'x'.repeat(300);
  const packed = { bytes: [0xf0, 255, 30, ...codes(long)], isPacked: true };
  expect(text(unpackLz4(frame(packed, { bytes: codes('yz'), isPacked: false })))).toBe(`${long}yz`);
  const full = [0x04, 0x22, 0x4d, 0x18, 0x5c, 0x40, 2, 0, 0, 0, 0, 0, 0, 0, 9];
  const withSums = [...full, 2, 0, 0, 0x80, ...codes('yz'), 1, 2, 3, 4, 0, 0, 0, 0, 1, 2, 3, 4];
  expect(text(unpackLz4(Uint8Array.from(withSums)))).toBe('yz');
});

it('says of whatever is damaged that it is, and of nothing else that comes of it', () => {
  const good = frame({ bytes: [0x26, ...codes('ab'), 2, 0, 0x50, ...codes('cdefg')], isPacked: true });
  fc.assert(
    fc.property(
      fc.nat({ max: good.length - 1 }),
      fc.integer({ min: 0, max: 255 }),
      fc.boolean(),
      (at, byte, isCut) => {
        const bytes = isCut ? good.slice(0, at) : good.with(at, byte);
        try {
          unpackLz4(bytes);
        } catch (error) {
          expect(error).toEqual(new Error('its packed columns are damaged'));
        }
      },
    ),
    { numRuns: 500 },
  );
});
