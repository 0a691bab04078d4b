import { describe, expect, it } from 'vitest';
import { NotebookId, type JobId } from '../model/ids.ts';
import { mostSessions, type Session } from '../model/session.ts';
import { buildCell, buildJob } from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { NotebookHistory } from './NotebookHistory.svelte.ts';
import { Notices } from './Notices.svelte.ts';

const cell = buildCell('cell');

interface Setup {
  readonly history: NotebookHistory;
  readonly storage: MemoryStorage;
  readonly current: Set<JobId>;
}

function setup(): Setup {
  const storage = new MemoryStorage();
  const current = new Set<JobId>();
  const history = new NotebookHistory({
    storage,
    notices: new Notices(),
    notebookId: NotebookId.from('notebook'),
    getPythonVersion: () => '3.13.2',
    listCurrentJobs: () => current,
  });
  return { history, storage, current };
}

/** Runs a session of one job. */
async function run({ history, storage }: Setup, finishedAt: number): Promise<Session> {
  const id = history.begin({ type: 'one', cellTitle: 'cell' });
  const job = { ...buildJob(cell, finishedAt), sessionId: id };
  const session = history.addJob(id, job);
  if (!session) throw new Error('the session has not begun');
  await storage.commitJob({ job, log: [{ time: 1, stream: 'stdout', text: 'hello' }], session }, []);
  return session;
}

describe('the history of a notebook', () => {
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

  it('puts results back as those of a new session, with their logs', async () => {
    const given = setup();
    const session = await run(given, 1_000);
    const restored = await given.history.restore(session);
    if (!restored.isOk) throw new Error(restored.problem);
    const [job] = restored.value;
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
    const [shown] = session.jobIds;
    if (shown) given.current.add(shown);
    await given.history.remove([session, other]);
    expect(given.history.sessions).toEqual([]);
    const { values } = await given.storage.loadJobs(NotebookId.from('notebook'));
    expect(values.map(({ id, sessionId }) => [id, sessionId])).toEqual([[shown, null]]);
  });

  it('lets the oldest make room', async () => {
    const given = setup();
    for (let index = 0; index < mostSessions + 3; index += 1) await run(given, 1_000 + index);
    await given.history.trim();
    expect(given.history.sessions.length).toBe(mostSessions);
    expect((await given.storage.loadJobs(NotebookId.from('notebook'))).values.length).toBe(mostSessions);
  });
});
