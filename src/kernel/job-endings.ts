import { createPlainError, type JobEnding, type StopLevel } from '../model/job.ts';
import type { JobRequest } from '../model/job-request.ts';
import type { JobEvent } from '../protocol/messages.ts';
import { assertNever } from '../shared/assert-never.ts';

/** How a job ended, by its last event. */
export function toEnding(outcome: Extract<JobEvent, { type: 'job-finished' }>['outcome']): JobEnding {
  switch (outcome.status) {
    case 'done': {
      const { status, ...products } = outcome;
      return { status, products };
    }
    case 'stopped':
      return { status: 'stopped', level: 'soft' };
    case 'failed':
      return outcome;
    default:
      return assertNever(outcome);
  }
}

/** The end of a job whose time was over; `level` says whether Python was kept. */
export function createTimeoutEnding({ configuration }: JobRequest, level: StopLevel): JobEnding {
  const kept = level === 'soft' ? 'Python is kept.' : 'Python had to be ended for it, and another took over.';
  return {
    status: 'failed',
    error: createPlainError(
      'timeout',
      `The script timed out after ${configuration.timeoutSeconds} s and was stopped. "Timeout for Script Execution" in the cell's configuration gives it more time. ${kept}`,
    ),
  };
}

/** For the log of the next job. */
export function describeRefusedSnapshot(reason: string): string {
  return `Python was started without its snapshot, which takes longer: ${reason}. The snapshot was thrown away; a new one is made.`;
}

/** The end of a job that Python, and not its script, is to blame for. */
export function createKernelFailure(message: string): JobEnding {
  return { status: 'failed', error: createPlainError('kernel', message) };
}
