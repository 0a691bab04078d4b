import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildArchive } from '../archive/testing/build-archive.ts';
import { KeptWheels, type PackedWheel } from './KeptWheels.ts';

const siteUrl = 'https://site.example/app/';
const sha256 = 'a'.repeat(64);
const packed = buildArchive({
  files: { 'shapes/__pycache__/x.pyc': 'code' },
  sources: { 'shapes/x.py': 'text' },
});

async function open(build = 'b1'): Promise<KeptWheels> {
  const kept = await KeptWheels.open(siteUrl, build);
  if (!kept) throw new Error('the browser has no place for wheels');
  return kept;
}

/** Changes what the browser's cache holds of the only wheel. */
async function damage(change: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  const cache = await caches.open('cahier-wheels');
  const [request] = await cache.keys();
  if (!request) throw new Error('nothing is kept');
  const response = await cache.match(request);
  const bytes = new Uint8Array((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
  await cache.put(request, new Response(new Uint8Array(change(bytes))));
}

const pack = (): Promise<PackedWheel> => Promise.resolve(packed);

// A page has no synchronous access to the private file system: here the cache takes its place.
describe('kept wheels', () => {
  beforeEach(async () => {
    await caches.delete('cahier-wheels');
  });
  afterEach(async () => {
    await caches.delete('cahier-wheels');
  });

  it('are read as they were packed, and packed once', async () => {
    const kept = await open();
    expect(await kept.read(sha256)).toBe(null);
    expect(await kept.write(sha256, pack)).toBeGreaterThan(packed.archive.byteLength);
    expect(await kept.write(sha256, () => Promise.reject(new Error('packed twice')))).toBe(0);
    const read = await (await open()).read(sha256);
    expect([read?.bytes, read?.from.archive(), read?.from.sources()]).toEqual([
      packed.archive,
      packed.archive,
      packed.sources,
    ]);
    expect(read?.index.files.map(({ path }) => path)).toEqual(['shapes/__pycache__/x.pyc']);
  });

  it('are not kept where they cannot be packed', async () => {
    const kept = await open();
    await expect(kept.write(sha256, () => Promise.reject(new Error('no wheel')))).rejects.toThrow('no wheel');
    expect(await kept.read(sha256)).toBe(null);
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['cut off', (bytes) => bytes.subarray(0, bytes.byteLength - 1)],
    ['cut off in their head', (bytes) => bytes.subarray(0, 20)],
    ['not written to their end', (bytes) => bytes.fill(0, 0, 80)],
    ['changed in one bit', (bytes) => bytes.fill((bytes.at(-1) ?? 0) ^ 1, bytes.byteLength - 1)],
    ['of a hash that is another', (bytes) => bytes.fill(0x30, 16, 80)],
  ])('that are %s are not there, and are packed again', async (_what, change) => {
    const kept = await open();
    await kept.write(sha256, pack);
    await damage(change);
    expect(await kept.read(sha256)).toBe(null);
    expect(await kept.write(sha256, pack)).toBeGreaterThan(0);
    expect((await kept.read(sha256))?.bytes).toEqual(packed.archive);
  });

  it('are of one build of Python, and stay when another keeps its own', async () => {
    const old = await open('b1');
    await old.write(sha256, pack);
    const next = await open('b2');
    expect(await next.read(sha256)).toBe(null);
    await next.write(sha256, pack);
    expect((await old.read(sha256))?.bytes).toEqual(packed.archive);
  });

  it('are no more than 64, of which the oldest go first', async () => {
    const kept = await open();
    const hashes = Array.from({ length: 66 }, (_, index) => String(99 - index).padStart(64, '0'));
    for (const hash of hashes) await kept.write(hash, pack);
    const found = await Promise.all(hashes.map(async (hash) => (await kept.read(hash)) !== null));
    expect(found).toEqual([false, false, ...Array.from({ length: 64 }, () => true)]);
  });
});
