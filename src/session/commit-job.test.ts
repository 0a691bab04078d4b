import { expect, test, vi } from 'vitest';
import { createPlainError } from '../model/job.ts';
import { buildCell, buildHash, buildJob, buildSession, buildSessionFile } from '../model/testing/builders.ts';
import { fail } from '../shared/result.ts';
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

test('a job whose models are refused has failed, and keeps its log, its previews and the files of its session', async () => {
  const storage = new MemoryStorage();
  const commit = vi.spyOn(storage, 'commitJob');
  const preview = {
    id: null,
    time: 1,
    content: { type: 'html', text: { blob: buildHash('1'), byteSize: 1 } },
  } as const;
  const job = buildJob(buildCell('one'), 1_000, {
    previews: [preview],
    outcome: { status: 'done', outputs: [], images: [{ ...image, blob: buildHash('4') }] },
  });
  const session = buildSession(1_000, { files: [buildSessionFile('session/a.txt', '2')] });
  const blobs = ['1', '2', '3', '4', '5'].map((digit) => ({
    hash: buildHash(digit),
    content: new Blob([digit]),
  }));
  const model = { name: 'm', groups: [], typeName: 'x', pythonVersion: '3', packages: [] };
  const models = [{ ...model, blob: buildHash('5'), byteSize: 1 }];
  const log = [{ time: 1, stream: 'stdout', text: 'said' }] as const;
  const entry = {
    ...{ job, log, session, sessionWithoutFiles: { ...session, files: [] } },
    ...{ fileChanges: [{ path: file.path, file }], saveModels: () => fail('There is one already.') },
  };
  const conclusion = { outcome: job.outcome, tables: new Map(), models };
  const stored = await commitJob({ storage, notices: new Notices() }, entry, conclusion, blobs);
  const message =
    'The script ran to its end, but its models cannot be saved, so that its results are not kept: There is one already. Earlier results are kept.';
  const refused = { ...job, outcome: { status: 'failed', error: createPlainError('rule', message) } };
  expect(stored).toEqual({ job: refused, tables: new Map(), isStored: true, known: null });
  expect(commit.mock.calls.map(([each, values]) => [each, values.map(({ hash }) => hash)])).toEqual([
    [expect.anything(), ['1', '2', '3', '4', '5'].map(buildHash)],
    [{ job: refused, log, session }, ['1', '2'].map(buildHash)],
  ]);
});

test.each([
  [[], '', ''],
  [[['m', 1_234_567_890]], ' The model “m” that it saves takes 1.2 GB.', ' or save smaller models,'],
  [
    Array.from({ length: 7 }, (_, index) => [`m${index}`, index * 1_000] as const),
    ' The models that it saves take 21.0 kB: “m6” 6.0 kB, “m5” 5.0 kB, “m4” 4.0 kB, “m3” 3.0 kB, “m2” 2.0 kB, 2 more.',
    ' or save smaller models,',
  ],
] as const)(
  'a job for which there is no room says what its models take, and what makes room',
  async (sizes, taken, remedy) => {
    const storage = new MemoryStorage();
    const full = fail({ kind: 'full', message: 'full' } as const);
    vi.spyOn(storage, 'commitJob').mockResolvedValueOnce(full);
    const job = buildJob(buildCell('one'), 1_000);
    const models = sizes.map(([name, byteSize]) => ({
      ...{ name, groups: [], typeName: 'x', pythonVersion: '3', packages: [], blob: buildHash('5') },
      byteSize,
    }));
    const conclusion = { outcome: job.outcome, tables: new Map(), models };
    const { job: stored } = await commitJob(
      { storage, notices: new Notices() },
      { job, log: [] },
      conclusion,
      [],
    );
    const message = `The script ran to its end, but this browser has no room left for its results.${taken} Delete notebooks and versions of models that are not needed, for good in the trash as well,${remedy} then run the cell again. Earlier results are kept.`;
    expect(stored.outcome).toEqual({ status: 'failed', error: createPlainError('storage', message) });
  },
);
