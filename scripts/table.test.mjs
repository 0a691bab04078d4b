// @ts-check
import { describe, expect, it } from 'vitest';
import { formatTable } from './table.mjs';

describe('formatTable', () => {
  it('puts columns under one another, numbers to the right, nothing at the end of a line', () => {
    const table = formatTable(
      ['package', 'size', 'source'],
      [
        ['numpy', '12.5 MB', 'cache'],
        ['six', '0.1 MB', 'a folder'],
      ],
      { right: [1] },
    );
    expect(table.split('\n')).toEqual([
      'package     size  source',
      '-------  -------  --------',
      'numpy    12.5 MB  cache',
      'six       0.1 MB  a folder',
    ]);
  });
});
