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
  /** Reads a part of the pickle of a model that the job loads: at most so many bytes, and fewer at its end alone. */
  readonly readModel: (name: string, start: number, byteCount: number) => Uint8Array;
  /**
   * The tick is called five times a second, while Python computes as well as while it is paused. The other says whether
   * what Python computes now may be interrupted.
   */
  readonly startJob: (tick: () => void, canInterrupt: () => boolean) => void;
  /** What is still waited for never ends: a task that does not let itself be cancelled stays where it is. */
  readonly endJob: () => void;
  /** From here to `endScript` the stop can take effect. Returns whether it has at once. */
  readonly startScript: () => boolean;
  /** Returns whether the stop takes effect here, as it was asked for and had to wait. */
  readonly endScript: () => boolean;
  readonly isStopped: () => boolean;
  /** Ends all waits, as a stop does. */
  readonly endWaits: () => void;
}

export interface JobHostMeans {
  readonly stop: JobStop;
  readonly flag: StopFlag;
  readonly mailslot: Mailslot | null;
  readonly isStopMailed: boolean;
  readonly explainMissingModule: (name: string) => string;
  readonly readModel: JobHost['readModel'];
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
  const { stop, flag, explainMissingModule, readModel, emit } = means;
  let tick: (() => void) | null = null;
  let canInterrupt = (): boolean => true;
  let timer: ReturnType<typeof setInterval> | undefined;
  let lastTickMs = performance.now();
  let isCalling = false;
  let isOver = false;

  /** Runs Python, which may be in the middle of something: an interrupt must not be raised in there and so get lost. */
  function call<T>(python: () => T): T {
    isCalling = true;
    try {
      return python();
    } finally {
      isCalling = false;
    }
  }

  function tickIfDue(): void {
    const nowMs = performance.now();
    if (!tick || nowMs - lastTickMs < tickIntervalMs) return;
    lastTickMs = nowMs;
    call(tick);
  }

  const emitEvent: (event: JobEvent) => void = emit;
  const [pausingCalls, answer] = createPausingCalls({ stop, emit: emitEvent, isOver: () => isOver });
  const host: JobHost = {
    ...pausingCalls,
    ...createBlockingCalls({ ...means, emit: emitEvent }),
    emit,
    explainMissingModule,
    readModel,
    startJob(calledTick, calledCanInterrupt) {
      tick = calledTick;
      canInterrupt = calledCanInterrupt;
      timer = setInterval(tickIfDue, tickIntervalMs);
    },
    endJob() {
      canInterrupt = () => false;
      isOver = true;
      tick = null;
      clearInterval(timer);
    },
    startScript: () => stop.startScript(),
    endScript: () => stop.endScript(),
    isStopped: () => stop.isTaken,
    endWaits: () => {
      stop.endWaits();
    },
  };
  return {
    host,
    look() {
      if (isCalling) return false;
      tickIfDue();
      return stop.look(flag.read, () => call(canInterrupt));
    },
    answer,
  };
}
