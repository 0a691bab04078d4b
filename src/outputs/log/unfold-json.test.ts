import { describe, expect, it } from 'vitest';
import { canUnfold, unfoldJson } from './unfold-json.ts';

describe('a JSON that is unfolded', () => {
  it('is indented, with numbers as they are written', () => {
    expect(
      unfoldJson('{"a": 1, "b\\"": [true, {"c": NaN}, [], {}], "d": {"e": 12345678901234567890.10}}'),
    ).toEqual([
      '{',
      '  "a": 1,',
      '  "b\\"": [',
      '    true,',
      '    {',
      '      "c": NaN',
      '    },',
      '    [],',
      '    {}',
      '  ],',
      '  "d": {',
      '    "e": 12345678901234567890.10',
      '  }',
      '}',
    ]);
    expect(unfoldJson('"text"')).toEqual(['"text"']);
  });

  it('is moved in no further than one can read, however deep it is', () => {
    const lines = unfoldJson('['.repeat(10_000) + '1' + ']'.repeat(10_000));
    expect(lines).toHaveLength(20_001);
    expect(Math.max(...lines.map((line) => line.length))).toBe(49);
  });

  it('has a long line in pieces', () => {
    expect(unfoldJson(JSON.stringify({ text: 'x'.repeat(2_000) })).map((line) => line.length)).toEqual([
      1, 1_000, 1_000, 12, 1,
    ]);
  });

  it('is shown as it is where it is none', () => {
    expect(unfoldJson('{"a": 1,\n"b"')).toEqual(['{"a": 1,', '"b"']);
  });

  it('is one with something in it, or a long one', () => {
    const texts = ['1', '"a"', '[]', '{}', 'broken', '[1]', '{"a": {}}', 'x'.repeat(200)];
    expect(texts.map(canUnfold)).toEqual([false, false, false, false, false, true, true, true]);
  });
});
