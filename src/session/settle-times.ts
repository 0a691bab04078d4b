import type { Job } from '../model/job.ts';
import type { StartedJob } from './started-job.ts';

/**
 * When a job has ended: not before it began, nor before the last one of its cell did, where the clock was set back meanwhile.
 * When it began is moved with that, so that how long it took is right.
 */
export function settleTimes(job: Pick<StartedJob, 'startedAt'>, last: Job | null, now = Date.now()): number {
  const end = Math.max(now, job.startedAt);
  const shift = last && last.finishedAt > end ? last.finishedAt + 1 - end : 0;
  job.startedAt += shift;
  return end + shift;
}
