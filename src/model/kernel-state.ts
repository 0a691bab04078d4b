import type { ByteProgress } from './run-state.ts';

/** Python's memory: what it has taken of the browser, which it never gives back, and what it may take. */
export interface MemoryUse {
  readonly heapBytes: number;
  readonly limitBytes: number;
}

/** A Python that has started. */
export interface RunningPython {
  readonly pythonVersion: string;
  readonly memory: MemoryUse;
  /** Whether it started from a snapshot with all packages of the notebook. */
  readonly isFromSnapshot: boolean;
}

/** What Python is up to. */
export type KernelState =
  /** There is none, as nothing of the notebook may run. */
  | { readonly status: 'off' }
  | { readonly status: 'starting'; readonly progress: ByteProgress | null }
  | ({ readonly status: 'ready' } & RunningPython)
  | ({
      readonly status: 'busy';
      /** The job was asked to stop and has not ended yet. */
      readonly isStopping: boolean;
    } & RunningPython)
  /** Python could not be started; restarting it tries again. */
  | { readonly status: 'broken'; readonly message: string };

/** From this share of its limit on, the reader is warned of the memory that Python has taken. */
const warningShare = 0.75;

export function isMemoryShort({ heapBytes, limitBytes }: MemoryUse): boolean {
  return heapBytes >= warningShare * limitBytes;
}
