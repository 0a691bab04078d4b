/** Size in bytes of the pages that a memory is cut into: those of zeros are left out of a snapshot. */
export const pageBytes = 4_096;

/** So many pages of zeros between two runs are stored with them: fewer and longer runs are read faster. */
const largestGap = 8;

/** Pages in a row that are stored: the number of the first one, and how many there are. */
export type PageRun = readonly [firstPage: number, pageCount: number];

/** The pages of a memory that hold anything but zeros, in order. Its size is a multiple of the page's. */
export function findPageRuns(memory: Uint8Array): PageRun[] {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.byteLength / 4);
  const wordsInPage = pageBytes / 4;
  const runs: [number, number][] = [];
  for (let page = 0; page * wordsInPage < words.length; page += 1) {
    if (isZero(words, page * wordsInPage, (page + 1) * wordsInPage)) continue;
    const last = runs.at(-1);
    if (last && page - (last[0] + last[1]) < largestGap) last[1] = page + 1 - last[0];
    else runs.push([page, 1]);
  }
  return runs;
}

function isZero(words: Uint32Array, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (words[index] !== 0) return false;
  return true;
}

/** The bytes that the runs take one behind the other. */
export function countBytes(runs: readonly PageRun[]): number {
  return runs.reduce((sum, [, pageCount]) => sum + pageCount * pageBytes, 0);
}

/** Whether the runs are in order, apart, and within a memory of this size. */
export function areRunsSound(runs: readonly PageRun[], memoryBytes: number): boolean {
  let end = 0;
  for (const [firstPage, pageCount] of runs) {
    if (firstPage < end || pageCount < 1) return false;
    end = firstPage + pageCount;
  }
  return end * pageBytes <= memoryBytes;
}

/** The pages of the runs, each a view of the memory. */
export function* viewRuns(memory: Uint8Array, runs: readonly PageRun[]): Generator<Uint8Array> {
  for (const [firstPage, pageCount] of runs) {
    yield memory.subarray(firstPage * pageBytes, (firstPage + pageCount) * pageBytes);
  }
}

/**
 * Puts stored pages into a memory, and zeros everywhere else. `fill` fills each run's part of the memory from a position
 * in the stored pages, where the runs lie one behind the other.
 */
export function spreadPages(
  runs: readonly PageRun[],
  memory: Uint8Array<ArrayBuffer>,
  fill: (position: number, target: Uint8Array<ArrayBuffer>) => void,
): void {
  let position = 0;
  let end = 0;
  for (const [firstPage, pageCount] of runs) {
    const start = firstPage * pageBytes;
    memory.fill(0, end, start);
    end = start + pageCount * pageBytes;
    fill(position, memory.subarray(start, end));
    position += end - start;
  }
  memory.fill(0, end);
}
