import type { DatasetBuffers, DatasetSummary } from './dataset.ts';
import type { BlobHash, CellId, JobId, NotebookId } from './ids.ts';
import type { DataGeneratorConfiguration, NotebookWheel } from './notebook.ts';

/** What a notebook brings along beside the packages that can be imported anyway. */
export interface JobPackages {
  /** What the Python Package Index is asked for, a requirement each. */
  readonly requirements: readonly string[];
  readonly wheels: readonly JobWheel[];
}

/** A wheel that was added to the notebook; its bytes stay where they are until Python loads it. */
export interface JobWheel extends NotebookWheel {
  /** Null where the browser's storage has lost it. */
  readonly content: Blob | null;
}

/** A package that was installed as a notebook's requirements ask for it. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
}

/** What the kernel is asked to run. */
export interface JobRequest {
  readonly id: JobId;
  readonly kind: 'data-generator';
  readonly title: string;
  readonly source: string;
  readonly configuration: DataGeneratorConfiguration;
  readonly packages: JobPackages;
}

export const logStreams = ['stdout', 'stderr', 'warning'] as const;

/** `warning` is Cahier speaking of the job; the others are what the script printed. */
export type LogStream = (typeof logStreams)[number];

/** Text as it was printed: a piece of a line or many lines. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly stream: LogStream;
  readonly text: string;
}

export const jobErrorKinds = ['syntax', 'exception', 'exit', 'rule', 'timeout', 'kernel', 'storage'] as const;

/**
 * syntax, exception, exit: the script's own; rule: a rule of the processor was not kept; timeout: stopped for
 * its time; kernel: Python itself broke; storage: the results could not be kept.
 */
export type JobErrorKind = (typeof jobErrorKinds)[number];

/** Why a job failed. Lines and columns count from 1, columns in UTF-16 code units, in the cell's source. */
export interface JobError {
  readonly kind: JobErrorKind;
  /** The exception's class, where there is one. */
  readonly type: string | null;
  readonly message: string;
  readonly traceback: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

export const imageMediaTypes = ['image/png', 'image/jpeg'] as const;

export type ImageMediaType = (typeof imageMediaTypes)[number];

/** What a job that reached its end made, as it leaves Python. */
export interface JobProducts {
  readonly outputs: readonly { readonly handle: string; readonly dataset: DatasetBuffers }[];
  readonly images: readonly {
    readonly name: string;
    readonly mediaType: ImageMediaType;
    readonly data: Uint8Array;
  }[];
}

export const stopLevels = ['soft', 'hard'] as const;

/** soft: the script ended when asked, and Python is kept; hard: Python was ended, and another took over. */
export type StopLevel = (typeof stopLevels)[number];

/** How a job ended, as the kernel tells it. */
export type JobEnding =
  | { readonly status: 'done'; readonly products: JobProducts }
  | { readonly status: 'failed'; readonly error: JobError }
  | { readonly status: 'stopped'; readonly level: StopLevel };

/** A dataset that a job put out, as stored. */
export interface StoredOutput {
  readonly handle: string;
  readonly summary: DatasetSummary;
  /** The Arrow file's hash and size in bytes. */
  readonly blob: BlobHash;
  readonly byteSize: number;
}

/** An image that a job put out, as stored. */
export interface StoredImage {
  readonly name: string;
  readonly mediaType: ImageMediaType;
  readonly blob: BlobHash;
  readonly byteSize: number;
}

export type JobOutcome =
  | {
      readonly status: 'done';
      readonly outputs: readonly StoredOutput[];
      readonly images: readonly StoredImage[];
    }
  | { readonly status: 'failed'; readonly error: JobError }
  | { readonly status: 'stopped'; readonly level: StopLevel };

/** The record of one execution of one cell. Times are milliseconds since 1970. */
export interface Job {
  readonly id: JobId;
  readonly notebookId: NotebookId;
  readonly cellId: CellId;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** What was run, to tell whether the cell has changed since. */
  readonly source: string;
  readonly configuration: DataGeneratorConfiguration;
  /** The packages that the script imports, with all that they need, as Python's lock file spells them. */
  readonly packages: readonly string[];
  readonly outcome: JobOutcome;
}

/** A job that reached its end, with what it put out. */
export type DoneJob = Job & { readonly outcome: Extract<JobOutcome, { status: 'done' }> };

export function isDone(job: Job): job is DoneJob {
  return job.outcome.status === 'done';
}

/** An error that no line of the source is to blame for. */
export function createPlainError(kind: JobErrorKind, message: string): JobError {
  return {
    kind,
    type: null,
    message,
    traceback: '',
    line: null,
    column: null,
    endLine: null,
    endColumn: null,
  };
}

/** The hashes of all stored values that a job's record names, each as often as it is named. */
export function listBlobs(job: Job): BlobHash[] {
  if (!isDone(job)) return [];
  return [...job.outcome.outputs, ...job.outcome.images].map((stored) => stored.blob);
}
