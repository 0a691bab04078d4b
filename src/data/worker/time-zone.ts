/** Seconds east of UTC at a moment, given in seconds since 1970. */
type OffsetReader = (seconds: number) => number;

const readers = new Map<string, OffsetReader>();

/**
 * Offset from UTC in seconds that a zone had at a moment. The zone is an IANA name, "UTC" or an offset such as "+02:00";
 * one that this browser does not know counts as UTC, so that the moment shown is still the right one.
 */
export function offsetAt(timeZone: string, seconds: number): number {
  let reader = readers.get(timeZone);
  if (reader === undefined) {
    reader = createReader(timeZone);
    readers.set(timeZone, reader);
  }
  return reader(seconds);
}

function createReader(timeZone: string): OffsetReader {
  const fixed = /^(?:UTC|GMT)?([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(timeZone);
  if (fixed !== null) {
    const offset = toSeconds(fixed);
    return () => offset;
  }
  try {
    return createIanaReader(new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return () => 0;
  }
}

/** Asking Intl costs microseconds, so offsets are kept by stretches of time. */
const stretchSeconds = 6 * 3600;
const keptStretches = 10_000;
/** Seconds from 1970 to the ends of what a Date can hold; beyond, the offset of the end is taken. */
const dateLimit = 8_640_000_000_000;

function createIanaReader(format: Intl.DateTimeFormat): OffsetReader {
  const ask = (seconds: number) => {
    const within = Math.max(-dateLimit, Math.min(dateLimit, seconds));
    const name = format.formatToParts(within * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const parts = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name);
    return parts === null ? 0 : toSeconds(parts);
  };
  /** The offset of a stretch that has only one; null for one in which the clocks are changed. */
  const kept = new Map<number, number | null>();
  return (seconds) => {
    const stretch = Math.floor(seconds / stretchSeconds);
    let offset = kept.get(stretch);
    if (offset === undefined) {
      // No zone changes its clocks forth and back within hours: equal ends mean one offset.
      const first = ask(stretch * stretchSeconds);
      offset = first === ask((stretch + 1) * stretchSeconds) ? first : null;
      if (kept.size >= keptStretches) kept.clear();
      kept.set(stretch, offset);
    }
    return offset ?? ask(seconds);
  };
}

function toSeconds([, sign, hours, minutes, seconds]: RegExpExecArray): number {
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -size : size;
}
