import { describe, expect, it } from 'vitest';
import { TokenHiding } from './TokenHiding.ts';

const head = 'eyJhbGciOiJFUzI1NiJ9';
const claims = 'eyJzdWIiOiJhZGEifQ-_';
const signature = 'DtEhU3ljbEg8L38VWAfUAqOyKAM6';
const token = `${head}.${claims}.${signature}`;
const hiding = createHiding(['Bearer other', `Bearer ${token}`]);

function createHiding(authorizations: readonly string[]): TokenHiding {
  const created = new TokenHiding();
  for (const authorization of authorizations) created.add(authorization);
  return created;
}

function hideInBytes(text: string): [boolean, string] {
  const bytes = new TextEncoder().encode(text);
  return [hiding.inBytes(bytes), new TextDecoder().decode(bytes)];
}

describe('the token of a job', () => {
  it('is hidden in texts, whole and in the parts that make it valid', () => {
    expect(hiding.inText(`a ${token} b ${claims} c ${signature}${signature} d ${head}`)).toBe(
      `a **** b **** c ******** d ${head}`,
    );
  });

  it('is hidden in bytes, where nothing else moves', () => {
    const stars = (text: string): string => '*'.repeat(text.length);
    expect(hideInBytes(`{"a": "${token}", "b": "ü ${claims}"}`)).toEqual([
      true,
      `{"a": "${stars(token)}", "b": "ü ${stars(claims)}"}`,
    ]);
    expect(hideInBytes(`${head}.${claims.slice(1)}`)).toEqual([false, `${head}.${claims.slice(1)}`]);
    expect(hideInBytes('')).toEqual([false, '']);
  });

  it('is found wherever it stands in large files', () => {
    for (const before of [999_990, 1_000_000, 2_500_000 - token.length]) {
      const bytes = new Uint8Array(2_500_000);
      bytes.set(new TextEncoder().encode(token), before);
      expect(hiding.inBytes(bytes)).toBe(true);
      expect(bytes.subarray(before, before + token.length)).toEqual(new Uint8Array(token.length).fill(42));
    }
  });

  it('has parts that are no words of sentences, where it is of another kind', () => {
    const other = createHiding(['Bearer one.two.a-rather-long-part']);
    expect(other.inText('two and a-rather-long-part and one.two.a-rather-long-part')).toBe(
      'two and **** and ****',
    );
  });

  it('is hidden however many came after it, and a shorter one does not hide half of a longer one', () => {
    const many = createHiding([
      ...Array.from({ length: 1_000 }, (_, index) => `Bearer ${head}.${claims}${index}.${signature}${index}`),
      'Bearer abcd',
      'Bearer abc',
      'Bearer abcde',
    ]);
    expect(many.inText(`\uFEFF${head}.${claims}0.${signature}0 ${signature}999 ${claims}17 abcdef`)).toBe(
      '\uFEFF**** **** **** ****f',
    );
  });

  it('leaves texts as they are that hold none, lone surrogates among them', () => {
    expect(hiding.inText('\uFEFFa\uD800 oth')).toBe('\uFEFFa\uD800 oth');
  });
});
