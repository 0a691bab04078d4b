import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortFloat } from './cell-text.ts';

test.each([
  ['0.30000000000000004', '0.3'],
  ['-0.30000000000000004', '-0.3'],
  ['0.8444218515250481', '0.844421851525048'],
  ['2.0000000000000004', '2.0'],
  ['1234567890123456.8', '1234567890123456.8'],
  ['1.2345678901234567e-05', '1.23456789012346e-05'],
  ['9.999999999999999e+22', '9.999999999999999e+22'],
  ['0.1', '0.1'],
  ['1.0', '1.0'],
  ['1e-05', '1e-05'],
  ['9007199254740993', '9007199254740993'],
  ['-inf', '-inf'],
  ['NaN', 'NaN'],
])('the float %s is shown as %s', (whole, shown) => {
  expect(shortFloat(whole)).toBe(shown);
});

test('a float of up to fifteen digits is shown whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e15 - 1 }), fc.integer({ min: 1, max: 18 }), (digits, places) => {
      const text = String(digits / 10 ** places);
      fc.pre(/^\d+\.\d+$/.test(text) && text.replace('.', '').replace(/^0+/, '').length <= 15);
      expect(shortFloat(text)).toBe(text);
    }),
    { numRuns: 500 },
  );
});
