import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeferred } from '../../shared/deferred.ts';
import { findLibraries } from '../archive/archive-index.ts';
import { readArchive } from '../archive/read-archive.ts';
import { buildArchive } from '../archive/testing/build-archive.ts';
import { KeptSnapshots } from './KeptSnapshots.ts';
import { nameSnapshot } from './read-snapshot.ts';
import { placeSections, prefixBytes, snapshotMagic, type SnapshotHeader } from './snapshot-header.ts';
import { checkWords } from './word-checksum.ts';

const siteUrl = 'https://site.example/app/';
const build = 'build 1';
const cacheName = 'cahier-python';

const { archive } = buildArchive({ files: { 'a.txt': 'first' }, libraries: { 'b.so': 'machine code' } });
const state = new Uint8Array(10).fill(1);
const pages = new Uint8Array(4_096).fill(2);

function buildHeader(packages: readonly string[], partial: object = {}): SnapshotHeader {
  const read = readArchive(archive);
  if (!read.isOk) throw new Error(read.problem);
  const { name, headBytes, sizeBytes } = read.value;
  return {
    build,
    packages,
    stateBytes: state.byteLength,
    memoryBytes: 65_536,
    runs: [[2, 1]],
    preloadedTableLength: 1,
    tableLength: 2,
    libraryHandles: {},
    pagesChecksum: checkWords(pages),
    stateChecksum: checkWords(state),
    archives: [
      {
        name,
        headBytes,
        sizeBytes,
        headChecksum: checkWords(archive.subarray(0, headBytes)),
        librariesChecksum: checkWords(archive.subarray(findLibraries(read.value).offset)),
      },
    ],
    ...partial,
  };
}

/** A file with this header, and the sections where they belong by the header of a sound file. */
function buildFile(header: object): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const sections = placeSections(buildHeader([]), text.byteLength);
  const whole = new Uint8Array(sections.sizeBytes);
  whole.set(snapshotMagic);
  new DataView(whole.buffer).setUint32(snapshotMagic.byteLength, text.byteLength, true);
  whole.set(text, prefixBytes);
  whole.set(state, sections.state.offset);
  whole.set(pages, sections.pages.offset);
  whole.set(archive, sections.archives[0]?.offset ?? 0);
  return whole;
}

async function open(): Promise<KeptSnapshots> {
  const kept = await KeptSnapshots.open(siteUrl, build);
  if (!kept) throw new Error('the browser has no place for snapshots');
  return kept;
}

async function listNames(): Promise<string[]> {
  const requests = await (await caches.open(cacheName)).keys();
  return requests.map(({ url }) => url.slice(url.lastIndexOf('/') + 1));
}

/** Puts a file where the snapshot of these packages belongs. */
async function put(packages: readonly string[], bytes: Uint8Array<ArrayBuffer>, by = build): Promise<void> {
  const name = await nameSnapshot(by, packages);
  await (await caches.open(cacheName)).put(`${siteUrl}-/snapshots/${name}`, new Response(bytes));
}

async function keep(packages: readonly string[]): Promise<number> {
  return await (await open()).write(packages, () => Promise.resolve([buildFile(buildHeader(packages))]));
}

async function find(packages: readonly string[]): Promise<{ packages: unknown; problems: string[] }> {
  const problems: string[] = [];
  const found = await (await open()).find(packages, (problem) => problems.push(problem));
  found?.release();
  return { packages: found && found.header.packages, problems };
}

// A page has no synchronous access to the private file system: here the cache takes its place.
describe('the kept snapshots', () => {
  beforeEach(async () => {
    await caches.delete(cacheName);
  });
  afterEach(async () => {
    await caches.delete(cacheName);
  });

  it("give the one of exactly a notebook's packages", async () => {
    await keep([]);
    await keep(['numpy']);
    await keep(['numpy', 'pandas']);
    expect(await find(['numpy'])).toEqual({ packages: ['numpy'], problems: [] });
  });

  it('give else the one with most of its packages, and never one with others', async () => {
    await keep([]);
    await keep(['numpy']);
    await keep(['numpy', 'scipy']);
    expect(await find(['numpy', 'pandas'])).toEqual({ packages: ['numpy'], problems: [] });
  });

  it('give none where there is none, or only those of another build, which stay', async () => {
    await put([], buildFile(buildHeader([], { build: 'build 2' })), 'build 2');
    expect(await find([])).toEqual({ packages: null, problems: [] });
    expect((await listNames()).length).toBe(1);
  });

  it.each<[string, (sound: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>, string]>([
    ['was cut off', (sound) => sound.slice(0, 4_200), 'it has 4200 bytes, not'],
    ['is empty', () => new Uint8Array(), 'cut off'],
    ['was not written to its end', (sound) => sound.fill(0, 0, 8), 'not written to its end'],
    ['has no JSON', (sound) => sound.fill(7, prefixBytes, prefixBytes + 10), 'no JSON'],
  ])('throw one away that %s', async (_what, spoil, problem) => {
    await put([], spoil(buildFile(buildHeader([]))));
    expect(await find([])).toEqual({ packages: null, problems: [expect.stringContaining(problem)] });
    expect(await listNames()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['has another build inside', { build: 'build 2' }, 'another build'],
    ['lacks a field', { runs: undefined }, 'at runs'],
    ['is that of other packages', { packages: ['numpy'] }, 'other packages'],
    ['has pages beyond its memory', { runs: [[16, 1]] }, 'out of order'],
  ])('throw one away that %s', async (_what, partial, problem) => {
    await put([], buildFile(buildHeader([], partial)));
    expect(await find([])).toEqual({ packages: null, problems: [expect.stringContaining(problem)] });
    expect(await listNames()).toEqual([]);
  });

  it('do without one that the browser cannot read, and say so', async () => {
    await keep([]);
    const reading = vi.spyOn(Cache.prototype, 'match').mockRejectedValue(new Error('the disk is broken'));
    const found = await find([]);
    reading.mockRestore();
    expect(found).toEqual({
      packages: null,
      problems: ['A stored snapshot of Python cannot be read: the disk is broken.'],
    });
    expect(await find([])).toEqual({ packages: [], problems: [] });
  });

  it('write one once, and anew where anything in it is damaged', async () => {
    const sound = buildFile(buildHeader([]));
    expect(await keep([])).toBe(sound.byteLength);
    expect(await keep([])).toBe(0);
    const sections = placeSections(
      buildHeader([]),
      new DataView(sound.buffer).getUint32(snapshotMagic.byteLength, true),
    );
    const inArchive = sections.archives[0]?.offset ?? 0;
    const read = readArchive(archive);
    if (!read.isOk) throw new Error(read.problem);
    const places = {
      'the state': sections.state.offset,
      'the pages': sections.pages.offset + 4_095,
      'the index': inArchive + 30,
      'a file': inArchive + (read.value.files[0]?.offset ?? 0),
      'a library': inArchive + (read.value.libraries[0]?.offset ?? 0),
    };
    const written: Record<string, number> = {};
    for (const [what, at] of Object.entries(places)) {
      const damaged = sound.slice();
      damaged[at] = 200;
      await put([], damaged);
      written[what] = await keep([]);
    }
    expect(written).toEqual(Object.fromEntries(Object.keys(places).map((what) => [what, sound.byteLength])));
  });

  it('leave alone what another tab is writing', async () => {
    const begun = createDeferred<null>();
    const ended = createDeferred<null>();
    const writing = (await open()).write([], async () => {
      await put([], new Uint8Array(100));
      begun.resolve(null);
      await ended.promise;
      return [buildFile(buildHeader([]))];
    });
    await begun.promise;
    expect(await find([])).toEqual({ packages: null, problems: [] });
    expect((await listNames()).length).toBe(1);
    ended.resolve(null);
    await writing;
    expect(await find([])).toEqual({ packages: [], problems: [] });
  });

  it('are discarded but for those in use', async () => {
    await keep([]);
    await keep(['numpy']);
    const kept = await open();
    const used = await kept.find(['numpy'], () => undefined);
    await kept.discard();
    expect(await listNames()).toEqual([await nameSnapshot(build, ['numpy'])]);
    used?.release();
    await kept.discard();
    expect(await listNames()).toEqual([]);
  });

  it('are four at most, and none goes that is in use', async () => {
    await keep(['a']);
    const used = await (await open()).find(['a'], () => undefined);
    for (const name of ['b', 'c', 'd', 'e']) await keep([name]);
    expect((await listNames()).length).toBe(4);
    expect(await listNames()).toContain(await nameSnapshot(build, ['a']));
    used?.release();
  });
});
