// @ts-check
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { buildProducts } from './build-products.mjs';

const folder = mkdtempSync(join(tmpdir(), 'cahier-archives-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * A wheel on disk.
 * @param {string} name
 * @param {Record<string, string>} files
 */
function wheel(name, files) {
  const path = join(folder, `${name}.whl`);
  const content = Object.entries(files).map(([file, text]) => [file, strToU8(text)]);
  writeFileSync(path, zipSync(Object.fromEntries(content)));
  return { kind: /** @type {const} */ ('wheel'), name, version: '1.0', fileName: `${name}.whl`, path };
}

const shapes = wheel('shapes', {
  'shapes/__init__.py': 'names = {"round", "square", "flat"}',
  'shapes-1.0.dist-info/METADATA': 'Name: shapes\nVersion: 1.0\n',
});

/** @param {string} cache */
function modified(cache) {
  return readdirSync(cache).map((name) => [name, statSync(join(cache, name)).mtimeMs]);
}

describe('what is packed', () => {
  it('comes out the same again, and from the cache where it is', { timeout: 120_000 }, async () => {
    const [cache, other] = ['one', 'other'].map((name) => join(folder, name));
    const [product] = await buildProducts([shapes], cache);
    const before = modified(String(cache));
    expect(before.length).toBe(3);
    expect(await buildProducts([shapes], cache)).toEqual([product]);
    expect(modified(String(cache))).toEqual(before);

    const [again] = await buildProducts([shapes], other);
    expect(again?.archive.packedSha256).toBe(product?.archive.packedSha256);
    expect(again?.sources.packedSha256).toBe(product?.sources.packedSha256);

    appendFileSync(String(again?.sources.path), 'damage');
    expect(await buildProducts([shapes], other)).toEqual([again]);
    expect(readFileSync(String(again?.sources.path))).toEqual(readFileSync(String(product?.sources.path)));
  });

  it('is no product when a wheel cannot be packed', { timeout: 120_000 }, async () => {
    const cache = join(folder, 'refused');
    const hostile = wheel('hostile', { '../escaped.py': '' });
    await expect(buildProducts([hostile, shapes], cache)).rejects.toThrow(
      /^compile hostile-1\.0, shapes-1\.0: failed with exit code 1 after /,
    );
    expect(readdirSync(cache).filter((name) => name.startsWith('hostile'))).toEqual([]);
  });
});
