import { expect, test, vi } from 'vitest';
import { buildCell, buildHash, buildJob, buildSession, buildSessionFile } from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { commitJob } from './commit-job.ts';
import { Notices } from './Notices.svelte.ts';

const image = { name: 'plot', mediaType: 'image/png', blob: buildHash('1'), byteSize: 1 } as const;
const file = { path: 'a.txt', blob: buildHash('3'), byteSize: 1 };

test('only the values are stored that the job, its session or the changed files name', async () => {
  const storage = new MemoryStorage();
  const commit = vi.spyOn(storage, 'commitJob');
  const job = buildJob(buildCell('one'), 1_000, {
    outcome: { status: 'done', outputs: [], images: [image] },
  });
  const session = buildSession(1_000, { files: [buildSessionFile('session/a.txt', '2')] });
  const blobs = ['1', '2', '3', '4'].map((digit) => ({ hash: buildHash(digit), content: new Blob([digit]) }));
  const conclusion = { outcome: job.outcome, tables: new Map(), models: [] };
  const entry = { job, log: [], session, fileChanges: [{ path: file.path, file }] };
  await commitJob({ storage, notices: new Notices() }, entry, conclusion, blobs);
  expect(commit.mock.calls).toEqual([[entry, blobs.slice(0, 3)]]);
});
