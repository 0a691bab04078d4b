import { describe, expect, it } from 'vitest';
import { findLibraries, viewEntry } from './archive-index.ts';
import { crc32 } from './crc32.ts';
import type { ArchiveHeader, HeaderRow } from './parse-archive-header.ts';
import { readArchive } from './read-archive.ts';
import { buildArchive, join, type ArchiveContent } from './testing/build-archive.ts';

const content = {
  files: { 'shapes/data.txt': 'seventeen letters', 'shapes/empty.txt': '' },
  libraries: { 'shapes/_fast.so': 'machine code' },
  sources: { 'shapes/__init__.py': 'x = 1' },
};

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function problemOf(archive: Uint8Array, sizeBytes?: number): string {
  const read = readArchive(archive, sizeBytes);
  return read.isOk ? 'none' : read.problem;
}

function spoiled(spoil: (header: ArchiveHeader) => unknown, from: ArchiveContent = content): string {
  return problemOf(buildArchive(from, spoil).archive);
}

function withFiles(...paths: string[]): ArchiveContent {
  return { files: Object.fromEntries(paths.map((path) => [path, 'x'])) };
}

describe('an archive', () => {
  it('tells where everything lies', () => {
    const { archive, sources } = buildArchive(content);
    const read = readArchive(archive);
    if (!read.isOk) throw new Error(read.problem);
    const index = read.value;
    const at = index.headBytes;
    expect(index).toEqual({
      name: 'shapes',
      version: '1.0',
      files: [
        { path: 'shapes/data.txt', offset: at, length: 17, crc32: crc32(encode('seventeen letters')) },
        { path: 'shapes/empty.txt', offset: at + 32, length: 0, crc32: 0 },
      ],
      libraries: [
        { path: 'shapes/_fast.so', offset: at + 32, length: 12, crc32: crc32(encode('machine code')) },
      ],
      sources: [{ path: 'shapes/__init__.py', offset: 0, length: 5, crc32: crc32(encode('x = 1')) }],
      headBytes: at,
      sizeBytes: archive.byteLength,
      sourcesBytes: sources.byteLength,
    });
    const texts = [...index.files, ...index.libraries].map((entry) =>
      new TextDecoder().decode(viewEntry(archive, entry)),
    );
    expect(texts).toEqual(['seventeen letters', '', 'machine code']);
    expect(findLibraries(index)).toEqual({ offset: at + 32, length: 12 });
  });

  it('can be read from its first bytes', () => {
    const { archive } = buildArchive(content);
    const whole = readArchive(archive);
    if (!whole.isOk) throw new Error(whole.problem);
    const head = archive.slice(0, whole.value.headBytes);
    expect(readArchive(head, archive.byteLength)).toEqual(whole);
  });

  it('can be empty', () => {
    const read = readArchive(buildArchive({}).archive);
    expect(read.isOk && [...read.value.files, ...read.value.libraries, ...read.value.sources]).toEqual([]);
    expect(read.isOk && findLibraries(read.value).length).toBe(0);
  });

  it('is refused where it is cut off, wherever that is', () => {
    const { archive } = buildArchive(content);
    for (let length = 0; length < archive.byteLength; length += 1) {
      expect(problemOf(archive.subarray(0, length))).toBe('it is cut off');
    }
  });

  it('is refused when it is something else', () => {
    const { archive } = buildArchive(content);
    const changed = (at: number, value: number): Uint8Array => {
      const copy = archive.slice();
      copy[at] = value;
      return copy;
    };
    expect(problemOf(new TextEncoder().encode('<!doctype html><title>Not found</title>'))).toBe(
      'it is no package archive',
    );
    expect(problemOf(changed(8, 1))).toBe('it has the format 1, not 2');
    expect(problemOf(changed(15, 255))).toMatch(/^its header has \d+ bytes$/);
    expect(problemOf(changed(16, 0))).toBe('its header is no JSON');
    expect(problemOf(changed(18, 0xff))).toBe('its header is no JSON');
    expect(problemOf(archive, archive.byteLength + 1)).toBe('it goes on after its end');
  });

  it('is refused with a header that says something else than it can', () => {
    expect(spoiled((header) => ({ ...header, version: 1 }))).toBe(
      'its header is wrong at version: expected string, got 1',
    );
    expect(spoiled((header) => ({ ...header, files: [['a', -1, 0]] }))).toBe(
      'its header is wrong at files[0][1]: expected >=0, got -1',
    );
    expect(problemOf(join('[]', new Uint8Array()))).toMatch(/^its header is wrong at /);
  });

  it('is refused with entries that lie elsewhere', () => {
    const swap = ({ files: [one, other], ...header }: ArchiveHeader): unknown => ({
      ...header,
      files: [
        [one?.[0], other?.[1], one?.[2], one?.[3]],
        [other?.[0], one?.[1], other?.[2], other?.[3]],
      ],
    });
    expect(spoiled(swap)).toBe('its file shapes/data.txt is not where it has to be');
    const overlap = ([path, offset, ...rest]: HeaderRow): unknown => [path, offset - 1, ...rest];
    expect(spoiled((header) => ({ ...header, libraries: header.libraries.map(overlap) }))).toBe(
      'its file shapes/_fast.so is not where it has to be',
    );
    expect(spoiled((header) => ({ ...header, sources: header.sources.map(overlap) }))).toBe(
      'its header is wrong at sources[0][1]: expected >=0, got -1',
    );
    const longer = ([path, offset, length, sum]: HeaderRow): unknown => [path, offset, length + 1, sum];
    expect(spoiled((header) => ({ ...header, libraries: header.libraries.map(longer) }))).toBe(
      'it is cut off',
    );
  });

  it.each(['/etc/passwd', '../x', 'a/../b', './x', 'a//b', 'a/', '', 'a\\b', 'a\0b'])(
    'is refused with the path %j',
    (path) => {
      expect(problemOf(buildArchive(withFiles(path)).archive)).toBe(
        `its path ${JSON.stringify(path)} is bad`,
      );
    },
  );

  it('is refused with a path that comes twice or is a folder of another', () => {
    expect(problemOf(buildArchive({ ...withFiles('a'), sources: { a: 'x' } }).archive)).toBe(
      'its file a comes twice',
    );
    expect(problemOf(buildArchive(withFiles('a', 'a/b')).archive)).toBe(
      'its path a is both a file and a folder',
    );
  });

  it('is refused when it is not in order', () => {
    const unsorted = withFiles('b', 'a').files;
    for (const list of ['files', 'libraries', 'sources']) {
      expect(problemOf(buildArchive({ [list]: unsorted }).archive)).toBe('its file a is out of order');
    }
  });
});
