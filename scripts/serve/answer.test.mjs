// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ask, digits, script, TestSite } from './test-site.mjs';

const site = new TestSite();
afterEach(() => site.closeServers());
afterAll(() => site.remove());

describe('a served file', () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html?x=1', 'text/html; charset=utf-8'],
    ['/assets/plain.js', 'text/javascript; charset=utf-8'],
    ['/style.css', 'text/css; charset=utf-8'],
    ['/core.wasm', 'application/wasm'],
    ['/wheel.whl', 'application/zip'],
    ['/digits.zip', 'application/zip'],
    ['/font.ttf', 'font/ttf'],
    ['/app.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['/a%20b.txt', 'text/plain; charset=utf-8'],
    ['/empty.json', 'application/json; charset=utf-8'],
    ['/x.unknown', 'application/octet-stream'],
  ])('%s has the type %s', async (path, type) => {
    const { status, headers } = await site.askOnce(path);
    expect([status, headers['content-type']]).toEqual([200, type]);
  });

  it('is kept for ever when its address has a checksum, else asked about each time', async () => {
    const { port } = await site.start();
    const cacheControl = async (/** @type {string} */ path) =>
      (await ask(port, path)).headers['cache-control'];
    expect(await cacheControl('/assets/index-B4x_9-Zq.js')).toBe('public, max-age=31536000, immutable');
    expect(await cacheControl('/python/sdk-0123456789ab.pack')).toBe('public, max-age=31536000, immutable');
    expect(await cacheControl('/pyodide/0123456789ab/core.wasm')).toBe('public, max-age=31536000, immutable');
    expect(await cacheControl('/assets/plain.js')).toBe('no-cache');
    expect(await cacheControl('/python/plain.pack')).toBe('no-cache');
    expect(await cacheControl('/pyodide/core.wasm')).toBe('no-cache');
    expect(await cacheControl('/')).toBe('no-cache');
    expect(await cacheControl('/service-worker.js')).toBe('no-cache');
    expect(await cacheControl('/gone.js')).toBe('no-cache');
  });

  it('comes with no header that a plain static host does not set', async () => {
    const { headers } = await site.askOnce('/');
    expect(Object.keys(headers).sort()).toEqual([
      ...['accept-ranges', 'cache-control', 'connection', 'content-length', 'content-type', 'date'],
      ...['etag', 'last-modified'],
    ]);
  });

  it('is not sent again to a client that has it', async () => {
    const { port } = await site.start();
    const { headers } = await ask(port, '/digits.zip');
    const { etag = '', 'last-modified': lastModified = '' } = headers;
    const byTag = await ask(port, '/digits.zip', { headers: { 'if-none-match': etag } });
    const byDate = await ask(port, '/digits.zip', { headers: { 'if-modified-since': lastModified } });
    expect([byTag.status, byTag.body.length, byTag.headers.etag]).toEqual([304, 0, etag]);
    expect([byDate.status, byDate.body.length]).toEqual([304, 0]);
    expect((await ask(port, '/digits.zip', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('is sent anew when it has changed', async () => {
    const { port } = await site.start();
    const path = join(site.directory, 'changing.css');
    const askForIt = () => ask(port, '/changing.css', { headers: { 'accept-encoding': 'br' } });
    writeFileSync(path, 'a {} '.repeat(500));
    const { headers, body } = await askForIt();
    writeFileSync(path, 'b {} '.repeat(501));
    const changed = await askForIt();
    expect(changed.headers.etag).not.toBe(headers.etag);
    expect(brotliDecompressSync(body).toString()).toBe('a {} '.repeat(500));
    expect(brotliDecompressSync(changed.body).toString()).toBe('b {} '.repeat(501));
  });

  it('has headers and no body for HEAD', async () => {
    const { status, headers, body } = await site.askOnce('/digits.zip', { method: 'HEAD' });
    expect([status, headers['content-length'], body.length]).toEqual([200, '10', 0]);
    const compressed = await site.askOnce('/assets/plain.js', {
      method: 'HEAD',
      headers: { 'accept-encoding': 'br' },
    });
    expect([compressed.headers['content-encoding'], compressed.body.length]).toEqual(['br', 0]);
  });
});

describe('compression', () => {
  it('is Brotli where accepted, else gzip, else none', async () => {
    const { port } = await site.start();
    const askFor = (/** @type {string} */ encoding) =>
      ask(port, '/assets/plain.js', { headers: { 'accept-encoding': encoding } });
    const [brotli, gzip, none] = [await askFor('gzip, br'), await askFor('gzip'), await askFor('identity')];
    expect([brotli, gzip, none].map(({ headers }) => headers['content-encoding'])).toEqual([
      'br',
      'gzip',
      undefined,
    ]);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script);
    expect(gunzipSync(gzip.body).toString()).toBe(script);
    expect(none.body.toString()).toBe(script);
    expect(brotli.body.length).toBeLessThan(script.length / 10);
    expect(new Set([brotli, gzip, none].map(({ headers }) => headers.etag)).size).toBe(3);
    expect(none.headers.vary).toBe('Accept-Encoding');
  });

  it('leaves alone what is compressed or small already', async () => {
    const { port } = await site.start();
    const headers = { 'accept-encoding': 'br' };
    expect((await ask(port, '/digits.zip', { headers })).headers['content-encoding']).toBeUndefined();
    expect((await ask(port, '/', { headers })).headers['content-encoding']).toBeUndefined();
  });
});

describe('a range', () => {
  it('gives the part that was asked for', async () => {
    const { status, headers, body } = await site.askOnce('/digits.zip', { headers: { range: 'bytes=2-4' } });
    expect([status, headers['content-range'], headers['content-length'], body.toString()]).toEqual([
      ...[206, 'bytes 2-4/10', '3', '234'],
    ]);
  });

  it('counts the bytes of the file itself, even where the client accepts compression', async () => {
    const headers = { range: 'bytes=-4', 'accept-encoding': 'br' };
    const { status, body, headers: answered } = await site.askOnce('/assets/plain.js', { headers });
    expect([status, body.toString(), answered['content-encoding']]).toEqual([
      206,
      '");\n'.slice(-4),
      undefined,
    ]);
  });

  it('beyond the end is refused with the size', async () => {
    const { status, headers } = await site.askOnce('/digits.zip', { headers: { range: 'bytes=10-' } });
    expect([status, headers['content-range']]).toEqual([416, 'bytes */10']);
  });

  it('of another version, or several at once, gives the whole file', async () => {
    const { port } = await site.start();
    const outdated = await ask(port, '/digits.zip', { headers: { range: 'bytes=2-4', 'if-range': '"old"' } });
    const several = await ask(port, '/digits.zip', { headers: { range: 'bytes=0-1,4-5' } });
    expect([outdated.status, outdated.body.toString()]).toEqual([200, digits]);
    expect([several.status, several.body.toString()]).toEqual([200, digits]);
  });
});

describe('what is refused', () => {
  it.each([
    '/gone.js',
    '/index.html/',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/../dist-of-another.txt',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/assets/',
  ])('%s is not found', async (path) => {
    const { status, body } = await site.askOnce(path);
    expect([status, body.toString()]).toEqual([404, '404\n']);
  });

  it.each(['/%', '/%00', '/index.html%00.js'])('%s is malformed', async (path) => {
    expect((await site.askOnce(path)).status).toBe(400);
  });

  it('is every method that would change something', async () => {
    const { status, headers } = await site.askOnce('/', { method: 'POST' });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('folders and sub-paths', () => {
  it('redirects from a folder without a slash, keeping the query', async () => {
    const { status, headers } = await site.askOnce('/guide?page=2');
    expect([status, headers.location]).toEqual([301, '/guide/?page=2']);
    expect((await site.askOnce('/guide/')).body.toString()).toContain('Guide');
  });

  it('never redirects to another host', async () => {
    const { headers } = await site.askOnce('//guide');
    expect(headers.location ?? '').not.toMatch(/^\/\//);
  });

  it('serves under a sub-path and nothing outside of it', async () => {
    const { port, url } = await site.start({ base: 'some/sub/path' });
    const status = async (/** @type {string} */ path) => (await ask(port, path)).status;
    expect(url).toBe(`http://localhost:${port}/some/sub/path/`);
    expect((await ask(port, '/some/sub/path/')).body.toString()).toContain('Cahier');
    expect((await ask(port, '/some/sub/path')).headers.location).toBe('/some/sub/path/');
    expect(await status('/some/sub/path/digits.zip')).toBe(200);
    expect(await status('/')).toBe(404);
    expect(await status('/digits.zip')).toBe(404);
    expect(await status('/some/sub/pathdigits.zip')).toBe(404);
    expect(await status('/some/sub/path/../../../secret.txt')).toBe(404);
    expect(await status('/some/sub/path/../../../../secret.txt')).toBe(404);
  });
});
