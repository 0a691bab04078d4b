import type { SeenBlock } from './block-looks.ts';
import type { SeenDownstream } from './downstream-looks.ts';
import type { BlobHash, CellId, JobId, NotebookId, SessionId } from './ids.ts';
import type { JobInput, RanBlock } from './job-inputs.ts';
import type { LoadedModel, SavedModel } from './job-models.ts';
import type { NoticeCounts } from './log-notices.ts';
import type { JobSetup } from './job-setup.ts';
import type { JobProducts } from './job-request.ts';
import { listOutputValues, measureInline, type StoredOutput } from './outputs.ts';
import type { NotebookFile } from './scriptlet.ts';
import type { OpenedFile } from './opened-files.ts';
import type { FoundPackage } from './own-packages.ts';
import { listPreviewValues, type ImageDetails, type Preview, type StoredValue } from './preview.ts';

export const logStreams = [
  'stdout',
  'stderr',
  'warning',
  'error',
  'info',
  'debug',
  'trace',
  'json',
  'message',
  'event',
] as const;

/**
 * stdout, stderr: what the script printed; warning: Cahier or the script warns; error, info, debug, trace: the script reports;
 * json, message: JSON that it reports, a whole text each; event: what else it reported, for the record alone.
 */
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

export const stopLevels = ['soft', 'hard'] as const;

/** soft: the script ended when asked, and Python is kept; hard: Python was ended, and another took over. */
export type StopLevel = (typeof stopLevels)[number];

/** How a job ended, as the kernel tells it. */
export type JobEnding =
  | { readonly status: 'done'; readonly products: JobProducts }
  | { readonly status: 'failed'; readonly error: JobError }
  | { readonly status: 'stopped'; readonly level: StopLevel };

/** An image that a job put out, as stored. */
export interface StoredImage extends StoredValue, ImageDetails {
  readonly name: string;
  readonly mediaType: ImageMediaType;
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
  /** Null before there were sessions, and in a copy of a notebook. */
  readonly sessionId: SessionId | null;
  /** The title of the cell. */
  readonly title: string;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** What was run, to tell whether the cell has changed since. */
  readonly source: string;
  readonly setup: JobSetup;
  readonly inputs: readonly JobInput[];
  /** The notebook's Python files that the script imported, as they were. */
  readonly modules: readonly NotebookFile[];
  /**
   * Where it looked for modules among the notebook's files and there was none: "helpers/deep" for "helpers/deep.py" and
   * "helpers/deep/__init__.py".
   */
  readonly absentModules: readonly string[];
  /** The notebook's files that it opened by name, Python files that it imported left out. */
  readonly openedFiles: readonly OpenedFile[];
  /** The other scriptlets that it ran, as they were. */
  readonly ranBlocks: readonly RanBlock[];
  /** The scriptlets that it asked about, as they were. */
  readonly seenBlocks: readonly SeenBlock[];
  /** The connections of its own outputs that it looked at, as they were. */
  readonly downstream: readonly SeenDownstream[];
  /** The packages that the script imports, with all that they need, as Python's lock file spells them. */
  readonly packages: readonly string[];
  /** Those that its notebook brought itself, without wheels that could not be loaded; null before they were kept, and where it never got as far as Python. */
  readonly ownPackages: readonly FoundPackage[] | null;
  /** The versions of models that it was given. */
  readonly loadedModels: readonly LoadedModel[];
  /** Those that it saved; none where it was not done. */
  readonly savedModels: readonly SavedModel[];
  readonly previews: readonly Preview[];
  /** What its log holds of them, so that they are told of without reading it. */
  readonly notices: NoticeCounts;
  /** What its log takes, in bytes of UTF-8; 0 in records of before this was counted. */
  readonly logBytes: number;
  readonly outcome: JobOutcome;
}

/** A job that reached its end, with what it put out. */
export type DoneJob = Job & { readonly outcome: Extract<JobOutcome, { status: 'done' }> };

export function isDone(job: Job): job is DoneJob {
  return job.outcome.status === 'done';
}

/** Whether it put out a table. */
export function hasDataset(job: Job): boolean {
  return isDone(job) && job.outcome.outputs.some(({ kind }) => kind === 'dataset');
}

/** How many rows the first dataset that it put out has, as the one output of a Statement does; 0 where there is none. */
export function countRows(job: Job): number {
  const output = isDone(job) ? job.outcome.outputs[0] : undefined;
  return output?.kind === 'dataset' ? output.summary.rowCount : 0;
}

/** Of each cell's jobs the newest, and the newest that was done: what the cell shows. */
export function listCurrentJobs<Known extends Job>(jobs: readonly Known[]): Known[] {
  const newestFirst = [...jobs].sort((one, other) => other.finishedAt - one.finishedAt);
  const cellIds = new Set(newestFirst.map(({ cellId }) => cellId));
  return [...cellIds].flatMap((cellId) => {
    const ofCell = newestFirst.filter((job) => job.cellId === cellId);
    const done = ofCell.find((job) => job.outcome.status === 'done');
    return ofCell.filter((job, index) => index === 0 || job === done);
  });
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

/** All stored values that a job's record names, each as often as it is named. */
export function listValues(job: Job): StoredValue[] {
  const shown = job.previews.flatMap(listPreviewValues);
  if (!isDone(job)) return shown;
  const { outputs, images } = job.outcome;
  return [...shown, ...outputs.flatMap(listOutputValues), ...images];
}

/** Their hashes. */
export function listBlobs(job: Job): BlobHash[] {
  return listValues(job).map(({ blob }) => blob);
}

/** What a job's log and the values in its record itself take, in bytes. */
export function measureRecord(job: Job): number {
  const outputs = isDone(job) ? job.outcome.outputs : [];
  return outputs.reduce((sum, output) => sum + measureInline(output), job.logBytes);
}

export function measureLog(log: readonly LogEntry[]): number {
  const encoder = new TextEncoder();
  return log.reduce((sum, { text }) => sum + encoder.encode(text).byteLength, 0);
}
