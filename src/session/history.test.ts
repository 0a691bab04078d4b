import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import { NotebookId, type SessionId, ProfileId } from '../model/ids.ts';
import type { Job } from '../model/job.ts';
import type { Session } from '../model/session.ts';
import { mostSessions } from '../model/session-retention.ts';
import {
  buildCell,
  buildHash,
  buildJob,
  buildNotebook,
  buildOutput,
  buildProfile,
} from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { NotebookCheckpoints } from './NotebookCheckpoints.svelte.ts';
import { NotebookHistory } from './NotebookHistory.svelte.ts';
import { Notices } from './Notices.svelte.ts';

const cell = buildCell('cell');

interface Setup {
  readonly history: NotebookHistory;
  readonly storage: MemoryStorage;
  readonly notices: Notices;
  readonly current: Job[];
  readonly running: Set<SessionId>;
}

function setup(): Setup {
  const storage = new MemoryStorage();
  const notices = new Notices();
  const current = [] as Job[];
  const running = new Set<SessionId>();
  const getNotebook = () => buildNotebook(['cell']);
  const checkpoints = new NotebookCheckpoints({ storage, notices, getNotebook, findRefusal: () => null }, []);
  const history = new NotebookHistory({
    storage,
    tables: new TableEngine(() => new FakeTableWorker()),
    notices,
    getNotebook,
    getActiveProfile: () => buildProfile('Ada'),
    getPythonVersion: () => '3.13.2',
    listCurrentJobs: () => current,
    checkpoints: () => checkpoints,
    isRunning: (id) => running.has(id),
  });
  return { history, storage, notices, current, running };
}

/** Runs a session of one job, which begins and ends at this time. */
async function run(
  { history, storage }: Setup,
  finishedAt: number,
  partial: Partial<Job> = {},
): Promise<Session> {
  vi.setSystemTime(finishedAt);
  const id = history.begin({ type: 'one', cellTitle: 'cell' });
  const job = { ...buildJob(cell, finishedAt, partial), sessionId: id };
  const session = history.addJob(id, job, { files: [], packages: [{ name: 'numpy', version: '2.2.5' }] });
  if (!session) throw new Error('the session has not begun');
  await storage.commitJob({ job, log: [{ time: 1, stream: 'stdout', text: 'hello' }], session }, []);
  return session;
}

describe('the history of a notebook', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('has each session with its jobs', async () => {
    const given = setup();
    await run(given, 1_000);
    await given.history.trim();
    const [session] = given.history.sessions;
    expect(session).toMatchObject({
      cause: { type: 'one', cellTitle: 'cell' },
      finishedAt: 1_000,
      jobIds: ['job of cell at 1000'],
      pythonVersion: '3.13.2',
      packages: [{ name: 'numpy', version: '2.2.5' }],
      ranBy: 'Ada',
      profileId: ProfileId.from('Ada'),
      files: [],
      skipped: [],
    });
    const jobs = session ? await given.history.loadJobs(session) : [];
    expect(jobs.map(({ id }) => id)).toEqual(['job of cell at 1000']);
  });

  it('keeps what was skipped, and why', async () => {
    const given = setup();
    const id = given.history.begin({ type: 'all' });
    given.history.skip(id, [{ cellId: cell.id, title: 'cell', reason: 'Not run.' }]);
    await given.history.load();
    expect(given.history.sessions[0]?.skipped).toEqual([
      { cellId: 'cell', title: 'cell', reason: 'Not run.' },
    ]);
  });

  it('keeps what was skipped while a job of the session was being stored, be that stored or not', async () => {
    for (const isStored of [true, false]) {
      const given = setup();
      const id = given.history.begin({ type: 'all' });
      const taken = await given.history.takeFiles(id, []);
      const job = { ...buildJob(cell, 1_000), sessionId: id };
      const session = given.history.addJob(id, job, { files: [], packages: [] });
      if (!session) throw new Error('the session has begun');
      const skip = async (reason: string): Promise<void> => {
        given.history.skip(id, [{ cellId: cell.id, title: 'cell', reason }]);
        await given.history.load();
      };
      const listReasons = (): string[][] =>
        given.history.sessions.map(({ skipped }) => skipped.map(({ reason }) => reason));
      await skip('Not run.');
      // It would name a job that is not there.
      expect(listReasons()).toEqual([]);
      if (isStored) await given.storage.commitJob({ job, log: [], session }, []);
      given.history.settleJob(id, taken, isStored);
      await given.history.load();
      expect(listReasons()).toEqual([['Not run.']]);
      await skip('Stopped.');
      expect(listReasons()).toEqual([['Not run.', 'Stopped.']]);
    }
  });

  it('stores a session but once with a job where nothing was skipped meanwhile', async () => {
    const given = setup();
    const save = vi.spyOn(given.storage, 'saveSession');
    const id = given.history.begin({ type: 'all' });
    given.history.skip(id, [{ cellId: cell.id, title: 'cell', reason: 'Not run.' }]);
    const taken = await given.history.takeFiles(id, []);
    given.history.addJob(id, { ...buildJob(cell, 1_000), sessionId: id }, { files: [], packages: [] });
    given.history.settleJob(id, taken, true);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('puts results back as those of a new session, with their logs', async () => {
    const given = setup();
    const session = await run(given, 1_000);
    const restored = await given.history.restore(session);
    if (!restored.isOk) throw new Error(restored.problem);
    const [job] = restored.value.jobs;
    expect(job).toMatchObject({ title: 'cell', source: cell.source, cellId: 'cell' });
    expect(job && (await given.storage.loadLog(job.id))).toEqual([
      { time: 1, stream: 'stdout', text: 'hello' },
    ]);
    expect(given.history.sessions.map(({ cause }) => cause.type).sort()).toEqual(['one', 'restore']);
  });

  it('keeps the job that a cell shows when its session goes', async () => {
    const given = setup();
    const session = await run(given, 1_000);
    const other = await run(given, 2_000);
    const [shown] = (await given.storage.loadSessionJobs(other.id)).values;
    await given.history.remove([session, other]);
    expect(given.history.sessions).toEqual([]);
    const { values } = await given.storage.loadJobs(NotebookId.from('notebook'));
    expect(values.map(({ id, sessionId }) => [id, sessionId])).toEqual([[shown?.id, null]]);
  });

  it('keeps a session that runs when it is to be deleted, and says so', async () => {
    const given = setup();
    const [session, other] = [await run(given, 1_000), await run(given, 2_000)];
    given.running.add(session.id);
    await given.history.remove([session, other]);
    expect(given.history.sessions).toEqual([session]);
    expect((await given.history.loadJobs(session)).map(({ id }) => id)).toEqual(['job of cell at 1000']);
    expect(given.notices.list.map(({ text }) => text)).toEqual([
      'A session that runs can be deleted when it has ended.',
    ]);
  });

  it('lets the oldest that hold much make room, but not what cells show, and says so', async () => {
    const given = setup();
    const large = (digit: string): Partial<Job> => {
      const output = { ...buildOutput('out', buildHash(digit)), byteSize: 300_000_000 };
      return { outcome: { status: 'done', outputs: [output], images: [] } };
    };
    for (const [index, digit] of ['a', 'b', 'c'].entries()) await run(given, 1_000 + index, large(digit));
    const [shown] = (await given.storage.loadJobs(NotebookId.from('notebook'))).values;
    if (shown) given.current.push(shown);
    await given.history.trim();
    const { sessions } = given.history;
    expect(sessions.map(({ finishedAt }) => finishedAt).sort()).toEqual([1_000, 1_002]);
    expect(given.notices.list.map(({ text }) => text)).toEqual([
      'The oldest run was removed from the history of this notebook: of logs, and of values that nothing else needs, 500 MB are kept.',
    ]);
    const sizes = await given.history.measure();
    expect([[...sizes.sessions.values()], sizes.all, sizes.historyOnly]).toEqual([
      [300_000_000, 300_000_000],
      600_000_000,
      300_000_000,
    ]);
  });

  it('weighs logs, and the JSON that stands in records, but not of what cells show', async () => {
    const given = setup();
    const long = { ...buildOutput('out', buildHash('a')), byteSize: 9_000, kind: 'json', text: '1' } as const;
    const outcome = { status: 'done', outputs: [long], images: [] } as const;
    await run(given, 1_000, { outcome, logBytes: 30 });
    const [job] = (await given.storage.loadJobs(NotebookId.from('notebook'))).values;
    await run(given, 2_000, { logBytes: 400_000_000 });
    await given.history.trim();
    expect(await given.history.measure()).toMatchObject({ all: 400_009_030, historyOnly: 400_009_030 });
    given.current.push(...(job ? [job] : []));
    expect(await given.history.measure()).toMatchObject({ all: 400_009_030, historyOnly: 400_000_000 });
    given.current.splice(0);
    await run(given, 3_000, { logBytes: 300_000_000 });
    await given.history.trim();
    expect(given.history.sessions.map(({ startedAt }) => startedAt)).toEqual([3_000]);
  });

  it('lets the oldest make room', async () => {
    const given = setup();
    for (let index = 0; index < mostSessions + 3; index += 1) await run(given, 1_000 + index);
    await given.history.trim();
    expect(given.history.sessions.length).toBe(mostSessions);
    expect((await given.storage.loadJobs(NotebookId.from('notebook'))).values.length).toBe(mostSessions);
  });
});
