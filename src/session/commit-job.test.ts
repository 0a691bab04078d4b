import { expect, test } from 'vitest';
import type { BlobHash } from '../model/ids.ts';
import {
  buildCell,
  buildHash,
  buildJob,
  buildNotebook,
  buildSession,
  buildSessionFile,
} from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { commitJob } from './commit-job.ts';
import { Notices } from './Notices.svelte.ts';

const image = { name: 'plot', mediaType: 'image/png', blob: buildHash('1'), byteSize: 1 } as const;
const file = { path: 'a.txt', blob: buildHash('3'), byteSize: 1 };

async function listStored(storage: MemoryStorage, hashes: readonly BlobHash[]): Promise<BlobHash[]> {
  const missing = await storage.findMissing(hashes);
  return hashes.filter((hash) => !missing.has(hash));
}

test('only the values are stored that the job, its session or its notebook name', async () => {
  const storage = new MemoryStorage();
  const job = buildJob(buildCell('one'), 1_000, {
    outcome: { status: 'done', outputs: [], images: [image] },
  });
  const session = buildSession(1_000, { files: [buildSessionFile('session/a.txt', '2')] });
  const notebook = buildNotebook(['one'], { files: [file] });
  const hashes = ['1', '2', '3', '4'].map(buildHash);
  const blobs = hashes.map((hash) => ({ hash, content: new Blob([hash]) }));
  const conclusion = { outcome: job.outcome, tables: new Map() };
  const services = { storage, notices: new Notices() };
  await commitJob(services, { job, log: [], session, notebook }, conclusion, blobs);
  expect(await listStored(storage, hashes)).toEqual(['1', '2', '3'].map(buildHash));
});
