const gibibyte = 2 ** 30;

/** WebAssembly's addresses end here; the last page stays free, as Emscripten has it. */
const largestMemory = 4 * gibibyte - 65_536;

/** The least that datasets of a useful size need. */
const smallestLimit = gibibyte;

/**
 * How far Python's memory may grow, in bytes: half of the device's memory, given in gibibytes, so that the page and
 * the tables find room beside it.
 */
export function chooseMemoryLimit(deviceGibibytes: number): number {
  return Math.min(largestMemory, Math.max(smallestLimit, (deviceGibibytes / 2) * gibibyte));
}
