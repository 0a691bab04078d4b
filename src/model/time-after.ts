/**
 * A time that lies behind an earlier one: now, unless the clock was set back since. What is told by times to be newer than
 * something else stays so whatever becomes of the clock. Milliseconds since 1970.
 */
export function timeAfter(earlier: number, now = Date.now()): number {
  return now > earlier ? now : earlier + 1;
}
