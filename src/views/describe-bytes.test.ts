import { expect, test } from 'vitest';
import { describeBytes } from './describe-bytes.ts';

test('bytes are shown as digits, and as characters where there is one that can be seen', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x20, 0x7f);
  expect(describeBytes(png, 8)).toBe('89 50 4e 47 0d 0a 20 7f   ·PNG····');
  expect(describeBytes(png, 9)).toBe('89 50 4e 47 0d 0a 20 7f …   ·PNG····');
  expect(describeBytes(new Uint8Array(), 0)).toBe('');
});
