import { expect, test, vi } from 'vitest';
import { NotebookId } from '../model/ids.ts';
import { buildCell, buildJob } from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { loadContents } from './load-contents.ts';
import { Notices } from './Notices.svelte.ts';

const id = NotebookId.from('notebook');

test('what is kept of a notebook is read, and each record that cannot be is told of', async () => {
  const storage = new MemoryStorage();
  const notices = new Notices();
  const job = buildJob(buildCell('one'), 1_000);
  await storage.commitJob({ job, log: [] }, []);
  vi.spyOn(storage, 'loadCheckpoints').mockResolvedValue({ values: [], problems: ['One is broken.'] });
  const wheels = new Map();
  expect(await loadContents({ storage, notices }, id, [])).toEqual({ jobs: [job], checkpoints: [], wheels });
  expect(notices.list.map(({ text }) => text)).toEqual(['One is broken.']);
});

test('a notebook whose results and checkpoints cannot be read at all is opened without them', async () => {
  const storage = new MemoryStorage();
  const notices = new Notices();
  vi.spyOn(storage, 'loadJobs').mockRejectedValue(new Error('no'));
  vi.spyOn(storage, 'loadCheckpoints').mockRejectedValue(new Error('no'));
  const wheels = new Map();
  expect(await loadContents({ storage, notices }, id, [])).toEqual({ jobs: [], checkpoints: [], wheels });
  expect(notices.list.map(({ text }) => text)).toEqual([
    'The results of this notebook cannot be read (no). Reload the page.',
    'The checkpoints of this notebook cannot be read (no). Reload the page before you run its Statements.',
  ]);
});
