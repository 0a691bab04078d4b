import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Mail } from '../protocol/service-worker.ts';
import { createStopFlag } from './StopFlag.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A mailslot that gives the same answer each time, after a while. */
function createMailslot(mail: Mail | null, takesMs = 0) {
  const fetch = vi.fn((_waitMs: number) => {
    vi.advanceTimersByTime(takesMs);
    return mail;
  });
  return { fetch, isAnswered: mail !== null };
}

/** Reads the flag every 10 ms for a second, and counts. */
function readForASecond(flag: { read: () => boolean }): number {
  let timesUp = 0;
  for (let elapsedMs = 0; elapsedMs < 1000; elapsedMs += 10) {
    vi.advanceTimersByTime(10);
    if (flag.read()) timesUp += 1;
  }
  return timesUp;
}

describe('the flag of a stop', () => {
  it('is taken down where it is in shared memory, and the mail is left alone', () => {
    const shared = new Uint8Array([2]);
    const mailslot = createMailslot({ isStopAsked: true });
    const flag = createStopFlag(shared, mailslot);
    expect([flag.read(), flag.read(), flag.readNow(), shared[0]]).toEqual([true, false, false, 0]);
    expect(mailslot.fetch).not.toHaveBeenCalled();
  });

  it('is fetched with the mail five times a second, without waiting for any', () => {
    const mailslot = createMailslot({ isStopAsked: true });
    expect(readForASecond(createStopFlag(null, mailslot))).toBe(5);
    expect(mailslot.fetch.mock.calls).toEqual([[0], [0], [0], [0], [0]]);
  });

  it('is fetched at once where that is asked for, however short ago it was fetched', () => {
    const mailslot = createMailslot({ isStopAsked: true });
    const flag = createStopFlag(null, mailslot);
    expect([flag.read(), flag.readNow(), flag.readNow(), flag.read()]).toEqual([false, true, true, false]);
    expect(mailslot.fetch.mock.calls).toEqual([[0], [0]]);
  });

  it('is down while the mail says nothing of a stop', () => {
    expect(readForASecond(createStopFlag(null, createMailslot({ isStopAsked: false })))).toBe(0);
  });

  it('is fetched less often where that takes long, but at least twice a second', () => {
    const slow = createMailslot({ isStopAsked: false }, 8);
    readForASecond(createStopFlag(null, slow));
    const slowest = createMailslot({ isStopAsked: false }, 100);
    readForASecond(createStopFlag(null, slowest));
    expect([slow.fetch.mock.calls.length, slowest.fetch.mock.calls.length]).toEqual([3, 2]);
  });

  it('is fetched ever more seldom while nobody answers', () => {
    const mailslot = createMailslot(null);
    const flag = createStopFlag(null, mailslot);
    const counts = Array.from({ length: 60 }, () => {
      readForASecond(flag);
      return mailslot.fetch.mock.calls.length;
    });
    expect([counts[0], counts[9], counts[59]]).toEqual([2, 5, 10]);
  });

  it('is never up where there is neither', () => {
    const flag = createStopFlag(null, null);
    expect([readForASecond(flag), flag.readNow()]).toEqual([0, false]);
  });
});
