import type { JobEnding, LogEntry } from '../model/job.ts';
import type { FilesChange, InstalledPackage, JobRequest } from '../model/job-request.ts';
import type { PreviewReport } from '../model/preview.ts';
import type { KernelState } from '../model/kernel-state.ts';
import type { SourceProblem } from '../model/source-problem.ts';
import type { PackageLoading } from '../model/run-state.ts';

/** What is heard of a job while it runs. */
export interface JobListener {
  /** The job was handed to Python: its time runs. */
  readonly onHandedOver: () => void;
  /** The packages that the script imports, with all that they need: whole each time. */
  readonly onPackagesFound: (names: readonly string[]) => void;
  /** What the notebook's requirements have brought into Python so far. */
  readonly onPackagesInstalled: (packages: readonly InstalledPackage[]) => void;
  /** What the job has of packages beside the standard library. */
  readonly onPackagesReady: (packages: readonly InstalledPackage[]) => void;
  readonly onLoading: (loading: PackageLoading) => void;
  readonly onScriptStarted: () => void;
  /** The script waits for a line of input. */
  readonly onInputAsked: (prompt: string) => void;
  readonly onLog: (entries: readonly LogEntry[]) => void;
  /** In per cent. */
  readonly onProgress: (percent: number) => void;
  readonly onPreview: (preview: PreviewReport) => void;
  /** What the job did to the files of a directory; comes before its end, of the notebook's only where it was done. */
  readonly onFilesChanged: (change: FilesChange) => void;
  /** The notebook's files that the job opened, or looked for in vain; comes before its end where it was done. */
  readonly onFilesOpened: (paths: readonly string[]) => void;
}

/** The Python that runs the jobs of one open notebook, one at a time. */
export interface Kernel {
  readonly state: KernelState;
  /** The id of the Python that runs the jobs, by which one that took over is told from the one before; null while there is none. */
  readonly kernelId: string | null;
  /** The ids of all that work for this notebook: beside that one a spare, and what makes something for later starts. */
  readonly kernelIds: ReadonlySet<string>;
  /** Calls the listener at every change of state, and when another Python took over; returns the way to stop that. */
  readonly subscribe: (listener: (state: KernelState) => void) => () => void;
  /**
   * Hands a job to Python, waiting until it has started. The job's time is counted from the moment it is handed
   * over. Settles with how the job ended and never rejects.
   */
  readonly run: (job: JobRequest, listener: JobListener) => Promise<JobEnding>;
  /**
   * Stops the job that runs. The script is asked first, and Python is kept; where it does not end within 2 s, or
   * this is called again, Python is ended and another takes over.
   */
  readonly stop: () => void;
  /** Gives the line that the job waits for; null closes its input. */
  readonly answerInput: (answer: string | null) => void;
  /** What is wrong with a Statement; null where Python has no time to look: ask again when it is ready. */
  readonly checkStatement: (source: string) => Promise<readonly SourceProblem[] | null>;
  /** Starts Python anew; a job that runs ends as stopped. */
  readonly restart: () => void;
  /** The packages that the notebook imports now: the next Python will have them ready. */
  readonly setPackages: (names: readonly string[]) => void;
  readonly dispose: () => void;
}
