import { describeSeenBlock } from '../model/block-looks.ts';
import { describeDownstream } from '../model/downstream-looks.ts';
import { measureLog, type Job, type JobEnding, type JobOutcome, type LogEntry } from '../model/job.ts';
import type { FileChange } from '../model/file-edits.ts';
import { countNotices } from '../model/log-notices.ts';
import type { Notebook } from '../model/notebook.ts';
import { describeOpenedFiles } from '../model/opened-files.ts';
import { describePackages } from '../model/own-packages.ts';
import type { Preview } from '../model/preview.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import type { HashSecret } from '../model/secret-hash.ts';
import { describeBlocks } from '../model/staleness.ts';
import type { StartedJob } from './started-job.ts';

/** A job that has ended, with all that its record is made of. */
export interface EndedParts {
  readonly job: StartedJob;
  readonly begun: Pick<Job, 'cellId' | 'source' | 'setup' | 'inputs'>;
  /** Milliseconds since 1970. */
  readonly finishedAt: number;
  readonly ending: JobEnding;
  /** What of it is to be stored. */
  readonly outcome: JobOutcome;
  readonly modules: readonly NotebookFile[];
  /** What it did to the notebook's files. */
  readonly ownChanges: readonly FileChange[];
  readonly previews: readonly Preview[];
  readonly log: readonly LogEntry[];
}

/** The record of a job; `notebook` is as it was handed over. */
export function recordJob(
  { job, begun, finishedAt, ending, outcome, modules, ownChanges, previews, log }: EndedParts,
  notebook: Notebook,
  hashSecret: HashSecret,
): Job {
  const {
    absentModules = [],
    usedPackages = [],
    ranBlocks = [],
    queriedBlocks = [],
    downstream = [],
  } = ending.status === 'done' ? ending.products : {};
  const imported = new Set(modules.map(({ path }) => path));
  const opened = job.openedPaths.filter((path) => !imported.has(path));
  return {
    id: job.id,
    notebookId: notebook.id,
    ...begun,
    sessionId: job.sessionId,
    title: job.title,
    startedAt: job.startedAt,
    finishedAt,
    modules,
    absentModules,
    openedFiles: describeOpenedFiles(opened, job.files, ownChanges),
    ranBlocks: describeBlocks(ranBlocks, notebook, hashSecret),
    seenBlocks: queriedBlocks.map((name) => describeSeenBlock(name, notebook)),
    downstream: downstream.map((look) => describeDownstream(look, begun.cellId, notebook)),
    packages: job.packages,
    ownPackages: job.ownPackages && describePackages(job.ownPackages, usedPackages),
    loadedModels: job.models.loaded,
    savedModels: [],
    previews,
    notices: countNotices(log),
    logBytes: measureLog(log),
    outcome,
  };
}
