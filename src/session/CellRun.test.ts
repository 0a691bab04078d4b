import { expect, it } from 'vitest';
import { createPlainError, type JobOutcome } from '../model/job.ts';
import { buildCell, buildJob } from '../model/testing/builders.ts';
import { CellRun } from './CellRun.svelte.ts';

it.each<JobOutcome>([
  { status: 'done', outputs: [], images: [] },
  { status: 'failed', error: createPlainError('exception', 'no') },
  { status: 'stopped', level: 'soft' },
])('a cell that was not run says so no more once it shows a job that ended as $status', (outcome) => {
  const run = new CellRun();
  run.skip('Not run: “one” failed.');
  expect([run.isBusy, run.skipReason]).toEqual([false, 'Not run: “one” failed.']);
  const job = buildJob(buildCell('two'), 1_000, { outcome });
  // Results that are put back come without a turn in the queue.
  run.finish(job, new Map());
  expect([run.isBusy, run.skipReason, run.lastJob]).toEqual([false, null, job]);
});
