import type { JobEvent } from '../protocol/messages.ts';
import { createDeferred } from '../shared/deferred.ts';
import type { JobStop } from './JobStop.ts';
import { passTask } from './pass-task.ts';

/** Longest time in milliseconds that a timer can be set to. */
const longestTimer = 2 ** 31 - 1;

/** A wait of a Python that is paused until a promise settles, while the worker hears messages. */
export interface PausedWait<T> {
  /** Settles with what is waited for, or with undefined where the wait was ended. */
  readonly promise: Promise<T | undefined>;
  readonly settle: (value: T) => void;
  /** To be called when Python goes on. Returns whether a stop takes effect there. */
  readonly finish: () => boolean;
}

export interface PausingCalls {
  readonly startSleep: (seconds: number) => PausedWait<null>;
  /** Asks the reader for a line; null where the reader closes the input. */
  readonly startQuestion: (prompt: string) => PausedWait<string | null>;
  /** Waits for the SDK to settle it; `cancel` is called by a stop, and says whether there was something to cancel. */
  readonly startWait: (cancel: () => boolean) => PausedWait<null>;
}

export interface PausingMeans {
  readonly stop: JobStop;
  readonly emit: (event: JobEvent) => void;
  /** Whether the job is over: then nothing settles any more. */
  readonly isOver: () => boolean;
}

/** The second function hands over what the reader typed; where nobody has asked, that is dropped. */
export function createPausingCalls(means: PausingMeans): [PausingCalls, (answer: string | null) => void] {
  const { stop, emit, isOver } = means;
  let settleAnswer: ((answer: string | null) => void) | null = null;

  function startWait<T>(end: (settle: (value: undefined) => void) => boolean): PausedWait<T> {
    const { promise, resolve } = createDeferred<T | undefined>();
    const wait = stop.addWait(() => end(resolve));
    return {
      promise,
      settle(value) {
        wait.settle();
        if (!isOver()) resolve(value);
      },
      finish: () => wait.finish(),
    };
  }

  function endAtOnce(settle: (value: undefined) => void): boolean {
    settle(undefined);
    return true;
  }

  const calls: PausingCalls = {
    startSleep(seconds) {
      const wait = startWait<null>(endAtOnce);
      void passTime(seconds).then(() => {
        wait.settle(null);
      });
      return wait;
    },
    startQuestion(prompt) {
      const wait = startWait<string | null>(endAtOnce);
      // An answer that is under way is one to an earlier question, which was answered by mail.
      void passTask().then(() => {
        settleAnswer = wait.settle;
        emit({ type: 'input-asked', prompt });
      });
      return wait;
    },
    // What is cancelled settles it in the end.
    startWait: (cancel) => startWait<null>(() => cancel()),
  };
  return [
    calls,
    (answer) => {
      settleAnswer?.(answer);
      settleAnswer = null;
    },
  ];
}

async function passTime(seconds: number): Promise<void> {
  const endMs = performance.now() + seconds * 1000;
  // Even no time at all lets messages in.
  await passTask();
  for (let leftMs = seconds * 1000; leftMs > 0; leftMs = endMs - performance.now()) {
    await setTimer(Math.min(leftMs, longestTimer));
  }
}

function setTimer(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
