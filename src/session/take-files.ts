import type { SessionId } from '../model/ids.ts';
import { createPlainError } from '../model/job.ts';
import type { FilesChange, JobDirectory } from '../model/job-request.ts';
import { toMessage } from '../shared/to-message.ts';
import type { Conclusion } from './conclude-job.ts';
import type { ChangedFiles, NotebookFiles } from './NotebookFiles.ts';
import type { NotebookHistory, TakenFiles } from './NotebookHistory.svelte.ts';
import type { Notices } from './Notices.svelte.ts';
import type { RunAs } from './run-as.ts';
import type { SessionFilesChange } from './SessionFiles.ts';

/** A job that has ended, as far as files go. */
export interface FilesJob {
  readonly title: string;
  readonly sessionId: SessionId;
  /** What it did to those of the notebook. */
  readonly filesChange: FilesChange | null;
  /** What it did to those of its session. */
  readonly sessionChanges: ReadonlyMap<JobDirectory, SessionFilesChange>;
}

/** What a job did to files: those of the notebook, where it changed some, and those of its session. */
export interface TakenByJob {
  readonly conclusion: Conclusion;
  readonly changed: ChangedFiles | null;
  readonly left: TakenFiles;
}

export interface TakingServices {
  readonly files: NotebookFiles;
  readonly history: NotebookHistory;
  readonly notices: Notices;
  /** Whether the job may change those of the notebook. Gives why it may not, in sentences; null where it may. */
  readonly askForFiles: (runAs: RunAs, changedPaths: readonly string[]) => Promise<string | null>;
}

/**
 * Takes in what a job did to files; those of the notebook count where it was done. Where they cannot be kept, or may not
 * be, it has failed, and one that was not done stays what it was.
 */
export async function takeFiles(
  services: TakingServices,
  job: FilesJob,
  conclusion: Conclusion,
): Promise<TakenByJob> {
  const { files, history } = services;
  const { filesChange, sessionId, sessionChanges } = job;
  const wasDone = conclusion.outcome.status === 'done';
  try {
    const changed = filesChange && wasDone ? await files.take(filesChange) : null;
    const changedPaths = changed?.changes.map(({ path }) => path) ?? [];
    const refusal =
      changedPaths.length === 0
        ? null
        : await services.askForFiles(history.getRunAs(sessionId), changedPaths);
    if (refusal !== null) {
      const left = await history.takeFiles(sessionId, [...sessionChanges.values()]);
      return { conclusion: toFailed(conclusion, 'rule', refusal), changed: null, left };
    }
    return { conclusion, changed, left: await history.takeFiles(sessionId, [...sessionChanges.values()]) };
  } catch (error) {
    const given = giveUp(services, job, conclusion, toMessage(error));
    return { conclusion: given, changed: null, left: await history.takeFiles(sessionId, []) };
  }
}

function giveUp(
  { notices }: TakingServices,
  { title }: FilesJob,
  conclusion: Conclusion,
  problem: string,
): Conclusion {
  const { outcome, tables } = conclusion;
  if (outcome.status !== 'done') {
    notices.tell(
      `The files that “${title}” left could not be kept (${problem}). They are as they were before it ran.`,
    );
    for (const table of tables.values()) table.close();
    return { outcome, tables: new Map(), models: [] };
  }
  const message = `The script ran to its end, but the files that it wrote could not be kept (${problem}). Write fewer or smaller files and run the cell again. Files and earlier results are as they were.`;
  return toFailed(conclusion, 'storage', message);
}

/** A job that was done, and whose results are not kept. */
function toFailed({ tables }: Conclusion, kind: 'rule' | 'storage', message: string): Conclusion {
  for (const table of tables.values()) table.close();
  const outcome = { status: 'failed', error: createPlainError(kind, message) } as const;
  return { outcome, tables: new Map(), models: [] };
}
