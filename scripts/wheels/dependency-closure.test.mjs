// @ts-check
import { describe, expect, it } from 'vitest';
import { dependencyClosure } from './dependency-closure.mjs';

const packages = {
  numpy: { depends: [] },
  pandas: { depends: ['numpy', 'dateutil'] },
  dateutil: { depends: ['six'] },
  six: { depends: [] },
  unwanted: { depends: ['numpy'] },
  egg: { depends: ['hen'] },
  hen: { depends: ['egg'] },
  broken: { depends: ['missing'] },
};

describe('dependencyClosure', () => {
  it('follows dependencies of dependencies and names each package once', () => {
    expect(dependencyClosure(packages, ['numpy', 'pandas'])).toEqual(['numpy', 'pandas', 'dateutil', 'six']);
  });

  it('ends where packages need each other', () => {
    expect(dependencyClosure(packages, ['egg'])).toEqual(['egg', 'hen']);
  });

  it('says which package is missing and who needs it', () => {
    expect(() => dependencyClosure(packages, ['broken'])).toThrow(
      'The lock file has no package "missing" (needed by broken)',
    );
  });
});
