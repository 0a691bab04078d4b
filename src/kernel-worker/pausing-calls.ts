import type { JobEvent } from '../protocol/messages.ts';
import type { JobStop } from './JobStop.ts';
import { passTask } from './pass-task.ts';

/** Longest time in milliseconds that a timer can be set to. */
const longestTimer = 2 ** 31 - 1;

/** The waits of a Python that is paused until a promise settles, while the worker hears messages. */
export interface PausingCalls {
  /** Settles after the time. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Asks the reader for a line; null where the reader closed the input. */
  readonly ask: (prompt: string) => Promise<string | null>;
  /** Settles as the promise does, but rejects once the stop takes effect, and never settles once the job is over. */
  readonly untilStopped: <T>(promise: PromiseLike<T>) => Promise<T>;
}

export interface PausingMeans {
  readonly stop: JobStop;
  readonly emit: (event: JobEvent) => void;
  readonly isOver: () => boolean;
}

/** The second function hands over what the reader typed; where nobody has asked, that is dropped. */
export function createPausingCalls(means: PausingMeans): [PausingCalls, (answer: string | null) => void] {
  let settleAnswer: ((answer: string | null) => void) | null = null;

  const calls: PausingCalls = {
    async sleep(seconds) {
      await passTask();
      const endMs = performance.now() + seconds * 1000;
      for (let leftMs = seconds * 1000; leftMs > 0; leftMs = endMs - performance.now()) {
        await setTimer(Math.min(leftMs, longestTimer));
      }
    },
    async ask(prompt) {
      // An answer that is under way is one to an earlier question, which was answered by mail.
      await passTask();
      const { promise, resolve } = Promise.withResolvers<string | null>();
      settleAnswer = resolve;
      means.emit({ type: 'input-asked', prompt });
      return promise;
    },
    untilStopped: (promise) =>
      new Promise((resolve, reject) => {
        const forget = means.stop.addWait(() => {
          reject(new Error('The job was stopped.'));
        });
        const settle = (act: () => void): void => {
          forget();
          if (!means.isOver()) act();
        };
        promise.then(
          (value) => {
            settle(() => {
              resolve(value);
            });
          },
          (error: unknown) => {
            settle(() => {
              reject(error);
            });
          },
        );
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

function setTimer(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
