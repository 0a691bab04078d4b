import { afterEach, expect, test } from 'vitest';
import { createBuildNames } from '../protocol/build-name.ts';
import { nameSnapshotUse, snapshotFolder, wheelFolder } from '../protocol/kept-names.ts';
import { BrowserKeptFiles } from './BrowserKeptFiles.ts';

const siteUrl = 'https://cahier.example/course/';
const names = createBuildNames(siteUrl);

async function keep(folderName: string, name: string, byteSize: number): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writable.write(new Uint8Array(byteSize));
  await writable.close();
}

async function cache(buildId: string, path: string, byteSize: number): Promise<void> {
  const opened = await caches.open(names.toName(buildId));
  const headers = { 'content-length': String(byteSize) };
  await opened.put(siteUrl + path, new Response(new Uint8Array(byteSize), { headers }));
}

/** Holds a lock until what it gives is called. */
async function hold(name: string): Promise<() => void> {
  const held = Promise.withResolvers<undefined>();
  const over = Promise.withResolvers<undefined>();
  void navigator.locks.request(name, { mode: 'shared' }, () => {
    held.resolve(undefined);
    return over.promise;
  });
  await held.promise;
  return () => {
    over.resolve(undefined);
  };
}

afterEach(async () => {
  const root = await navigator.storage.getDirectory();
  for (const name of [snapshotFolder, wheelFolder]) {
    await root.removeEntry(name, { recursive: true }).catch(() => undefined);
  }
  for (const name of await caches.keys()) await caches.delete(name);
});

test('nothing is told of where nothing is kept', async () => {
  expect(await new BrowserKeptFiles(siteUrl, 'build').measure()).toEqual([]);
});

test('snapshots are told and freed, but for one that a Python reads from', async () => {
  const kept = new BrowserKeptFiles(siteUrl, 'build');
  await keep(snapshotFolder, 'one', 1_000);
  await keep(snapshotFolder, 'two', 500);
  await keep(wheelFolder, 'wheel', 70);
  expect(await kept.measure()).toEqual([
    { kind: 'snapshots', count: 2, byteSize: 1_500 },
    { kind: 'packages', count: 1, byteSize: 70 },
  ]);
  const release = await hold(nameSnapshotUse('one'));
  expect(await kept.free('snapshots')).toEqual({ byteSize: 500, usedCount: 1 });
  expect(await kept.free('packages')).toEqual({ byteSize: 70, usedCount: 0 });
  release();
  await expect.poll(() => kept.free('snapshots')).toEqual({ byteSize: 1_000, usedCount: 0 });
  expect(await kept.measure()).toEqual([]);
});

test('of this build stays what pages are made of, and all of a build that a page is open of', async () => {
  const kept = new BrowserKeptFiles(siteUrl, 'build');
  for (const build of ['build', 'open', 'left']) {
    await cache(build, 'index.html', 1);
    await cache(build, 'assets/a.js', 2);
    await cache(build, 'python/core.zip', 1_000);
  }
  const other = await caches.open('somebody else');
  await other.put(siteUrl, new Response('theirs'));
  const release = await hold(names.toName('open'));
  expect(await kept.measure()).toEqual([{ kind: 'site', count: 5, byteSize: 3_003 }]);
  expect(await kept.free('site')).toEqual({ byteSize: 3_003, usedCount: 0 });
  release();
  expect((await (await caches.open(names.toName('build'))).keys()).length).toBe(2);
  expect((await (await caches.open(names.toName('open'))).keys()).length).toBe(2);
  expect((await (await caches.open(names.toName('left'))).keys()).length).toBe(0);
  expect((await other.keys()).length).toBe(1);
});

test('what a browser without a private file system keeps in its cache is told and freed as well', async () => {
  const kept = new BrowserKeptFiles(siteUrl, 'build');
  const cached = await caches.open(snapshotFolder);
  await cached.put(`${siteUrl}-/snapshots/one`, new Response(new Uint8Array(30)));
  expect(await kept.measure()).toEqual([{ kind: 'snapshots', count: 1, byteSize: 30 }]);
  expect(await kept.free('snapshots')).toEqual({ byteSize: 30, usedCount: 0 });
  expect(await cached.keys()).toEqual([]);
});
