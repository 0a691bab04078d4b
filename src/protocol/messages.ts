import type { JobId } from '../model/ids.ts';
import type { JobError, JobProducts, JobRequest, LogEntry } from '../model/job.ts';
import type { ByteProgress } from '../model/run-state.ts';

/** Where the worker finds what Python is made of; addresses are absolute, as a blob worker has no base. */
export interface PythonAddresses {
  /** The folder of Pyodide's core and of the wheels that this site serves; ends in a slash. */
  readonly pyodideUrl: string;
  /** The archive of the Python SDK. */
  readonly sdkUrl: string;
  /** The folder of the wheels that this site does not serve; ends in a slash. */
  readonly wheelCdnUrl: string;
  /** Sizes in bytes, as unpacked by the browser, of the files that this site serves in `pyodideUrl`. */
  readonly servedFiles: Readonly<Record<string, number>>;
  readonly sdkSizeBytes: number;
}

/** A command to the worker. */
export type ToWorker =
  | { readonly type: 'start'; readonly addresses: PythonAddresses }
  | { readonly type: 'run-job'; readonly job: JobRequest };

/** A fact from the worker. */
export type FromWorker =
  | { readonly type: 'start-progressed'; readonly progress: ByteProgress }
  | { readonly type: 'started'; readonly pythonVersion: string }
  | { readonly type: 'start-failed'; readonly message: string }
  | { readonly type: 'job-event'; readonly runId: JobId; readonly event: JobEvent }
  /** Python broke: the worker is of no use any more. */
  | { readonly type: 'kernel-failed'; readonly message: string };

/** What a job reports while it runs; `job-finished` is the last. */
export type JobEvent =
  | {
      readonly type: 'packages-progressed';
      readonly names: readonly string[];
      readonly progress: ByteProgress;
    }
  | { readonly type: 'script-started' }
  | { readonly type: 'log-added'; readonly entries: readonly LogEntry[] }
  | { readonly type: 'job-finished'; readonly outcome: FinishedOutcome };

export type FinishedOutcome =
  ({ readonly status: 'done' } & JobProducts) | { readonly status: 'failed'; readonly error: JobError };
