import type { BlobHash, JobId } from '../model/ids.ts';
import type { JobError, LogEntry } from '../model/job.ts';
import type {
  FilesChange,
  InstalledPackage,
  JobProducts,
  HandedJob,
  JobWheel,
} from '../model/job-request.ts';
import type { PreviewReport } from '../model/preview.ts';
import type { MemoryUse } from '../model/kernel-state.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import type { ByteProgress } from '../model/run-state.ts';

/** Where the worker finds what Python is made of; addresses are absolute, as a blob worker has no base. */
export interface PythonAddresses {
  /** The folder that the site is served from, which is the service worker's scope; ends in a slash. */
  readonly siteUrl: string;
  /** The folder of Pyodide's core; ends in a slash. */
  readonly pyodideUrl: string;
  /** Sizes in bytes, as unpacked by the browser, of the files that this site serves in `pyodideUrl`. */
  readonly servedFiles: Readonly<Record<string, number>>;
  /** The folder of the wheels that this site does not serve; ends in a slash. */
  readonly wheelCdnUrl: string;
  /** Python's standard library, compiled. */
  readonly stdlib: PackedPackage;
  /** The Python of this project, compiled. */
  readonly sdk: PackedPackage;
  /** The packages that this site serves as archives. */
  readonly archives: readonly PackageArchive[];
  /** Changes with anything that Python is made of: what was stored of another build does not fit. */
  readonly pythonBuildId: string;
}

/** A file that the site serves packed with gzip, and that some hosts unpack on the way. */
export interface PackedFile {
  readonly url: string;
  /** As served. */
  readonly sizeBytes: number;
  readonly unpackedBytes: number;
  /** Of what comes out, in hexadecimal. */
  readonly sha256: string;
}

/** A package that Python imports from without unpacking it; `cahier.packing` describes its two files. */
export interface PackedPackage {
  readonly archive: PackedFile;
  readonly sources: PackedFile;
}

export interface PackageArchive extends PackedPackage {
  /** The package's key in Pyodide's lock file. */
  readonly name: string;
  readonly version: string;
  /** Keys of the packages that it needs. */
  readonly depends: readonly string[];
  /** The modules that it has. */
  readonly imports: readonly string[];
}

/** The first message to a worker, with the port that all others go through. */
export interface Connection {
  /** The folder of Pyodide, which is loaded whatever the worker is for. */
  readonly pyodideUrl: string;
}

/** A command to the worker. */
export type ToWorker =
  | { readonly type: 'start'; readonly plan: StartPlan }
  /** Start only to make the snapshot of the plan's packages, store it and be done. */
  | { readonly type: 'make-snapshot'; readonly plan: StartPlan }
  /** Pyodide's WebAssembly, compiled; null where the page could not compile it. Comes after either of them. */
  | { readonly type: 'use-core'; readonly module: WebAssembly.Module | null }
  /** Start only to pack wheels for later starts, store them and be done. */
  | { readonly type: 'pack-wheels'; readonly plan: StartPlan; readonly wheels: WheelsToPack }
  | { readonly type: 'run-job'; readonly job: HandedJob }
  /** The job is to stop, where Python waits for something; where it computes it is asked by other ways. */
  | { readonly type: 'stop-job'; readonly runId: JobId }
  /** What the reader typed for `input()`; null closes the input. */
  | { readonly type: 'answer-input'; readonly runId: JobId; readonly answer: string | null }
  /** What is wrong with a Statement? Answered between two jobs. */
  | { readonly type: 'check-statement'; readonly requestId: number; readonly source: string };

/** Wheels that a job made do with as they came, and that are to be packed as the site's own are. */
export interface WheelsToPack {
  /** Keys of Pyodide's lock file. */
  readonly locked: readonly string[];
  /** Those that were added to a notebook. */
  readonly added: readonly JobWheel[];
}

/** How a worker is to start. */
export interface StartPlan {
  /** A random UUID, by which the worker is known to the service worker. */
  readonly kernelId: string;
  readonly addresses: PythonAddresses;
  /** The names of the packages that the notebook imports, as the lock file spells them. */
  readonly packages: readonly string[];
  /** Python's memory grows to this many bytes and no further. */
  readonly memoryLimitBytes: number;
  /** `discard`: start without the stored snapshot and throw it away, as it did not work. */
  readonly snapshot: 'use' | 'discard';
  /** Shared memory whose first byte is 2 when the job is to stop; null where pages cannot share memory. */
  readonly interruptBuffer: Uint8Array<SharedArrayBuffer> | null;
  /** Whether the page's service worker answers the worker's requests. */
  readonly hasServiceWorker: boolean;
  /** Those of the packages that an earlier worker has compiled. */
  readonly libraries: readonly CompiledLibrary[];
}

/** A shared library of a package, compiled, and where Python looks for it. Workers share it without a copy. */
export interface CompiledLibrary {
  readonly path: string;
  readonly module: WebAssembly.Module;
}

/** A fact from the worker. */
export type FromWorker =
  | { readonly type: 'start-progressed'; readonly progress: ByteProgress }
  | { readonly type: 'started'; readonly start: PythonStart }
  | { readonly type: 'start-failed'; readonly message: string }
  /** A snapshot was found and is being restored: the worker is not to take long from here. */
  | { readonly type: 'snapshot-found' }
  /** The snapshot does not work: the worker is of no use, another one has to start without it. */
  | { readonly type: 'snapshot-refused'; readonly reason: string }
  /** A part of it that was read after the start is damaged: it works without that part, and is to be made anew. */
  | { readonly type: 'snapshot-damaged'; readonly reason: string }
  | { readonly type: 'snapshot-made'; readonly byteSize: number }
  | { readonly type: 'snapshot-failed'; readonly reason: string }
  | { readonly type: 'wheels-packed'; readonly byteSize: number }
  | { readonly type: 'packing-failed'; readonly reason: string }
  | { readonly type: 'memory-changed'; readonly memory: MemoryUse }
  | { readonly type: 'job-event'; readonly runId: JobId; readonly event: JobEvent }
  | {
      readonly type: 'statement-checked';
      readonly requestId: number;
      readonly problems: readonly SourceProblem[];
    }
  /** Python broke: the worker is of no use any more. */
  | { readonly type: 'kernel-failed'; readonly message: string };

/** How Python started. */
export interface PythonStart {
  readonly pythonVersion: string;
  readonly memory: MemoryUse;
  /** Whether a snapshot of exactly the plan's packages was restored. */
  readonly isFromSnapshot: boolean;
  /** What the reader should know of it: sentences for the log of the next job. */
  readonly notes: readonly string[];
  /** What it was restored with, for the next worker. */
  readonly libraries: readonly CompiledLibrary[];
}

/** What a job reports while it runs; `job-finished` is the last. */
export type JobEvent =
  /**
   * The packages that the script imports, with all they need, as the lock file spells them: whole each time it is told, and
   * not told where there are none.
   */
  | { readonly type: 'packages-found'; readonly names: readonly string[] }
  | {
      readonly type: 'packages-progressed';
      readonly names: readonly string[];
      readonly progress: ByteProgress;
    }
  /** What the notebook's requirements have brought so far. */
  | { readonly type: 'packages-installed'; readonly packages: readonly InstalledPackage[] }
  /**
   * What the job has of packages beside the standard library: all that it asked for and that could be had. Not told where
   * it has none.
   */
  | { readonly type: 'packages-ready'; readonly packages: readonly InstalledPackage[] }
  /** Wheels that had to be unpacked: keys of the lock file, and hashes of those that were added to the notebook. */
  | {
      readonly type: 'wheels-unpacked';
      readonly locked: readonly string[];
      readonly added: readonly BlobHash[];
    }
  /** What is told of packages is over; not sent where nothing was. */
  | { readonly type: 'script-started' }
  /** The script waits for a line of input: the reader is shown the prompt. */
  | { readonly type: 'input-asked'; readonly prompt: string }
  | { readonly type: 'log-added'; readonly entries: readonly LogEntry[] }
  /** In per cent. */
  | { readonly type: 'progress-changed'; readonly percent: number }
  | { readonly type: 'preview-added'; readonly preview: PreviewReport }
  /**
   * Comes before the last event, for each directory in which the job changed something: for that of the notebook only
   * where it was done.
   */
  | { readonly type: 'files-changed'; readonly change: FilesChange }
  /** Comes before the last event of a job that was done, where there are some: the notebook's files that it opened. */
  | { readonly type: 'files-opened'; readonly paths: readonly string[] }
  | { readonly type: 'job-finished'; readonly outcome: FinishedOutcome };

export type FinishedOutcome =
  | ({ readonly status: 'done' } & JobProducts)
  | { readonly status: 'failed'; readonly error: JobError }
  /** The script was stopped as asked; Python and what it holds is still there. */
  | { readonly status: 'stopped' };
