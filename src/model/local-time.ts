/** By how many milliseconds local time is ahead of UTC at a moment. */
export type GetOffset = (time: number) => number;

/** That of the time zone which the computer is set to. */
export const getComputerOffset: GetOffset = (time) => -new Date(time).getTimezoneOffset() * 60_000;

export const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** Longer than any time zone is ahead of UTC, with a change of its clocks. */
const longBefore = 26 * 60 * 60 * 1_000;

/**
 * The first moment at which clocks in a place show a local time, or a later one: one that clocks leave out, as they are
 * set forward, comes when they go on; one that they show twice comes the first time. Local times are written as the
 * milliseconds since 1970 that they would be in UTC. Clocks are taken to be changed once a day at most.
 */
export function findMoment(localTime: number, getOffset: GetOffset): number {
  const before = getOffset(localTime - longBefore);
  const unchanged = localTime - before;
  const after = getOffset(unchanged);
  if (after === before) return unchanged;
  const changed = localTime - after;
  if (getOffset(changed) === after) return changed;
  // Left out: the clocks were set between these two.
  let [old, next] = [changed, unchanged];
  while (next - old > 1) {
    const middle = Math.floor((old + next) / 2);
    if (getOffset(middle) === after) next = middle;
    else old = middle;
  }
  return next;
}

/** Midnight of the local day that a moment lies in, as a local time. */
export function findLocalDay(time: number, getOffset: GetOffset): number {
  return Math.floor((time + getOffset(time)) / dayMilliseconds) * dayMilliseconds;
}
