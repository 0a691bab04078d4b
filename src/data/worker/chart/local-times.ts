/** Offsets of time zones change at quarters of an hour only. */
const quarter = 900_000;

/**
 * Makes of a time without a zone, in milliseconds as if it were UTC, the moment at which the reader's clocks show it: charts
 * show moments by those clocks.
 */
export function createLocalTimes(): (time: number) => number {
  let lastQuarter = NaN;
  let offset = 0;
  return (time) => {
    const current = Math.floor(time / quarter);
    if (current !== lastQuarter) {
      lastQuarter = current;
      offset = findOffset(current * quarter);
    }
    return time + offset;
  };
}

function findOffset(time: number): number {
  const parts = new Date(time);
  const local = new Date(0);
  local.setFullYear(parts.getUTCFullYear(), parts.getUTCMonth(), parts.getUTCDate());
  local.setHours(parts.getUTCHours(), parts.getUTCMinutes(), 0, 0);
  return local.getTime() - time;
}
