import type { Checkpoint } from '../model/checkpoint.ts';
import { JobId, type SessionId } from '../model/ids.ts';
import type { DoneJob } from '../model/job.ts';
import type { SkippedCell } from '../model/session.ts';
import type { NotebookCheckpoints } from './NotebookCheckpoints.svelte.ts';

/** What is put back of earlier results. */
export interface RestorePlan {
  readonly jobs: readonly { readonly job: DoneJob; readonly logOf: JobId }[];
  /** Those that are others with these jobs. */
  readonly checkpoints: readonly Checkpoint[];
  /** The cells that keep what they have. */
  readonly skipped: readonly SkippedCell[];
}

/**
 * Results as those of a new session at a time, each of a Statement with the checkpoint that it had: where that cannot be,
 * its cell keeps both.
 */
export function planRestore(
  done: readonly DoneJob[],
  { sessionId, at }: { readonly sessionId: SessionId; readonly at: number },
  known: Pick<NotebookCheckpoints, 'goBack'>,
): RestorePlan {
  const jobs: { job: DoneJob; logOf: JobId }[] = [];
  const checkpoints: Checkpoint[] = [];
  const skipped: SkippedCell[] = [];
  for (const job of done) {
    const { cellId, title } = job;
    const id = JobId.create();
    const checkpoint = known.goBack(job, { jobId: id, sessionId, at });
    if (!checkpoint.isOk) {
      skipped.push({ cellId, title, reason: checkpoint.problem });
      continue;
    }
    if (checkpoint.value) checkpoints.push(checkpoint.value);
    // They took as long as they took, and are the newest now.
    const startedAt = at - (job.finishedAt - job.startedAt);
    jobs.push({ job: { ...job, id, sessionId, startedAt, finishedAt: at }, logOf: job.id });
  }
  return { jobs, checkpoints, skipped };
}
