// @ts-check
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSite } from './site-manifest.mjs';
import { writeServiceWorker } from './write-service-worker.mjs';

const page = `<html>
  <head>
    <title>x</title>
    <script type="module" src="./assets/a.js"></script>
    <link rel="stylesheet" href="./assets/a.css">
  </head>
</html>
`;

/** @type {string} */
let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cahier-manifest-'));
  write('index.html', page);
  write('assets/a.js', 'script');
  write('assets/a.css', 'style and more');
  write('pyodide/big.wasm', 'x'.repeat(1000));
  write('.nojekyll', '');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/**
 * @param {string} path
 * @param {string} content
 */
function write(path, content) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** @param {string} content */
function hash(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

describe('the manifest of a site', () => {
  it('names every file that a page can ask for, small ones first, and what the page needs to open', () => {
    const { manifest, page: marked } = describeSite(folder);
    expect(marked).toContain(`    <meta name="cahier-build" content="${manifest.buildId}" />\n  </head>`);
    expect(manifest).toEqual({
      buildId: expect.stringMatching(/^[0-9a-f]{16}$/),
      files: [
        { path: 'index.html', size: marked.length, hash: hash(marked) },
        { path: 'assets/a.js', size: 6, hash: hash('script') },
        { path: 'assets/a.css', size: 14, hash: hash('style and more') },
        { path: 'pyodide/big.wasm', size: 1000, hash: hash('x'.repeat(1000)) },
      ],
      openingPaths: ['assets/a.js', 'assets/a.css'],
    });
  });

  it('has the same id for the same files, and another one for others', () => {
    const { manifest, page: marked } = describeSite(folder);
    write('index.html', marked);
    write('service-worker.js', 'the service worker');
    expect(describeSite(folder)).toEqual({ manifest, page: marked });
    write('assets/a.css', 'style');
    expect(describeSite(folder).manifest.buildId).not.toBe(manifest.buildId);
  });

  it('cannot be made of a page that names what is not there', () => {
    write('index.html', page.replace('a.css', 'b.css'));
    expect(() => describeSite(folder)).toThrow('index.html names "assets/b.css", which is not in the site.');
    write('index.html', 'nothing');
    expect(() => describeSite(folder)).toThrow('index.html has no end of its head.');
  });
});

describe('the service worker of a site', () => {
  it('is one script that imports nothing and knows its build', async () => {
    await writeServiceWorker(folder);
    const { manifest, page: marked } = describeSite(folder);
    const script = readFileSync(join(folder, 'service-worker.js'), 'utf8');
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe(marked);
    expect(script).toContain(manifest.buildId);
    expect(script).not.toMatch(/\bimport\b|\bexport\b|importScripts/);
  });
});
