export { formatBytes } from '../shared/format-bytes.ts';
export { formatCount } from '../shared/format-count.ts';

const counts = new Intl.NumberFormat();
const oneDigit = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** A length of time: "85 ms", "2.4 s", "3 min 20 s". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${counts.format(Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${oneDigit.format(seconds)} s`;
  const whole = Math.round(seconds);
  return `${counts.format(Math.floor(whole / 60))} min ${whole % 60} s`;
}

/** As much of a hash as tells it from others. */
export function shortenHash(hash: string): string {
  return hash.slice(0, 8);
}

/** A time of day, from milliseconds since 1970. */
export function formatClock(time: number): string {
  return clock.format(time);
}
