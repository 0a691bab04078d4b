// @ts-check
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { carveZips } from './carve-zips.mjs';

const garbage = Buffer.from('\x7fELF not a zip PK\x03\x04 PK\x01\x02 PK', 'latin1');
const numbers = Buffer.from(zipSync({ 'numbers/one.txt': strToU8('1'), 'numbers/two.txt': strToU8('2') }));
const letters = Buffer.from(zipSync({ 'letters.txt': strToU8('abc'.repeat(1000)) }));

/** @param {Buffer[]} parts */
const carve = (...parts) => [...carveZips(Buffer.concat(parts))];

/**
 * A copy whose end record has another value in one of its fields.
 * @param {Buffer} zip
 * @param {number} field its offset in the record
 * @param {number} value
 */
function withEndRecordField(zip, field, value) {
  const changed = Buffer.from(zip);
  changed.writeUInt32LE(value, zip.length - 22 + field);
  return changed;
}

describe('carveZips', () => {
  it('finds a zip with garbage around it, to the byte', () => {
    const [found, ...others] = carve(garbage, numbers, garbage);
    expect(found).toEqual(numbers);
    expect(others).toEqual([]);
    expect(Object.keys(unzipSync(found ?? new Uint8Array()))).toEqual(['numbers/one.txt', 'numbers/two.txt']);
  });

  it('finds two zips, side by side or apart', () => {
    expect(carve(numbers, letters)).toEqual([numbers, letters]);
    expect(carve(garbage, numbers, garbage, letters)).toEqual([numbers, letters]);
  });

  it("includes the comment at a zip's end", () => {
    const comment = Buffer.from('made by hand');
    const commented = Buffer.concat([numbers, comment]);
    commented.writeUInt16LE(comment.length, numbers.length - 2);
    expect(carve(garbage, commented, garbage)).toEqual([commented]);
  });

  it('passes over a broken end record and finds the zip after it', () => {
    const directoryBytes = 12;
    const directoryOffset = 16;
    expect(carve(withEndRecordField(numbers, directoryOffset, 0xffffffff), letters)).toEqual([letters]);
    expect(carve(withEndRecordField(numbers, directoryBytes, 0xffffffff), letters)).toEqual([letters]);
    expect(carve(withEndRecordField(numbers, directoryOffset, 1), letters)).toEqual([letters]);
    expect(carve(withEndRecordField(numbers, directoryBytes, 0), letters)).toEqual([letters]);
  });

  it('passes over a zip that is cut off, at either end', () => {
    expect(carve(letters, numbers.subarray(0, -1))).toEqual([letters]);
    expect(carve(numbers.subarray(1))).toEqual([]);
  });

  it('finds nothing in nothing', () => {
    expect(carve()).toEqual([]);
    expect(carve(garbage)).toEqual([]);
  });
});
