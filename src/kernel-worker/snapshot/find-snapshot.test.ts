import { beforeEach, describe, expect, it } from 'vitest';
import { findSnapshot, nameSnapshot } from './find-snapshot.ts';
import { placeSections, prefixBytes, snapshotMagic, type SnapshotHeader } from './snapshot-header.ts';
import type { SnapshotStore } from './SnapshotStore.ts';

const build = 'build 1';

function buildHeader(packages: readonly string[], partial: Partial<SnapshotHeader> = {}): SnapshotHeader {
  return {
    build,
    packages,
    stateBytes: 10,
    memoryBytes: 65_536,
    runs: [[2, 1]],
    preloadedTableLength: 1,
    tableLength: 2,
    libraryHandles: {},
    pagesSha256: '0'.repeat(64),
    archives: [],
    ...partial,
  };
}

/** A file with this header, and zeros in all sections. */
function buildFile(header: unknown, sizeBytes?: number): Blob {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const prefix = new Uint8Array(prefixBytes);
  prefix.set(snapshotMagic);
  new DataView(prefix.buffer).setUint32(snapshotMagic.byteLength, text.byteLength, true);
  const whole = sizeBytes ?? placeSections(buildHeader([]), text.byteLength).sizeBytes;
  return new Blob([prefix, text, new Uint8Array(whole - prefixBytes - text.byteLength)]);
}

const files = new Map<string, Blob>();

const store: SnapshotStore = {
  open: (name) => Promise.resolve(files.get(name) ?? null),
  write: () => Promise.reject(new Error('nothing is written here')),
  remove: (name) => {
    files.delete(name);
    return Promise.resolve();
  },
  list: () => Promise.resolve([...files.keys()]),
};

async function keep(packages: readonly string[], file = buildFile(buildHeader(packages))): Promise<void> {
  files.set(await nameSnapshot(build, packages), file);
}

async function find(packages: readonly string[]): Promise<{ packages: unknown; problems: string[] }> {
  const problems: string[] = [];
  const found = await findSnapshot(store, build, packages, (problem) => problems.push(problem));
  return { packages: found && found.header.packages, problems };
}

beforeEach(() => {
  files.clear();
});

describe('the snapshot for a notebook', () => {
  it('is the one of exactly its packages', async () => {
    await keep([]);
    await keep(['numpy']);
    await keep(['numpy', 'pandas']);
    expect(await find(['numpy'])).toEqual({ packages: ['numpy'], problems: [] });
  });

  it('is else the one with most of its packages, and never one with others', async () => {
    await keep([]);
    await keep(['numpy']);
    await keep(['numpy', 'scipy']);
    expect(await find(['numpy', 'pandas'])).toEqual({ packages: ['numpy'], problems: [] });
  });

  it('is none where there is none, or only those of another build', async () => {
    files.set(await nameSnapshot('build 2', []), buildFile(buildHeader([], { build: 'build 2' })));
    expect(await find([])).toEqual({ packages: null, problems: [] });
    expect(files.size).toBe(1);
  });

  it.each([
    ['has another build inside', buildFile(buildHeader([], { build: 'build 2' })), 'another build'],
    ['was cut off', buildFile(buildHeader([]), 4_200), 'it has 4200 bytes, not'],
    ['is empty', new Blob([]), 'cut off'],
    ['was not written to its end', new Blob([new Uint8Array(5_000)]), 'not written to its end'],
    ['has no JSON', new Blob([snapshotMagic, new Uint8Array(8_000).fill(7)]), 'no JSON'],
    ['lacks a field', buildFile({ ...buildHeader([]), runs: undefined }), 'at runs'],
    ['is that of other packages', buildFile(buildHeader(['numpy'])), 'other packages'],
    ['has pages beyond its memory', buildFile(buildHeader([], { runs: [[16, 1]] })), 'out of order'],
  ])('is thrown away when it %s', async (_what, file, problem) => {
    await keep([], file);
    const found = await find([]);
    expect(found).toEqual({ packages: null, problems: [expect.stringContaining(problem)] });
    expect(files.size).toBe(0);
  });
});
