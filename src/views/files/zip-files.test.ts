import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zipFiles, type FileToPack, type PackingOptions } from './zip-files.ts';

const options: PackingOptions = { onProgress: () => undefined, signal: new AbortController().signal };

function file(path: string, content: string): FileToPack {
  return { path, read: () => Promise.resolve(new Blob([content])) };
}

describe('an archive of files', () => {
  it('holds each under its path with what is in it, also nothing and much', async () => {
    const large = 'Größen 🎓 '.repeat(50_000);
    const told: number[] = [];
    const archive = await zipFiles([file('a.txt', 'a'), file('ö/leer', ''), file('ö/groß.txt', large)], {
      ...options,
      onProgress: (bytes) => told.push(bytes),
    });
    const unpacked = Object.entries(unzipSync(new Uint8Array(await archive.arrayBuffer())));
    expect(unpacked.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['a.txt', 'a'],
      ['ö/leer', ''],
      ['ö/groß.txt', large],
    ]);
    expect([archive.type, told.at(0), told.at(-1)]).toEqual([
      'application/zip',
      1,
      1 + new Blob([large]).size,
    ]);
  });

  it('is not made when a file cannot be read', async () => {
    const lost = { path: 'b', read: () => Promise.reject(new Error('b is missing.')) };
    await expect(zipFiles([file('a', 'a'), lost], options)).rejects.toThrow('b is missing.');
  });

  it('is given up when nobody waits for it', async () => {
    const given = new AbortController();
    const onProgress = (): void => {
      given.abort();
    };
    const packing = zipFiles([file('a', 'a'), file('b', 'b')], { onProgress, signal: given.signal });
    await expect(packing).rejects.toThrow(given.signal.reason as Error);
  });
});
