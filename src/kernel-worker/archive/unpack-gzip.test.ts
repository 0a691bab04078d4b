import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unpackGzip } from './unpack-gzip.ts';

const plain = new TextEncoder().encode('a sentence, said again and again. '.repeat(1000));
const packed = new Uint8Array(gzipSync(plain));

/** An answer that arrives in pieces. */
function answer(bytes: Uint8Array<ArrayBuffer>, pieceBytes: number): Response {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) pieces.push(bytes.slice(at, at + pieceBytes));
  return new Response(
    new ReadableStream({
      pull(controller) {
        const piece = pieces.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    }),
  );
}

describe('unpacking', () => {
  it.each([1, 7, 1_000_000])('takes an answer in pieces of %i bytes, and counts them', async (pieceBytes) => {
    let arrived = 0;
    const unpacked = await unpackGzip(answer(packed, pieceBytes), plain.byteLength, (bytes) => {
      arrived += bytes;
    });
    expect(unpacked).toEqual(plain);
    expect(arrived).toBe(packed.byteLength);
  });

  it('takes bytes', async () => {
    expect(await unpackGzip(packed, plain.byteLength)).toEqual(plain);
  });

  it('leaves as it is what was unpacked on the way', async () => {
    expect(await unpackGzip(answer(plain, 1000), plain.byteLength)).toEqual(plain);
    expect(await unpackGzip(new Uint8Array(), 0)).toEqual(new Uint8Array());
  });

  it('refuses what is cut off, goes on, or is damaged', async () => {
    const size = plain.byteLength;
    await expect(unpackGzip(answer(packed.slice(0, -9), 50), size)).rejects.toThrow();
    await expect(unpackGzip(plain.slice(0, -1), size)).rejects.toThrow(
      `${size - 1} bytes came out, not ${size}`,
    );
    await expect(unpackGzip(packed, size - 1)).rejects.toThrow(`more than ${size - 1} bytes came out`);
    const damaged = packed.slice();
    damaged[40] = (damaged[40] ?? 0) ^ 0xff;
    await expect(unpackGzip(damaged, size)).rejects.toThrow();
  });

  it('refuses an answer that is no success', async () => {
    await expect(unpackGzip(new Response('gone', { status: 404 }), 4)).rejects.toThrow('answered with 404');
  });
});
