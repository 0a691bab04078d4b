import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobEvent } from '../protocol/messages.ts';
import { JobStop } from './JobStop.ts';
import { createPausingCalls, type PausingCalls } from './pausing-calls.ts';

vi.mock('./pass-task.ts', () => ({ passTask: () => Promise.resolve() }));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

interface SetUp {
  readonly calls: PausingCalls;
  readonly answer: (answer: string | null) => void;
  readonly stop: JobStop;
  readonly events: JobEvent[];
  readonly endJob: () => void;
}

function setup(): SetUp {
  const events: JobEvent[] = [];
  const stop = new JobStop();
  stop.startScript();
  let isOver = false;
  const [calls, answer] = createPausingCalls({
    stop,
    emit: (event) => events.push(event),
    isOver: () => isOver,
  });
  const endJob = (): void => {
    isOver = true;
  };
  return { calls, answer, stop, events, endJob };
}

/** What a promise has settled with, in a list, once all that is under way has come. */
async function settledValues(promise: Promise<unknown>): Promise<unknown[]> {
  const values: unknown[] = [];
  void promise.then((value) => values.push(value));
  await vi.advanceTimersByTimeAsync(0);
  return values;
}

describe('a sleep that pauses Python', () => {
  it('settles after the time', async () => {
    const { promise, finish } = setup().calls.startSleep(1.5);
    await vi.advanceTimersByTimeAsync(1_499);
    expect(await settledValues(promise)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([await settledValues(promise), finish()]).toEqual([[null], false]);
  });

  it('is longer than any timer where it has to be', async () => {
    const { promise } = setup().calls.startSleep(10 ** 7);
    await vi.advanceTimersByTimeAsync(2 ** 31 - 1);
    expect(await settledValues(promise)).toEqual([]);
    await vi.advanceTimersByTimeAsync(10 ** 10);
    expect(await settledValues(promise)).toEqual([null]);
  });

  it('ends with a stop', async () => {
    const { calls, stop } = setup();
    const { promise, finish } = calls.startSleep(1_000);
    stop.ask();
    expect([await settledValues(promise), finish(), stop.isTaken]).toEqual([[undefined], false, true]);
  });

  it('is stopped where Python goes on, if the time has passed', async () => {
    const { calls, stop } = setup();
    const { promise, finish } = calls.startSleep(1);
    await vi.advanceTimersByTimeAsync(1_000);
    stop.ask();
    expect([await settledValues(promise), finish()]).toEqual([[null], true]);
  });

  it('never ends once the job is over', async () => {
    const { calls, endJob } = setup();
    const { promise } = calls.startSleep(1);
    endJob();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await settledValues(promise)).toEqual([]);
  });
});

describe('a question that pauses Python', () => {
  it('is asked, and settles with what the reader types', async () => {
    const { calls, answer, events } = setup();
    const { promise } = calls.startQuestion('Name? ');
    expect(await settledValues(promise)).toEqual([]);
    expect(events).toEqual([{ type: 'input-asked', prompt: 'Name? ' }]);
    answer('Ada');
    answer('Bob');
    expect(await settledValues(promise)).toEqual(['Ada']);
  });

  it('is not answered by what was under way before it was asked', async () => {
    const { calls, answer } = setup();
    answer('too early');
    const { promise } = calls.startQuestion('');
    answer('still too early');
    expect(await settledValues(promise)).toEqual([]);
    answer(null);
    expect(await settledValues(promise)).toEqual([null]);
  });

  it('ends with a stop', async () => {
    const { calls, stop } = setup();
    const { promise } = calls.startQuestion('');
    await vi.advanceTimersByTimeAsync(0);
    stop.ask();
    expect([await settledValues(promise), stop.isTaken]).toEqual([[undefined], true]);
  });
});

describe("a wait of the SDK's own", () => {
  it('is settled by the SDK', async () => {
    const { promise, settle, finish } = setup().calls.startWait(() => true);
    settle(null);
    expect([await settledValues(promise), finish()]).toEqual([[null], false]);
  });

  it('is cancelled by a stop, and waits on until the SDK settles it', async () => {
    const { calls, stop } = setup();
    const cancel = vi.fn(() => true);
    const { promise } = calls.startWait(cancel);
    stop.ask();
    expect([await settledValues(promise), cancel.mock.calls.length, stop.isTaken]).toEqual([[], 1, true]);
  });

  it('is stopped where Python goes on, if there is nothing to cancel', () => {
    const { calls, stop } = setup();
    const { finish } = calls.startWait(() => false);
    stop.ask();
    expect([stop.isTaken, finish()]).toEqual([false, true]);
  });
});
