import { describe, expect, it } from 'vitest';
import { areRunsSound, countBytes, findPageRuns, pageBytes, spreadPages, viewRuns } from './page-runs.ts';

function buildMemory(pages: number, filled: Readonly<Record<number, number>>): Uint8Array {
  const memory = new Uint8Array(pages * pageBytes);
  for (const [page, value] of Object.entries(filled)) memory[Number(page) * pageBytes + 7] = value;
  return memory;
}

describe('the pages of a memory', () => {
  it('are kept where they hold anything but zeros, with short gaps between them', () => {
    const memory = buildMemory(40, { 2: 1, 3: 2, 9: 3, 20: 4, 39: 5 });
    expect(findPageRuns(memory)).toEqual([
      [2, 8],
      [20, 1],
      [39, 1],
    ]);
    expect(findPageRuns(buildMemory(3, {}))).toEqual([]);
  });

  it('come back as they were, over whatever stood there', () => {
    const memory = buildMemory(40, { 2: 1, 9: 3, 39: 5 });
    const runs = findPageRuns(memory);
    const stored = new Uint8Array(countBytes(runs));
    let end = 0;
    for (const view of viewRuns(memory, runs)) {
      stored.set(view, end);
      end += view.byteLength;
    }
    const other = new Uint8Array(memory.byteLength).fill(9);
    spreadPages(runs, other, (position, target) => {
      target.set(stored.subarray(position, position + target.byteLength));
    });
    expect(other.every((byte, index) => byte === memory[index])).toBe(true);
  });

  it.each([
    [
      'in order',
      [
        [4, 1],
        [2, 1],
      ],
    ],
    [
      'apart',
      [
        [2, 3],
        [4, 1],
      ],
    ],
    ['not empty', [[2, 0]]],
    ['within the memory', [[9, 2]]],
  ] as const)('are refused unless their runs are %s', (_rule, runs) => {
    expect(areRunsSound(runs, 10 * pageBytes)).toBe(false);
    expect(
      areRunsSound(
        [
          [2, 1],
          [9, 1],
        ],
        10 * pageBytes,
      ),
    ).toBe(true);
  });
});
