import type { JobEvent } from '../protocol/messages.ts';
import { longestWait } from '../protocol/service-worker.ts';
import type { JobStop } from './JobStop.ts';
import type { Mailslot } from './Mailslot.ts';
import type { StopFlag } from './StopFlag.ts';
import { pauseThread } from './pause-thread.ts';

/** Milliseconds between two looks for a stop, where the page does not send it by mail. */
const pauseMs = 100;
/** A wait of fewer milliseconds is over sooner than a request to the service worker. */
const shortestMailWaitMs = 20;
/** How long in milliseconds a service worker may be silent, as while it is replaced, before an answer is given up. */
const longestSilenceMs = 5_000;

/** The waits of a Python that cannot be paused: they block the worker, so no message is heard meanwhile. */
export interface BlockingCalls {
  /** Waits; `unable` where the worker cannot do that without burning processor time. */
  readonly block: (seconds: number) => 'slept' | 'stopped' | 'unable';
  readonly canBlockForAnswer: () => boolean;
  /** Asks the reader for a line; null where the reader closed the input, undefined where the job was stopped. */
  readonly blockForAnswer: (prompt: string) => string | null | undefined;
}

export interface BlockingMeans {
  readonly stop: JobStop;
  readonly flag: StopFlag;
  readonly mailslot: Mailslot | null;
  /** Whether stops come by mail, and so end a wait for mail. */
  readonly isStopMailed: boolean;
  readonly emit: (event: JobEvent) => void;
}

export function createBlockingCalls(means: BlockingMeans): BlockingCalls {
  const { stop, flag, mailslot, isStopMailed, emit } = means;

  /** Waits up to the time for a stop; null where there is no way to wait. */
  function waitForStop(waitMs: number): boolean | null {
    const isForMail = isStopMailed && waitMs >= shortestMailWaitMs;
    const mail = isForMail ? mailslot?.fetch(Math.min(waitMs, longestWait)) : null;
    if (mail) return mail.isStopAsked && stop.takeFlag();
    if (!pauseThread(Math.min(waitMs, pauseMs))) return null;
    return flag.read() && stop.takeFlag();
  }

  return {
    block(seconds) {
      const endMs = performance.now() + seconds * 1000;
      for (let leftMs = seconds * 1000; leftMs > 0; leftMs = endMs - performance.now()) {
        const isStopped = waitForStop(leftMs);
        if (isStopped === null) return 'unable';
        if (isStopped) return 'stopped';
      }
      return 'slept';
    },
    canBlockForAnswer: () => mailslot?.isAnswered ?? false,
    blockForAnswer(prompt) {
      // An answer that is there already is one to an earlier question, which was answered by message.
      let mail = mailslot?.fetch(0) ?? null;
      if (mail?.isStopAsked && stop.takeFlag()) return undefined;
      emit({ type: 'input-asked', prompt });
      let lastAnsweredMs = performance.now();
      while (performance.now() - lastAnsweredMs < longestSilenceMs) {
        mail = mailslot?.fetch(isStopMailed ? longestWait : pauseMs) ?? null;
        if (mail) lastAnsweredMs = performance.now();
        else pauseThread(pauseMs);
        const isStopAsked = isStopMailed ? mail?.isStopAsked : flag.read();
        if (isStopAsked && stop.takeFlag()) return undefined;
        if (mail?.answer !== undefined) return mail.answer;
      }
      return null;
    },
  };
}
