import type { Mailslot } from './Mailslot.ts';

const shortestIntervalMs = 200;
const longestIntervalMs = 500;
const longestSilenceMs = 10_000;
/** Looking takes at most a 50th of the time. */
const restFactor = 50;

/** Says whether the page has asked the job to stop, while Python computes and no message is heard. */
export interface StopFlag {
  /** Takes the flag down and says whether it was up. Cheap enough to be called every few milliseconds. */
  readonly read: () => boolean;
  /** The same at once, whatever it costs: for whoever would take a stop that is missed for a failure. */
  readonly readNow: () => boolean;
}

/** The flag in memory shared with the page, or else in the kernel's mail; where there is neither, it is never up. */
export function createStopFlag(sharedFlag: Uint8Array | null, mailslot: Mailslot | null): StopFlag {
  if (!sharedFlag) return mailslot ? createMailedFlag(mailslot) : { read: () => false, readNow: () => false };
  const read = (): boolean => Atomics.exchange(sharedFlag, 0, 0) !== 0;
  return { read, readNow: read };
}

/** Fetches mail up to five times a second: less often where that is slow, and seldom while nobody answers. */
function createMailedFlag(mailslot: Mailslot): StopFlag {
  let intervalMs = shortestIntervalMs;
  let lastMs = performance.now();
  const readNow = (): boolean => {
    const startMs = performance.now();
    const mail = mailslot.fetch(0);
    lastMs = performance.now();
    intervalMs = mail
      ? Math.min(Math.max((lastMs - startMs) * restFactor, shortestIntervalMs), longestIntervalMs)
      : Math.min(intervalMs * 2, longestSilenceMs);
    return mail?.isStopAsked ?? false;
  };
  return { read: () => performance.now() - lastMs >= intervalMs && readNow(), readNow };
}
