import { createBuildNames, type BuildNames } from '../protocol/build-name.ts';
import { logger } from '../shared/logger.ts';
import { hashFile, isKeptOnceUsed, pagePath, type SiteFile, type SiteManifest } from './site-manifest.ts';

/** What the browser gives; tests give their own. */
export interface SiteCacheTools {
  readonly caches: CacheStorage;
  readonly fetch: typeof fetch;
  /** Whether so many bytes more leave enough room for what the reader makes. */
  readonly hasRoom: (bytes: number) => Promise<boolean>;
}

/** How an attempt to keep a file ended. */
type Keeping = 'kept' | 'other-content' | 'no-room' | 'failed';

/** In the headers of every kept response: the hash of its content. */
const hashHeader = 'x-cahier-hash';

/** They tell of the way that the bytes took, and would be wrong of the kept ones. */
const wayHeaders = ['content-encoding', 'transfer-encoding', 'vary'];

/**
 * The files of the site for visits without a network: one cache a build, and in it nothing but files of that build. A
 * host in the middle of a change serves some files of each, so content is checked before it is kept. A browser that refuses to
 * keep anything costs such visits and nothing else.
 */
export class SiteCache {
  readonly #manifest: SiteManifest;
  readonly #scopeUrl: string;
  readonly #names: BuildNames;
  readonly #tools: SiteCacheTools;
  readonly #files: ReadonlyMap<string, SiteFile>;
  #keepingAll: Promise<void> | null = null;
  /** Of the files that are being kept: the browser does not count them yet. */
  #comingBytes = 0;

  /** @param scopeUrl the site's folder, with a slash at its end */
  constructor(manifest: SiteManifest, scopeUrl: string, tools: SiteCacheTools) {
    this.#manifest = manifest;
    this.#scopeUrl = scopeUrl;
    this.#names = createBuildNames(scopeUrl);
    this.#tools = tools;
    const scopeLength = scopeUrl.length;
    this.#files = new Map(manifest.files.map((file) => [this.#toUrl(file).slice(scopeLength), file]));
  }

  /** @param path relative to the site's folder, as it stands in an address */
  findFile(path: string): SiteFile | null {
    return this.#files.get(path) ?? null;
  }

  /**
   * Answers a request for a file: from the cache, else from the host, and then keeps it.
   * @param onKeeping gets the promise of the keeping, which outlives the answer
   */
  async answer(
    file: SiteFile,
    request: Request,
    onKeeping: (keeping: Promise<unknown>) => void,
  ): Promise<Response> {
    const kept = (await this.#findInOwn(file)) ?? (await this.#findInOthers(file));
    if (kept) return kept;
    const response = await this.#tools.fetch(request);
    if (response.status === 200) onKeeping(this.#keep(file, response.clone()));
    return response;
  }

  /** Answers for a file that this build does not have: a page of an older one may be open still. */
  async answerUnknown(url: string, request: Request): Promise<Response> {
    return (await this.#findByUrl(url)) ?? (await this.#tools.fetch(request));
  }

  /** Keeps what the page needs to open. */
  async keepOpening(): Promise<void> {
    const files = [pagePath, ...this.#manifest.openingPaths].flatMap((path) => this.findFile(path) ?? []);
    await Promise.all(files.map((file) => this.#keepMissing(file)));
  }

  /**
   * Keeps the rest, one after another, as far as there is room. Of what most never use, as Python packages are, only what was used.
   * @param handOver given when a newer service worker is to take over: it waits for the end of this, which is then
   */
  keepAll(handOver: AbortSignal): Promise<void> {
    this.#keepingAll ??= this.#keepEach(handOver).finally(() => {
      this.#keepingAll = null;
    });
    return this.#keepingAll;
  }

  /** Forgets the builds that nobody needs. */
  async dropBuilds(choose: (buildIds: readonly string[]) => readonly string[]): Promise<void> {
    await this.#attempt(async () => {
      const names = await this.#tools.caches.keys();
      const buildIds = names.flatMap((name) => this.#names.toBuildId(name) ?? []);
      await Promise.all(
        choose(buildIds).map((buildId) => this.#tools.caches.delete(this.#names.toName(buildId))),
      );
    });
  }

  async #keepEach(handOver: AbortSignal): Promise<void> {
    for (const file of this.#manifest.files) {
      const keeping = await this.#keepMissing(file, handOver);
      // Neither room nor a network nor time comes back for the next file.
      if (keeping === 'no-room' || keeping === 'failed') return;
    }
  }

  async #keepMissing(file: SiteFile, signal: AbortSignal | null = null): Promise<Keeping> {
    if (await this.#findInOwn(file)) return 'kept';
    const older = await this.#findInOthers(file);
    if (older) return this.#keep(file, older);
    if (isKeptOnceUsed(file.path)) return 'kept';
    try {
      const response = await this.#tools.fetch(this.#toUrl(file), { cache: 'no-cache', signal });
      return response.status === 200 ? await this.#keep(file, response) : 'other-content';
    } catch {
      return 'failed';
    }
  }

  async #keep(file: SiteFile, response: Response): Promise<Keeping> {
    this.#comingBytes += file.size;
    const coming = this.#comingBytes;
    const keeping = await this.#attempt(async (): Promise<Keeping> => {
      if (!(await this.#tools.hasRoom(coming))) return 'no-room';
      const bytes = await response.arrayBuffer();
      if (bytes.byteLength !== file.size || (await hashFile(bytes)) !== file.hash) return 'other-content';
      const headers = new Headers(response.headers);
      for (const name of wayHeaders) headers.delete(name);
      headers.set('content-length', String(file.size));
      headers.set(hashHeader, file.hash);
      const cache = await this.#tools.caches.open(this.#names.toName(this.#manifest.buildId));
      await cache.put(this.#toUrl(file), new Response(bytes, { headers }));
      return 'kept';
    });
    this.#comingBytes -= file.size;
    if (!response.bodyUsed) await response.body?.cancel();
    return keeping ?? 'failed';
  }

  async #findInOwn(file: SiteFile): Promise<Response | null> {
    const found = await this.#attempt(() =>
      this.#tools.caches.match(this.#toUrl(file), {
        cacheName: this.#names.toName(this.#manifest.buildId),
      }),
    );
    return found ?? null;
  }

  /** The same content in the cache of another build. */
  async #findInOthers(file: SiteFile): Promise<Response | null> {
    return await this.#search(
      this.#toUrl(file),
      (response) => response.headers.get(hashHeader) === file.hash,
    );
  }

  async #findByUrl(url: string): Promise<Response | null> {
    return await this.#search(url, () => true);
  }

  async #search(url: string, isWanted: (response: Response) => boolean): Promise<Response | null> {
    const found = await this.#attempt(async () => {
      for (const cacheName of await this.#tools.caches.keys()) {
        const buildId = this.#names.toBuildId(cacheName);
        if (buildId === null || buildId === this.#manifest.buildId) continue;
        const response = await this.#tools.caches.match(url, { cacheName });
        if (response && isWanted(response)) return response;
      }
      return null;
    });
    return found ?? null;
  }

  /** Does something with the browser's storage, which may refuse it. */
  async #attempt<Value>(work: () => Promise<Value>): Promise<Value | null> {
    try {
      return await work();
    } catch (error) {
      logger.warn('A file of the site could not be kept or found', error);
      return null;
    }
  }

  #toUrl(file: SiteFile): string {
    return new URL(file.path.replace(/[%?#]/g, encodeURIComponent), this.#scopeUrl).href;
  }
}
