import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualWindows } from '../read-file.ts';
import { PieceCutter } from './PieceCutter.ts';

/** What is cut of a text that comes in chunks of so many bytes: pieces in one string, rows with lone quotes in brackets. */
function cut(text: string, chunkSize: number, delimiter = ',', limit?: number): string {
  const bytes = new TextEncoder().encode(text);
  const cutter = new PieceCutter(delimiter, usualWindows, limit);
  const parts = [];
  for (let start = 0; start < bytes.length; start += chunkSize) {
    parts.push(...cutter.cut(bytes.slice(start, start + chunkSize), false));
  }
  parts.push(...cutter.cut(new Uint8Array(0), true));
  return parts
    .map((part) => [part.type, new TextDecoder('utf-8', { ignoreBOM: true }).decode(part.bytes)] as const)
    .map(([type, content]) => (type === 'piece' ? content : `[${content}]`))
    .join('');
}

describe('CSV is cut', () => {
  it('with every line end made one, but within quotes', () => {
    expect(cut('a,b\r\n1,2\r3,4\n"x\r\ny",5\r\n', 4)).toBe('a,b\n1,2\n3,4\n"x\r\ny",5\n');
  });

  it('with quotes within a field that has none at its start', () => {
    expect(cut('5" pipe,1\r\n6",2\r\n', 3)).toBe('5" pipe,1\n6",2\n');
  });

  it('with a row in which a quote opens that nothing closes taken out', () => {
    expect(cut('a,b\n1,"x\r\n2,y\r\n3,z', 5)).toBe('a,b\n[1,"x\r\n]2,y\n3,z');
    expect(cut('"', 1)).toBe('["]');
  });

  it('with a quoted field that is too long taken for a lone quote', () => {
    expect(cut(`a\n"${'x\n'.repeat(20)}"\n`, 5, ',', 10).startsWith('a\n["x\n]x\nx\n')).toBe(true);
  });

  it('at ends of rows, whatever the size of the chunks', () => {
    const field = fc.stringMatching(/^[ab ",;\r\n\t]{0,6}$/);
    fc.assert(
      fc.property(fc.array(field), fc.integer({ min: 1, max: 20 }), (fields, size) => {
        const text = fields.join('');
        expect(cut(text, size)).toBe(cut(text, 1000));
      }),
      { numRuns: 2000 },
    );
  });

  it('into pieces of whole rows', () => {
    const row = `1,"${'x\n'.repeat(50)}",${'y'.repeat(99)}\n`;
    const bytes = new TextEncoder().encode(row.repeat(100_000));
    const cutter = new PieceCutter(',');
    const parts = [];
    for (let start = 0; start < bytes.length; start += 4_000_000) {
      parts.push(...cutter.cut(bytes.slice(start, start + 4_000_000), false));
    }
    parts.push(...cutter.cut(new Uint8Array(0), true));
    const lengths = parts.flatMap((part) =>
      part.type === 'piece' ? part.sliceEnds.map((end, index, ends) => end - (ends[index - 1] ?? 0)) : [NaN],
    );
    expect(lengths.every((length) => length % row.length === 0)).toBe(true);
    expect(lengths.every((length) => length < 600_000)).toBe(true);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(bytes.length);
  });
});
