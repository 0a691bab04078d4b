// @ts-check

/**
 * The middle one of the numbers, which one slow run does not move.
 * @param {number[]} numbers
 */
export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There is no middle of nothing.');
  return middle;
}

/** @param {number} milliseconds */
export function toMilliseconds(milliseconds) {
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
}

/**
 * @param {number} measured
 * @param {number} reference
 */
export function toRatio(measured, reference) {
  return `${(measured / reference).toFixed(2)} ×`;
}
