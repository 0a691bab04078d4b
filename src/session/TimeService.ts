import { getComputerOffset, type GetOffset } from '../model/local-time.ts';

/** The clock that schedules go by. */
export interface TimeService {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How the clocks of the place go. */
  readonly getOffset: GetOffset;
  /** Calls back after so many milliseconds, or later; gives what calls that off. */
  readonly wakeAfter: (milliseconds: number, wake: () => void) => () => void;
}

/** Timers of browsers count up to 24.8 days: one that is to wait longer ends at once. */
const longestTimer = 2 ** 31 - 1;

export const computerTime: TimeService = {
  now: () => Date.now(),
  getOffset: getComputerOffset,
  wakeAfter: (milliseconds, wake) => {
    const timer = setTimeout(wake, Math.min(Math.max(0, milliseconds), longestTimer));
    return () => {
      clearTimeout(timer);
    };
  },
};
