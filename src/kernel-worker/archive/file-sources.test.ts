import { describe, expect, it, vi } from 'vitest';
import { readParts, readWhole } from './file-sources.ts';
import { readArchive } from './read-archive.ts';
import { buildArchive } from './testing/build-archive.ts';

const { archive } = buildArchive({ files: { 'a.txt': 'first', 'b.txt': 'second' } });
const read = readArchive(archive);
if (!read.isOk) throw new Error(read.problem);
const [first, second] = read.value.files;
if (!first || !second) throw new Error('the archive has two files');

function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function slice({ offset, length }: { offset: number; length: number }): Uint8Array {
  return archive.slice(offset, offset + length);
}

describe('a whole file', () => {
  it('gives its entries', () => {
    const source = readWhole(() => archive, archive.byteLength);
    expect([toText(source(first)), toText(source(second))]).toEqual(['first', 'second']);
  });

  it('is refused with another size', () => {
    const source = readWhole(() => archive, 7);
    expect(() => source(first)).toThrow(`it has ${archive.byteLength} bytes, not 7`);
  });
});

describe('a file that is read in parts', () => {
  const instead = (): Uint8Array => new TextEncoder().encode('instead');

  it('gives its entries, each read once while it is in use', () => {
    const readPart = vi.fn(slice);
    const onDamage = vi.fn();
    const source = readParts(readPart, instead, { isDamaged: false, onDamage });
    expect([first, first, second, second].map((entry) => toText(source(entry)))).toEqual([
      'first',
      'first',
      'second',
      'second',
    ]);
    expect([readPart.mock.calls, onDamage.mock.calls]).toEqual([[[first], [second]], []]);
  });

  it.each<[string, (entry: { offset: number; length: number }) => Uint8Array, string]>([
    ['altered', () => new TextEncoder().encode('fir5t'), 'a.txt is damaged'],
    ['cut off', (entry) => slice(entry).subarray(1), 'a.txt is damaged'],
    [
      'gone',
      () => {
        throw new Error('it is gone');
      },
      'it is gone',
    ],
  ])('is replaced from its first entry on that is %s', (_, readPart, problem) => {
    const onDamage = vi.fn();
    const health = { isDamaged: false, onDamage };
    const source = readParts((entry) => (entry === first ? readPart(entry) : slice(entry)), instead, health);
    expect([second, first, first, second].map((entry) => toText(source(entry)))).toEqual([
      'second',
      'instead',
      'instead',
      'second',
    ]);
    const other = readParts(slice, instead, health);
    expect(toText(other(second))).toBe('instead');
    expect(onDamage.mock.calls).toEqual([[problem]]);
  });
});
