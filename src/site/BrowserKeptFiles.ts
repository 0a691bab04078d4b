import type { FreedFiles, KeptFiles, KeptKind, KeptUse } from '../model/kept-files.ts';
import { createBuildNames } from '../protocol/build-name.ts';
import {
  nameSnapshotUse,
  nameSnapshotWriter,
  nameWheelWriter,
  snapshotFolder,
  wheelFolder,
} from '../protocol/kept-names.ts';
import { logger } from '../shared/logger.ts';

/** A file that can be removed. */
interface KeptFile {
  readonly byteSize: number;
  /** Whether it was: one that somebody reads or writes stays. */
  readonly remove: () => Promise<boolean>;
}

/** What the page itself is made of stays: an open page loads parts of it later. */
const pageFile = /\.(?:html|js|css|json|webmanifest|svg|png)$/;

/** What workers and the service worker keep for later visits, told and freed from the page. */
export class BrowserKeptFiles implements KeptFiles {
  readonly #siteUrl: string;
  /** The build that this page is of. */
  readonly #buildId: string | null;

  constructor(siteUrl: string, buildId: string | null) {
    this.#siteUrl = siteUrl;
    this.#buildId = buildId;
  }

  async measure(): Promise<readonly KeptUse[]> {
    const kinds = ['snapshots', 'packages', 'site'] as const;
    const uses = await Promise.all(
      kinds.map(async (kind): Promise<KeptUse> => {
        const files = await this.#list(kind);
        return {
          kind,
          count: files.length,
          byteSize: files.reduce((sum, { byteSize }) => sum + byteSize, 0),
        };
      }),
    );
    return uses.filter(({ count }) => count > 0);
  }

  async free(kind: KeptKind): Promise<FreedFiles> {
    let byteSize = 0;
    let usedCount = 0;
    for (const file of await this.#list(kind)) {
      if (await file.remove()) byteSize += file.byteSize;
      else usedCount += 1;
    }
    return { byteSize, usedCount };
  }

  async #list(kind: KeptKind): Promise<KeptFile[]> {
    try {
      switch (kind) {
        case 'snapshots':
          return await listFolder(snapshotFolder, (name) => [
            nameSnapshotWriter(name),
            nameSnapshotUse(name),
          ]);
        case 'packages':
          return await listFolder(wheelFolder, (name) => [nameWheelWriter(name)]);
        case 'site':
          return await this.#listSite();
      }
    } catch (error) {
      logger.warn('What the browser keeps for later visits cannot be looked at', error);
      return [];
    }
  }

  /** Files of this build that no page loads as a part of itself, and all of builds that no page is of. */
  async #listSite(): Promise<KeptFile[]> {
    const names = createBuildNames(this.#siteUrl);
    const { held = [] } = (await navigator.locks.query().catch(() => null)) ?? {};
    const open = new Set(held.map(({ name }) => name));
    const files: KeptFile[] = [];
    for (const cacheName of await caches.keys()) {
      const buildId = names.toBuildId(cacheName);
      if (buildId === null) continue;
      const isNeeded = buildId === this.#buildId || open.has(cacheName);
      const cache = await caches.open(cacheName);
      const kept = (await cache.keys()).filter(
        ({ url }) => !isNeeded || !(pageFile.test(new URL(url).pathname) || url.endsWith('/')),
      );
      files.push(...(await listCached(cache, kept)));
    }
    return files;
  }
}

/** The files of a folder, or of the cache that stands for it; `lockNames` are what keeps one from being removed. */
async function listFolder(
  folderName: string,
  lockNames: (name: string) => readonly string[],
): Promise<KeptFile[]> {
  const root = await navigator.storage.getDirectory().catch(() => null);
  const folder = await root?.getDirectoryHandle(folderName).catch(() => null);
  const files: KeptFile[] = [];
  if (folder) {
    for await (const name of folder.keys()) {
      // One that is being written is not looked at.
      const handle = await folder.getFileHandle(name).catch(() => null);
      const file = await handle?.getFile().catch(() => null);
      if (!file) continue;
      files.push({
        byteSize: file.size,
        remove: () => withLocks(lockNames(name), () => folder.removeEntry(name)),
      });
    }
  }
  if (!(await caches.has(folderName))) return files;
  const cache = await caches.open(folderName);
  const cached = await listCached(cache, await cache.keys(), lockNames);
  return [...files, ...cached];
}

async function listCached(
  cache: Cache,
  requests: readonly Request[],
  lockNames: (name: string) => readonly string[] = () => [],
): Promise<KeptFile[]> {
  return await Promise.all(
    requests.map(async (request): Promise<KeptFile> => {
      const response = await cache.match(request);
      const told = Number(response?.headers.get('content-length') ?? Number.NaN);
      const byteSize = Number.isFinite(told) ? told : ((await response?.blob())?.size ?? 0);
      const name = request.url.slice(request.url.lastIndexOf('/') + 1);
      return { byteSize, remove: () => withLocks(lockNames(name), () => cache.delete(request)) };
    }),
  );
}

/** Does something while nobody else holds these locks; false where somebody does, or the browser refuses it. */
async function withLocks(names: readonly string[], work: () => Promise<unknown>): Promise<boolean> {
  const [name, ...others] = names;
  if (name === undefined) {
    try {
      await work();
      return true;
    } catch {
      // It is being read.
      return false;
    }
  }
  return await navigator.locks.request(name, { ifAvailable: true }, (lock) =>
    lock ? withLocks(others, work) : false,
  );
}
