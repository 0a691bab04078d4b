import type { JobEvent } from '../protocol/messages.ts';
import { createBlockingCalls, type BlockingCalls } from './blocking-calls.ts';
import type { JobStop } from './JobStop.ts';
import type { Mailslot } from './Mailslot.ts';
import { createPausingCalls, type PausingCalls } from './pausing-calls.ts';
import type { StopFlag } from './StopFlag.ts';

/** Milliseconds between two ticks. */
const tickIntervalMs = 200;

/** What the SDK calls back while a job runs; `_host.py` and `_host_waits.py` are the other side. */
export interface JobHost extends PausingCalls, BlockingCalls {
  readonly emit: (event: unknown) => void;
  readonly explainMissingModule: (name: string) => string;
  /** The tick is called five times a second, while Python computes as well as while it is paused. */
  readonly startJob: (tick: () => void) => void;
  /** What is still waited for never ends: a task that does not let itself be cancelled stays where it is. */
  readonly endJob: () => void;
  /** From here to `endScript` the stop can take effect. Returns whether it has at once. */
  readonly startScript: () => boolean;
  readonly endScript: () => void;
  readonly isStopped: () => boolean;
  /** Has a function called when a stop ends the waits. Returns the way to forget it. */
  readonly onStop: (end: () => void) => () => void;
  /** Ends all waits, as a stop does. */
  readonly endWaits: () => void;
}

export interface JobHostMeans {
  readonly stop: JobStop;
  readonly flag: StopFlag;
  readonly mailslot: Mailslot | null;
  readonly isStopMailed: boolean;
  readonly explainMissingModule: (name: string) => string;
  /** Sends an event, which is checked by the page, as all that comes from Python. */
  readonly emit: (event: unknown) => void;
}

/** A job's host, and what the worker does with it. */
export interface HostedJob {
  readonly host: JobHost;
  /** To be called often while Python computes. Returns whether KeyboardInterrupt is to be raised. */
  readonly look: () => boolean;
  /** Hands over what the reader typed. */
  readonly answer: (answer: string | null) => void;
}

export function createJobHost(means: JobHostMeans): HostedJob {
  const { stop, flag, explainMissingModule, emit } = means;
  let tick: (() => void) | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let lastTickMs = performance.now();
  let isTicking = false;
  let isOver = false;

  /** Runs Python, which may be in the middle of anything: an interrupt must not be raised in there and so get lost. */
  function tickIfDue(): void {
    const nowMs = performance.now();
    if (!tick || nowMs - lastTickMs < tickIntervalMs) return;
    lastTickMs = nowMs;
    isTicking = true;
    try {
      tick();
    } finally {
      isTicking = false;
    }
  }

  const emitEvent: (event: JobEvent) => void = emit;
  const [pausingCalls, answer] = createPausingCalls({ stop, emit: emitEvent, isOver: () => isOver });
  const host: JobHost = {
    ...pausingCalls,
    ...createBlockingCalls({ ...means, emit: emitEvent }),
    emit,
    explainMissingModule,
    startJob(called) {
      tick = called;
      timer = setInterval(tickIfDue, tickIntervalMs);
    },
    endJob() {
      isOver = true;
      tick = null;
      clearInterval(timer);
    },
    startScript: () => stop.startScript(),
    endScript: () => {
      stop.endScript();
    },
    isStopped: () => stop.isTaken,
    onStop: (end) => stop.addWait(end),
    endWaits: () => {
      stop.endWaits();
    },
  };
  return {
    host,
    look() {
      if (isTicking) return false;
      tickIfDue();
      return stop.look(flag.read);
    },
    answer,
  };
}
