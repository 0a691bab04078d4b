import type { Checkpoint } from '../model/checkpoint.ts';
import { JobId, type SessionId } from '../model/ids.ts';
import type { FilesChange, InstalledPackage, JobDirectory } from '../model/job-request.ts';
import type { Cell } from '../model/notebook.ts';
import type { OwnPackage } from '../model/own-packages.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import { noPreparedModels, type PreparedModels } from './prepare-models.ts';
import type { SessionFilesChange } from './SessionFiles.ts';
import type { FilesJob } from './take-files.ts';

/** What becomes known of a job while it runs. Times are milliseconds since 1970. */
export interface StartedJob extends FilesJob {
  readonly id: JobId;
  /** How often models had been renamed when it began. */
  readonly renameCount: number;
  startedAt: number;
  packages: readonly string[];
  readyPackages: readonly InstalledPackage[];
  /** Those that its notebook brings and, if they are wheels, Python has loaded; null before they were handed over. */
  ownPackages: readonly OwnPackage[] | null;
  /** Those of the notebook, as they were handed over. */
  files: readonly NotebookFile[];
  filesChange: FilesChange | null;
  /** Of those of the notebook, which it opened. */
  openedPaths: readonly string[];
  /** That of its Statement, as it was when what Python is given was got ready. */
  checkpoint: Checkpoint | null;
  /** Those that it was given. */
  models: PreparedModels;
  /** One for each directory: the worker sends no more. */
  readonly sessionChanges: Map<JobDirectory, SessionFilesChange>;
}

export function startJob({ title }: Cell, sessionId: SessionId, renameCount: number): StartedJob {
  return {
    id: JobId.create(),
    title,
    sessionId,
    renameCount,
    startedAt: Date.now(),
    packages: [],
    readyPackages: [],
    ownPackages: null,
    files: [],
    filesChange: null,
    openedPaths: [],
    sessionChanges: new Map(),
    checkpoint: null,
    models: noPreparedModels,
  };
}
