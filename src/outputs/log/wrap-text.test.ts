import { describe, expect, it } from 'vitest';
import { wrapText } from './wrap-text.ts';

describe('a long text', () => {
  it('is in pieces that break after spaces, and make the text again', () => {
    const text = 'add_model: “tree” is not saved: it has no row. Add one under “Save One or More Models”.';
    const pieces = wrapText(text, 30);
    expect(pieces).toEqual([
      'add_model: “tree” is not ',
      'saved: it has no row. Add one ',
      'under “Save One or More ',
      'Models”.',
    ]);
    expect(pieces.join('')).toBe(text);
  });

  it('is one piece where it is no wider', () => {
    expect(wrapText('', 4)).toEqual(['']);
    expect(wrapText('four', 4)).toEqual(['four']);
    expect(wrapText('né à', 4)).toEqual(['né à']);
  });

  it('breaks within a word that is wider alone, and keeps the spaces that it begins with', () => {
    expect(wrapText('/a/very/long/path', 8)).toEqual(['/a/very/', 'long/pat', 'h']);
    expect(wrapText('    deeper', 8)).toEqual(['    deep', 'er']);
    expect(wrapText(' '.repeat(12), 8)).toEqual([' '.repeat(9), '   ']);
    expect(wrapText('seven eight nine', 5)).toEqual(['seven ', 'eight ', 'nine']);
  });

  it('gives wide characters two columns, marks none, and tabs as many as are left to the next stop', () => {
    expect(wrapText('模型模型模型', 5)).toEqual(['模型', '模型', '模型']);
    expect(wrapText('e\u0301'.repeat(6), 4)).toEqual(['e\u0301'.repeat(4), 'e\u0301'.repeat(2)]);
    expect(wrapText('a\tb\tc', 17)).toEqual(['a\tb\tc']);
    expect(wrapText('a\tb\tc', 16)).toEqual(['a\tb\t', 'c']);
  });

  it('splits no character, however narrow the place', () => {
    const family = '👩\u200d👩\u200d👧';
    expect(wrapText(`${family}👍🏽é`, 2)).toEqual([family, '👍🏽', 'é']);
    expect(wrapText('模型', 1)).toEqual(['模', '型']);
  });
});
