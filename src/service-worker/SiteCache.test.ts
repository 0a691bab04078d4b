import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SiteCache } from './SiteCache.ts';
import { hashFile, type SiteFile } from './site-manifest.ts';
import { MemoryCaches } from './testing/MemoryCaches.ts';

const scopeUrl = 'https://host.org/cahier/';

type Files = Readonly<Record<string, string>>;

const never = new AbortController().signal;

const build: Files = {
  'index.html': 'the page',
  'assets/a-1.js': 'script',
  'assets/lazy-1.js': 'more script',
  'pyodide/numpy.whl': 'a package',
  'a b%.txt': 'odd name',
};

async function toSiteFile([path, content]: [string, string]): Promise<SiteFile> {
  const bytes = new TextEncoder().encode(content);
  return { path, size: bytes.byteLength, hash: await hashFile(bytes.buffer) };
}

/** A host that serves these files, and the requests that reached it. */
class Host {
  files: Files;
  readonly asked: string[] = [];
  isReachable = true;

  constructor(files: Files) {
    this.files = files;
  }

  /** Told of every path that is asked for. */
  onAsked: (path: string) => void = () => undefined;

  readonly fetch: typeof fetch = (input, options) => {
    const url = input instanceof Request ? input.url : String(input);
    const path = decodeURIComponent(url.slice(scopeUrl.length));
    this.asked.push(path);
    this.onAsked(path);
    if (options?.signal?.aborted) return Promise.reject(new DOMException('Given up', 'AbortError'));
    if (!this.isReachable) return Promise.reject(new TypeError('Failed to fetch'));
    const content = this.files[path];
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'br', vary: 'Accept-Encoding' };
    return Promise.resolve(
      content === undefined ? new Response('missing', { status: 404 }) : new Response(content, { headers }),
    );
  };
}

async function openCache(
  caches: MemoryCaches,
  host: Host,
  { buildId = 'one', files = build, hasRoom = (_bytes: number): boolean => true } = {},
): Promise<SiteCache> {
  const siteFiles = await Promise.all(Object.entries(files).map(toSiteFile));
  const manifest = { buildId, files: siteFiles, openingPaths: ['assets/a-1.js'] };
  return new SiteCache(manifest, scopeUrl, {
    caches: caches as unknown as CacheStorage,
    fetch: host.fetch,
    hasRoom: (bytes) => Promise.resolve(hasRoom(bytes)),
  });
}

/** Asks for a file as a page does, and waits until it is kept. */
async function ask(cache: SiteCache, path: string): Promise<string> {
  const file = cache.findFile(path);
  const request = new Request(scopeUrl + path);
  const keeping: Promise<unknown>[] = [];
  const response = file
    ? await cache.answer(file, request, (promise) => keeping.push(promise))
    : await cache.answerUnknown(request.url, request);
  const text = await response.text();
  await Promise.all(keeping);
  return text;
}

function urls(...paths: readonly string[]): string[] {
  return paths.map((path) => scopeUrl + path);
}

let caches: MemoryCaches;
let host: Host;

beforeEach(() => {
  caches = new MemoryCaches();
  host = new Host(build);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the files of the site', () => {
  it('come from the host once, and then from the cache', async () => {
    const cache = await openCache(caches, host);
    expect([await ask(cache, 'assets/a-1.js'), await ask(cache, 'assets/a-1.js')]).toEqual([
      'script',
      'script',
    ]);
    expect(host.asked).toEqual(['assets/a-1.js']);
    expect(caches.list()).toEqual({ 'cahier /cahier/ one': urls('assets/a-1.js') });
  });

  it('are kept with their size and type, and without what described their way', async () => {
    const cache = await openCache(caches, host);
    await ask(cache, 'assets/a-1.js');
    const [url = ''] = urls('assets/a-1.js');
    const kept = await caches.match(url, { cacheName: 'cahier /cahier/ one' });
    expect(Object.fromEntries(kept?.headers ?? [])).toEqual({
      'content-type': 'text/plain',
      'content-length': '6',
      'x-cahier-hash': '21a0270b7f66a1e4',
    });
  });

  it('are handed out and not kept where the host serves those of another build', async () => {
    host.files = { ...build, 'assets/a-1.js': 'of another build', 'index.html': 'ThE page' };
    const cache = await openCache(caches, host);
    expect(await ask(cache, 'assets/a-1.js')).toBe('of another build');
    await cache.keepOpening();
    await cache.keepAll(never);
    expect(caches.list()).toEqual({ 'cahier /cahier/ one': urls('assets/lazy-1.js', 'a%20b%25.txt') });
  });

  it('are found by the names that stand in addresses', async () => {
    const cache = await openCache(caches, host);
    expect(cache.findFile('a%20b%25.txt')?.path).toBe('a b%.txt');
    expect(cache.findFile('a b%.txt')).toBeNull();
    expect(cache.findFile('')).toBeNull();
  });

  it('come from the host where the browser lets nothing be stored', async () => {
    caches.isBroken = true;
    const cache = await openCache(caches, host);
    await cache.keepOpening();
    await cache.keepAll(never);
    await cache.dropBuilds((buildIds) => buildIds);
    expect(await ask(cache, 'assets/a-1.js')).toBe('script');
    expect(await ask(cache, 'gone.js')).toBe('missing');
  });

  it('come from the host where there is no room', async () => {
    caches.isFull = true;
    expect(await ask(await openCache(caches, host), 'assets/a-1.js')).toBe('script');
    expect(
      await ask(await openCache(new MemoryCaches(), host, { hasRoom: () => false }), 'assets/a-1.js'),
    ).toBe('script');
  });
});

describe('keeping', () => {
  it('counts what is on its way when it asks for room', async () => {
    const asked: number[] = [];
    const hasRoom = (bytes: number): boolean => {
      asked.push(bytes);
      return bytes < 10;
    };
    const cache = await openCache(caches, host, { hasRoom });
    await Promise.all([ask(cache, 'assets/a-1.js'), ask(cache, 'index.html')]);
    await ask(cache, 'index.html');
    expect(asked).toEqual([6, 14, 8]);
    expect(caches.list()['cahier /cahier/ one']?.toSorted()).toEqual(urls('assets/a-1.js', 'index.html'));
  });

  it('begins with what the page needs to open', async () => {
    await (await openCache(caches, host)).keepOpening();
    // They are fetched at once, and come in any order.
    const kept = caches.list()['cahier /cahier/ one']?.toSorted();
    expect(kept).toEqual(urls('assets/a-1.js', 'index.html'));
    expect(Object.keys(caches.list())).toEqual(['cahier /cahier/ one']);
  });

  it('goes on with the rest, but for packages that were not used', async () => {
    const cache = await openCache(caches, host);
    await ask(cache, 'assets/lazy-1.js');
    await Promise.all([cache.keepAll(never), cache.keepAll(never)]);
    expect(host.asked).toEqual(['assets/lazy-1.js', 'index.html', 'assets/a-1.js', 'a b%.txt']);
    await ask(cache, 'pyodide/numpy.whl');
    expect(caches.list()['cahier /cahier/ one']).toContain(`${scopeUrl}pyodide/numpy.whl`);
  });

  it('keeps the library of Parquet once it was used, and not before', async () => {
    const parquet = 'assets/parquet_wasm_bg-Bq3x.wasm';
    const files = { 'index.html': 'the page', [parquet]: 'a library' };
    host.files = files;
    const cache = await openCache(caches, host, { files });
    await cache.keepAll(never);
    expect(host.asked).toEqual(['index.html']);
    await ask(cache, parquet);
    expect(caches.list()['cahier /cahier/ one']).toContain(`${scopeUrl}${parquet}`);
  });

  it('ends when a newer service worker is to take over', async () => {
    const handOver = new AbortController();
    host.onAsked = (path) => {
      if (path === 'assets/a-1.js') handOver.abort();
    };
    await (await openCache(caches, host)).keepAll(handOver.signal);
    expect(host.asked).toEqual(['index.html', 'assets/a-1.js']);
    expect(caches.list()).toEqual({ 'cahier /cahier/ one': urls('index.html') });
  });

  it('ends where there is no network or no room', async () => {
    host.isReachable = false;
    await (await openCache(caches, host)).keepAll(never);
    expect(host.asked).toEqual(['index.html']);
    host.isReachable = true;
    await (await openCache(caches, host, { hasRoom: () => false })).keepAll(never);
    expect(host.asked).toEqual(['index.html', 'index.html']);
  });
});

describe('another build', () => {
  const next: Files = {
    'index.html': 'the next page',
    'assets/a-2.js': 'next script',
    'pyodide/numpy.whl': 'a package',
    'a b%.txt': 'changed',
  };

  async function openNext(): Promise<SiteCache> {
    const cache = await openCache(caches, host);
    await cache.keepAll(never);
    await ask(cache, 'pyodide/numpy.whl');
    host.asked.length = 0;
    host.files = next;
    return await openCache(caches, host, { buildId: 'two', files: next });
  }

  it('takes what did not change from the one before, and keeps used packages', async () => {
    const cache = await openNext();
    expect(await ask(cache, 'pyodide/numpy.whl')).toBe('a package');
    await cache.keepAll(never);
    expect(host.asked).toEqual(['index.html', 'assets/a-2.js', 'a b%.txt']);
    expect(caches.list()['cahier /cahier/ two']).toEqual(
      urls('index.html', 'assets/a-2.js', 'pyodide/numpy.whl', 'a%20b%25.txt'),
    );
  });

  it('answers pages of the one before with its files, and never with them for its own', async () => {
    const cache = await openNext();
    expect(await ask(cache, 'assets/lazy-1.js')).toBe('more script');
    expect(await ask(cache, 'index.html')).toBe('the next page');
    expect(host.asked).toEqual(['index.html']);
  });

  it('forgets the builds that it is told to, and nothing that is not this site’s', async () => {
    const cache = await openNext();
    await cache.keepOpening();
    await caches.open('cahier / one');
    await caches.open('another app');
    await cache.dropBuilds((buildIds) => {
      expect(buildIds).toEqual(['one', 'two']);
      return ['one'];
    });
    expect(Object.keys(caches.list())).toEqual(['cahier /cahier/ two', 'cahier / one', 'another app']);
  });
});
