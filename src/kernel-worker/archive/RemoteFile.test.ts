import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { RemoteFile } from './RemoteFile.ts';

const plain = new TextEncoder().encode('the content');
const sha256 = '6e569e05cb6f8608572c79d63b365dc31617bf84d7393d2cb9d2f1ffe0edf95b';

function setup({
  body = new Uint8Array(gzipSync(plain)),
  hash = '',
  unpackedBytes = plain.byteLength,
} = {}): {
  asked: string[];
  file: RemoteFile;
} {
  const asked: string[] = [];
  const described = { url: '/x.pack', sizeBytes: body.byteLength, unpackedBytes, sha256: hash || sha256 };
  const file = new RemoteFile(described, {
    fetch: (url) => {
      asked.push(`later ${url}`);
      return Promise.resolve(new Response(body));
    },
    fetchNow: (url) => {
      asked.push(`now ${url}`);
      return body;
    },
  });
  return { asked, file };
}

describe('a file of the site', () => {
  it('is fetched once, however often it is asked for', async () => {
    const { asked, file } = setup();
    const [one, other] = await Promise.all([file.load(), file.load()]);
    expect([one, other, await file.load(), file.read()]).toEqual([plain, plain, plain, plain]);
    expect(file.read()).toBe(one);
    expect(asked).toEqual(['later /x.pack']);
  });

  it('is fetched at once when it is read before', () => {
    const { asked, file } = setup();
    expect(file.read()).toEqual(plain);
    expect(file.read()).toBe(file.read());
    expect(asked).toEqual(['now /x.pack']);
  });

  it('can have been unpacked on the way', async () => {
    expect(await setup({ body: plain }).file.load()).toEqual(plain);
    expect(setup({ body: plain }).file.read()).toEqual(plain);
  });

  it('is refused when it is another, and asked for again then', async () => {
    const { asked, file } = setup({ hash: '0'.repeat(64) });
    await expect(file.load()).rejects.toThrow('/x.pack is not the file of this build');
    await expect(file.load()).rejects.toThrow('/x.pack is not the file of this build');
    expect(asked).toEqual(['later /x.pack', 'later /x.pack']);
  });

  it('is refused when another size comes out', async () => {
    await expect(setup({ unpackedBytes: 12 }).file.load()).rejects.toThrow('11 bytes came out, not 12');
    expect(() => setup({ unpackedBytes: 12, body: plain }).file.read()).toThrow(
      '/x.pack holds 11 bytes, not 12',
    );
    expect(() => setup({ unpackedBytes: 10 }).file.read()).toThrow('/x.pack holds 11 bytes, not 10');
    const cutOff = new Uint8Array(gzipSync(plain)).slice(0, -12);
    expect(() => setup({ body: cutOff }).file.read()).toThrow();
  });
});
