import { describe, expect, it } from 'vitest';
import { readYaml } from './read-yaml.ts';
import { toJsonText } from './yaml-value.ts';

function read(text: string) {
  const value = readYaml('flow.oo.yaml', new TextEncoder().encode(text));
  return value.isOk ? toJsonText(value.value) : value.problem;
}

describe('the YAML of a manifest', () => {
  it.each([
    ['1', '1'],
    ['-0', '-0'],
    ['+12', '12'],
    ['007', '7'],
    ['1.0', '1.0'],
    ['1.', '1.0'],
    ['.5', '0.5'],
    ['-1.50e+3', '-1.50e+3'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['0x1F', '31'],
    ['0o17', '15'],
  ])('keeps the digits of %s', (written, json) => {
    expect(read(`a: ${written}`)).toBe(`{"a": ${json}}`);
  });

  it('is that of version 1.2: dates, yes and no are texts, and so are numbers that JSON has no word for', () => {
    expect(read('[2024-01-31, yes, no, True, ~, null, .inf, .NaN, "1", 1_000]')).toBe(
      '["2024-01-31", "yes", "no", true, null, null, ".inf", ".NaN", "1", "1_000"]',
    );
  });

  it('is nothing where it is empty', () => {
    expect(read('')).toBe('null');
    expect(read('a:\nb: [ ]\nc: { }\n')).toBe('{"a": null, "b": [], "c": {}}');
  });

  it('puts what an alias stands for', () => {
    expect(read('a: &x {n: 1.0}\nb: *x\nc: [*x, &x 2, *x]')).toBe(
      '{"a": {"n": 1.0}, "b": {"n": 1.0}, "c": [{"n": 1.0}, 2, 2]}',
    );
  });

  it('keeps names that JavaScript has plans for', () => {
    expect(read('__proto__: {a: 1}\nconstructor: 2')).toBe('{"__proto__": {"a": 1}, "constructor": 2}');
  });

  it.each([
    ['nodes:\n  - a: [1, 2\n  - b', 'flow.oo.yaml, line 3, column 3: '],
    ['a: 1\na: 2', 'flow.oo.yaml, line 2, column 1: the key "a" is there twice.'],
    ['a: "open', 'flow.oo.yaml, line 1, column 9: Missing closing "quote.'],
    ['a: 1\n---\nb: 2', 'flow.oo.yaml, line 2, column 1: it holds a second document.'],
    ['? [a]\n: 1', 'flow.oo.yaml, line 1, column 3: a key has to be a text.'],
    [
      'a: &x {b: 1}\nc:\n  <<: *x',
      'flow.oo.yaml, line 3, column 3: merge keys (<<) are not read: write out what they stand for.',
    ],
    ['a: *x', 'flow.oo.yaml, line 1, column 4: the alias *x has no finished anchor before it.'],
    ['a: &x [*x]', 'flow.oo.yaml, line 1, column 8: the alias *x has no finished anchor before it.'],
    ['\ta: 1', 'flow.oo.yaml, line 1, column 1: '],
  ])('that is broken is refused with the place: %j', (text, problem) => {
    expect(read(text)).toContain(problem);
  });

  it('that would fill the memory is refused', () => {
    const laughs = [
      'a0: &a0 [lol]',
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => `a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}]`),
    ];
    expect(read(laughs.join('\n'))).toMatch(
      /^flow\.oo\.yaml, line 7, column \d+: it holds more than 200000 values, with what its aliases stand for\.$/,
    );
    expect(read('['.repeat(70) + ']'.repeat(70))).toBe(
      'flow.oo.yaml, line 1, column 65: it is nested more than 64 deep.',
    );
    expect(read('['.repeat(90_000))).toContain('it is nested more than 64 deep.');
    expect(read('- '.repeat(90_000))).toContain('it is nested more than 64 deep.');
    expect(read(`a: ${'x'.repeat(1_000_001)}`)).toBe(
      'flow.oo.yaml is larger than 1 MB, which no manifest is.',
    );
  });

  it('that is no text is refused', () => {
    expect(readYaml('a.yaml', Uint8Array.of(0xff, 0xfe, 0))).toEqual({
      isOk: false,
      problem: 'a.yaml is not text in UTF-8.',
    });
  });
});
