// @ts-check

/**
 * The middle one of the numbers, which one slow run does not move.
 * @param {readonly number[]} numbers
 */
export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There is no middle of nothing.');
  return middle;
}

/** @param {number} milliseconds */
export function toMilliseconds(milliseconds) {
  return `${milliseconds.toFixed(Math.abs(milliseconds) < 10 ? 2 : 0)} ms`;
}

/**
 * The median of samples in milliseconds, and from where to where they go.
 * @param {readonly number[]} samples
 */
export function describeSamples(samples) {
  const [least, most] = [Math.min(...samples), Math.max(...samples)];
  return `${toMilliseconds(median(samples))} (${least.toFixed(0)}–${most.toFixed(0)})`;
}

/**
 * @param {readonly number[]} measured
 * @param {readonly number[]} reference
 */
export function toRatio(measured, reference) {
  return `${(median(measured) / median(reference)).toFixed(2)} ×`;
}
