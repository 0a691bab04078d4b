import type { JobEvent } from '../protocol/messages.ts';
import type { JobStop } from './JobStop.ts';
import { passTask } from './pass-task.ts';

/** Longest time in milliseconds that a timer can be set to. */
const longestTimer = 2 ** 31 - 1;

/** The waits of a Python that is paused until a promise settles, while the worker hears messages. */
export interface PausingCalls {
  readonly sleep: (seconds: number) => Promise<'slept' | 'stopped'>;
  /** Asks the reader for a line; null where the reader closed the input, undefined where the job was stopped. */
  readonly ask: (prompt: string) => Promise<string | null | undefined>;
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

  /** Settles with the first value that is given, or at a stop with another. */
  function waitFor<T, S>(stopped: S, begin: (settle: (value: T) => void) => void): Promise<T | S> {
    return new Promise((resolve) => {
      const settle = (value: T | S): void => {
        forget();
        if (!isOver()) resolve(value);
      };
      const forget = stop.addWait(() => {
        resolve(stopped);
      });
      begin(settle);
    });
  }

  const calls: PausingCalls = {
    sleep: (seconds) =>
      waitFor('stopped', (settle: (end: 'slept') => void) => {
        void passTime(seconds).then(() => {
          settle('slept');
        });
      }),
    ask: (prompt) =>
      waitFor(undefined, (settle: (answer: string | null) => void) => {
        // An answer that is under way is one to an earlier question, which was answered by mail.
        void passTask().then(() => {
          settleAnswer = settle;
          emit({ type: 'input-asked', prompt });
        });
      }),
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
