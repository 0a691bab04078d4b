import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobEvent } from '../protocol/messages.ts';
import type { Mail } from '../protocol/service-worker.ts';
import { createBlockingCalls, type BlockingCalls } from './blocking-calls.ts';
import { JobStop } from './JobStop.ts';

const noMail: Mail = { isStopAsked: false };

vi.mock('./pause-thread.ts', () => ({
  pauseThread: (milliseconds: number) => {
    pauses.push(milliseconds);
    if (canPause) vi.advanceTimersByTime(milliseconds);
    return canPause;
  },
}));

let pauses: number[] = [];
let canPause = true;

beforeEach(() => {
  vi.useFakeTimers();
  pauses = [];
  canPause = true;
});

afterEach(() => {
  vi.useRealTimers();
});

interface Setup {
  /** The mail in order, and null where nobody answers; what comes after it is empty and takes the time asked for. */
  readonly mail?: readonly (Mail | null)[];
  readonly hasServiceWorker?: boolean;
  /** The readings of the flag in shared memory, in order; after them it is down. */
  readonly sharedFlag?: readonly boolean[];
}

function setup({ mail = [], hasServiceWorker = true, sharedFlag }: Setup): {
  calls: BlockingCalls;
  stop: JobStop;
  waits: number[];
  events: JobEvent[];
} {
  const [coming, readings] = [[...mail], [...(sharedFlag ?? [])]];
  const waits: number[] = [];
  const events: JobEvent[] = [];
  const stop = new JobStop();
  stop.startScript();
  const mailslot = {
    isAnswered: true,
    fetch(waitMs: number): Mail | null {
      waits.push(waitMs);
      const next = coming.shift();
      if (next !== undefined) return next;
      vi.advanceTimersByTime(waitMs);
      return noMail;
    },
  };
  const calls = createBlockingCalls({
    stop,
    flag: { read: () => readings.shift() ?? false, readNow: () => false },
    mailslot: hasServiceWorker ? mailslot : null,
    isStopMailed: hasServiceWorker && sharedFlag === undefined,
    emit: (event) => events.push(event),
  });
  return { calls, stop, waits, events };
}

describe('a sleep that blocks the worker', () => {
  it('waits for mail, as long as a service worker may hold a request', () => {
    const { calls, waits } = setup({});
    expect(calls.block(50)).toBe('slept');
    expect(waits).toEqual([20_000, 20_000, 10_000]);
  });

  it('goes on when a request comes back early with nothing', () => {
    const { calls, waits } = setup({ mail: [noMail, noMail] });
    expect(calls.block(1)).toBe('slept');
    expect(waits).toEqual([1_000, 1_000, 1_000]);
  });

  it('ends with the mail of a stop', () => {
    const { calls, stop } = setup({ mail: [noMail, { isStopAsked: true }] });
    expect([calls.block(1_000), stop.isTaken]).toEqual(['stopped', true]);
  });

  it('is not ended by a stop that has taken effect already', () => {
    const { calls, stop } = setup({ mail: [{ isStopAsked: true }] });
    stop.takeFlag();
    expect(calls.block(1)).toBe('slept');
  });

  it('takes no request where it is short', () => {
    const { calls, waits } = setup({});
    expect([calls.block(0.019), calls.block(0)]).toEqual(['slept', 'slept']);
    expect([waits, pauses]).toEqual([[], [19]]);
  });

  it('rests in slices and looks at shared memory in between, where the stop comes that way', () => {
    const { calls, waits } = setup({ sharedFlag: [false, false, true] });
    expect(calls.block(10)).toBe('stopped');
    expect([waits, pauses]).toEqual([[], [100, 100, 100]]);
  });

  it('rests in slices where there is no service worker', () => {
    expect([setup({ hasServiceWorker: false }).calls.block(0.25), pauses]).toEqual(['slept', [100, 100, 50]]);
  });

  it('rests while the service worker is replaced', () => {
    const { calls, waits } = setup({ mail: [null] });
    expect([calls.block(0.3), waits, pauses]).toEqual(['slept', [300, 200], [100]]);
  });

  it('says so where there is no way', () => {
    canPause = false;
    expect(setup({ hasServiceWorker: false }).calls.block(1)).toBe('unable');
  });
});

describe('a question that blocks the worker', () => {
  it('is asked first, and answered by mail', () => {
    const { calls, waits, events } = setup({ mail: [noMail, noMail, { isStopAsked: false, answer: 'Ada' }] });
    expect(calls.blockForAnswer('Name? ')).toBe('Ada');
    expect(events).toEqual([{ type: 'input-asked', prompt: 'Name? ' }]);
    expect(waits).toEqual([0, 20_000, 20_000]);
  });

  it('is not answered by what was there before', () => {
    const { calls } = setup({
      mail: [
        { isStopAsked: false, answer: 'old' },
        { isStopAsked: false, answer: 'new' },
      ],
    });
    expect(calls.blockForAnswer('')).toBe('new');
  });

  it('is answered with null where the reader closes the input', () => {
    expect(setup({ mail: [noMail, { isStopAsked: false, answer: null }] }).calls.blockForAnswer('')).toBe(
      null,
    );
  });

  it('ends with a stop, also with one that was there before', () => {
    const before = setup({ mail: [{ isStopAsked: true }] });
    expect([before.calls.blockForAnswer(''), before.events]).toEqual([undefined, []]);
    const during = setup({ mail: [noMail, { isStopAsked: true, answer: 'Ada' }] });
    expect([during.calls.blockForAnswer(''), during.stop.isTaken]).toEqual([undefined, true]);
  });

  it('looks at shared memory ten times a second, where the stop comes that way', () => {
    const { calls, waits } = setup({ sharedFlag: [false, true] });
    expect([calls.blockForAnswer(''), waits]).toEqual([undefined, [0, 100, 100]]);
  });

  it('is given up, as if the input were closed, when nobody has answered for seconds', () => {
    const { calls } = setup({ mail: Array.from({ length: 52 }, () => null) });
    expect(calls.blockForAnswer('')).toBe(null);
    expect(pauses).toEqual(Array.from({ length: 50 }, () => 100));
  });

  it('needs a service worker', () => {
    expect(setup({ hasServiceWorker: false }).calls.canBlockForAnswer()).toBe(false);
    expect(setup({}).calls.canBlockForAnswer()).toBe(true);
  });
});
