// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../project.mjs';
import { sha256 } from '../wheels/cache.mjs';
import { distributionUrl } from '../wheels/lock.mjs';
import { hostedWheels } from '../wheels.mjs';
import { collectPythonFiles } from './python-files.mjs';

const { files, description } = await collectPythonFiles();

/** @param {string} path */
function read(path) {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`The site has no ${path}`);
  return 'from' in file ? readFileSync(file.from) : Buffer.from(file.content);
}

describe('the files that the site serves for Python', () => {
  it('come with the address of the others, which the page reaches through its own origin alone', () => {
    expect(description.wheelCdnUrl).toBe(distributionUrl());
    const page = readFileSync(join(projectFolder, 'index.html'), 'utf8');
    const policy = /connect-src ([^;]+);/.exec(page)?.[1];
    expect(policy).toBe("'self' blob: data:");
  });

  it('hold the core of Pyodide and the list of packages', () => {
    const { pyodidePath, packagesPath } = description;
    for (const path of [`${pyodidePath}pyodide.asm.wasm`, packagesPath]) {
      expect(read(path).byteLength).toBeGreaterThan(0);
    }
  });

  it('have addresses that change with what is in them, the same ones for the same', async () => {
    const hashed = /^(pyodide\/[0-9a-f]{12}\/[^/]+|python\/.+-[0-9a-f]{12}\.(pack|json|zip))$/;
    expect(files.map(({ path }) => path).filter((path) => !hashed.test(path))).toEqual([]);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    expect((await collectPythonFiles()).description).toEqual(description);
  });

  it('are told of with their sizes and hashes, packed and unpacked', () => {
    const { stdlib, sdk, archives } = description;
    for (const { archive, sources } of [stdlib, sdk, ...archives]) {
      for (const { path, sizeBytes, unpackedBytes, sha256: hash } of [archive, sources]) {
        const packed = read(path);
        const unpacked = gunzipSync(packed);
        expect([packed.byteLength, unpacked.byteLength, sha256(unpacked)]).toEqual([
          ...[sizeBytes, unpackedBytes, hash],
        ]);
        expect(path).toContain(`-${sha256(packed).slice(0, 12)}.pack`);
      }
    }
  });

  it('have an archive for each wheel that was found', () => {
    expect(description.archives.map(({ name, version }) => [name, version])).toEqual(
      hostedWheels().map(({ name, version }) => [name, version]),
    );
  });
});
