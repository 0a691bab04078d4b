// @ts-check
import { describe, expect, it } from 'vitest';
import { wheelReport } from './report.mjs';

const numpy = { name: 'numpy', version: '2.2.5', fileName: 'numpy.whl', sha256: '' };
const six = { name: 'six', version: '1.17.0', fileName: 'six.whl', sha256: '' };

describe('wheelReport', () => {
  it('says of each wheel where it comes from, and how many there are', () => {
    const found = new Map([['numpy.whl', { wheel: numpy, sizeBytes: 2_345_678, source: 'folder' }]]);
    expect(wheelReport([numpy, six], found).split('\n')).toEqual([
      'package  version     size  source',
      '-------  -------  -------  --------------------------------------',
      'numpy    2.2.5    2.35 MB  folder',
      'six      1.17.0            not found: left to the CDN at run time',
      '',
      '1 of 2 wheels are hosted with the site (2.35 MB); the others are left to the CDN at run time.',
    ]);
  });

  it('has nothing to add when all are there', () => {
    const found = new Map([['six.whl', { wheel: six, sizeBytes: 11_000, source: 'cache' }]]);
    expect(wheelReport([six], found)).toMatch(/\n\n1 of 1 wheels are hosted with the site \(0\.01 MB\)\.$/);
  });
});
