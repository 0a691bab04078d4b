import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.ts';

describe('the checksum', () => {
  it('is the CRC-32 of zip files', () => {
    expect([
      crc32(new TextEncoder().encode('123456789')),
      crc32(new Uint8Array()),
      crc32(new Uint8Array(100).fill(0xff)),
    ]).toEqual([0xcbf4_3926, 0, 0x03d2_8681]);
  });
});
