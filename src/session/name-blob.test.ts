import { expect, test } from 'vitest';
import { createNamedBlob, nameBlob } from './name-blob.ts';

test.each([0, 100, 8 * 2 ** 20, 8 * 2 ** 20 + 1, 20_000_000])(
  'a value of %i bytes becomes a blob of them under their hash',
  async (byteSize) => {
    const data = new Uint8Array(byteSize).map((_, index) => index % 251);
    const { hash, content } = await createNamedBlob(data, 'video/mp4');
    expect([hash, content.type, content.size]).toEqual([await nameBlob(data), 'video/mp4', byteSize]);
    expect(Buffer.compare(Buffer.from(await content.arrayBuffer()), data)).toBe(0);
  },
);
