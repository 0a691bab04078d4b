import { expect, test } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { createPlainError, type Job } from '../model/job.ts';
import { buildCell, buildJob } from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { CellResults } from './CellResults.ts';

test('the run before is the newest of the cell that was done, and earlier', async () => {
  const cell = buildCell('one');
  const jobs = [1_000, 2_000, 4_000, 5_000].map((time) => buildJob(cell, time));
  const failed = { status: 'failed', error: createPlainError('rule', 'no') } as const;
  const values: Job[] = [
    ...jobs,
    buildJob(cell, 3_000, { outcome: failed }),
    buildJob(buildCell('other'), 3_500),
  ];
  const storage = new MemoryStorage();
  storage.loadJobs = () => Promise.resolve({ values, problems: [] });
  const results = new CellResults({
    storage,
    tables: new TableEngine(() => {
      throw new Error('no table is opened');
    }),
    getRun: () => {
      throw new Error('no run is shown');
    },
    fetchRemote: () => Promise.reject(new Error('nothing is fetched')),
    isTrusted: () => true,
    findHeld: () => undefined,
    importJson: () => Promise.reject(new Error('nothing is imported')),
  });
  const find = async (index: number): Promise<Job | null> => {
    const job = jobs[index];
    return job ? await results.findFormer(job) : null;
  };
  expect([await find(0), await find(1), await find(2)]).toEqual([null, jobs[0], jobs[1]]);
});
