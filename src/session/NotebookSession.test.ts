// Longer than most files: all its tests stand on the same session and kernel.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CellId } from '../model/ids.ts';
import { createPlainError, type JobEnding } from '../model/job.ts';
import { buildNotebook } from '../model/testing/builders.ts';
import { fail } from '../shared/result.ts';
import { CellRun } from './CellRun.svelte.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import { findCellOf, listStates, openSession, waitForEnd, type OpenSession } from './testing/open-session.ts';

const done: JobEnding = { status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } };
const failed: JobEnding = { status: 'failed', error: createPlainError('rule', 'no') };

function setup(titles: readonly string[] = ['one', 'two', 'three']): OpenSession {
  return openSession(buildNotebook(titles));
}

/** Lets everything that is only waiting for promises go on. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

describe('running cells', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs one after another, in order, whatever becomes of each', async () => {
    const { session, kernel, told } = setup();
    session.run({ type: 'all' });
    expect(listStates(session)).toBe('one running, two queued, three queued');
    kernel.end(failed);
    await settle();
    expect(listStates(session)).toBe('one failed, two running, three queued');
    kernel.end(done);
    await settle();
    kernel.end(done);
    await settle();
    expect(listStates(session)).toBe('one failed, two done, three done');
    expect(kernel.asked).toEqual(['run one', 'run two', 'run three']);
    expect([session.announcement, told]).toEqual(['three: done', ['idle']]);
  });

  it('runs a cell once, however often it is asked to while it waits', () => {
    const { session, kernel } = setup();
    session.runCell(findCellOf(session, 'one').id);
    session.runCell(findCellOf(session, 'one').id);
    session.runCell(findCellOf(session, 'two').id);
    session.runCell(findCellOf(session, 'two').id);
    kernel.end(done);
    expect(listStates(session)).toBe('one running, two queued, three idle');
  });

  it('runs a cell again that is to be run in the very task in which it ended', async () => {
    const { session, kernel, told } = setup(['one', 'two']);
    const { id } = findCellOf(session, 'one');
    session.runCell(id);
    kernel.end(done);
    await waitForEnd(session.getRun(id));
    session.runCell(id);
    session.runCell(id);
    expect(listStates(session)).toBe('one queued, two idle');
    expect([session.isBusy, session.queue]).toEqual([
      true,
      { runningId: null, waiting: ['one'], position: 1, total: 2 },
    ]);
    await settle();
    kernel.end(failed);
    await settle();
    expect(listStates(session)).toBe('one failed, two idle');
    expect([kernel.asked, told]).toEqual([['run one', 'run one'], ['idle']]);
    expect(session.history.untrimmedCount).toBe(0);
  });

  it('takes out of the queue what was to run again in the very task in which it ended', async () => {
    const { session, kernel, told } = setup(['one', 'two']);
    const { id } = findCellOf(session, 'one');
    session.runCell(id);
    kernel.end(done);
    await waitForEnd(session.getRun(id));
    session.runCell(id);
    session.stopCell(id);
    await settle();
    expect(listStates(session)).toBe('one done, two idle');
    expect(session.getRun(id).skipReason).toBe('Not run: removed from the queue.');
    expect([kernel.asked, told]).toEqual([['run one'], ['idle']]);
  });

  it('runs the source as it is when its turn comes', async () => {
    const { session, kernel, storage } = setup(['one', 'two']);
    session.run({ type: 'all' });
    const { id } = findCellOf(session, 'two');
    session.editor.edit({ type: 'set-source', cellId: id, source: 'x = 2' });
    kernel.end(done);
    await settle();
    kernel.end(done);
    await settle();
    const jobs = (await storage.loadJobs(session.notebook.id)).values;
    expect(jobs.find((job) => job.cellId === id)?.source).toBe('x = 2');
    expect(listStates(session)).toBe('one done, two done');
  });

  it('takes a cell that waits out of the queue when it is stopped, and leaves Python alone', () => {
    const { session, kernel } = setup();
    session.run({ type: 'all' });
    session.stopCell(findCellOf(session, 'two').id);
    expect(listStates(session)).toBe('one running, two idle, three queued');
    expect(kernel.asked).toEqual(['run one']);
  });

  it('stops all: what runs ends as stopped and nothing else begins', async () => {
    const { session, kernel } = setup();
    session.run({ type: 'all' });
    session.stopAll();
    await settle();
    expect(listStates(session)).toBe('one stopped, two idle, three idle');
    expect(kernel.asked).toEqual(['run one', 'stop']);
  });

  it.each<[string, (session: NotebookSession) => void, string]>([
    [
      'all is stopped',
      (session) => {
        session.stopAll();
      },
      'Not run: all was stopped.',
    ],
    [
      'Python is restarted',
      (session) => {
        session.restartPython();
      },
      'Not run: Python was restarted.',
    ],
  ])('keeps with the session which cells were not run when %s', async (_what, act, reason) => {
    const { session } = setup();
    session.run({ type: 'all' });
    act(session);
    await settle();
    expect(session.history.sessions.map(({ skipped }) => skipped)).toEqual([
      [
        { cellId: 'two', title: 'two', reason },
        { cellId: 'three', title: 'three', reason },
      ],
    ]);
    expect(session.getRun(CellId.from('two')).skipReason).toBe(reason);
  });

  it('puts no results back while something runs, and runs nothing while it does', async () => {
    const { session, kernel, notices } = setup();
    session.runCell(CellId.from('one'));
    kernel.end(done);
    await settle();
    const [earlier] = session.history.sessions;
    if (!earlier) throw new Error('there is a session');
    session.runCell(CellId.from('one'));
    expect(await session.restore(earlier)).toBe(
      'Something runs now. Put the results back when it has ended.',
    );
    kernel.end(done);
    await settle();
    const restoring = session.restore(earlier);
    session.runCell(CellId.from('one'));
    expect([session.isBusy, notices.list.map(({ text }) => text)]).toEqual([
      false,
      ['Earlier results are being put back. Run again in a moment.'],
    ]);
    expect(await restoring).toBeNull();
    session.runCell(CellId.from('one'));
    expect(kernel.asked).toEqual(['run one', 'run one', 'run one']);
  });

  it('deletes no session that runs or waits', async () => {
    const { session, kernel } = setup();
    session.run({ type: 'all' });
    kernel.end(done);
    await settle();
    await session.history.load();
    const [running] = session.history.sessions;
    if (!running) throw new Error('there is a session');
    expect(session.history.isRunning(running.id)).toBe(true);
    await session.history.remove([running]);
    session.stopAll();
    await settle();
    expect(session.history.isRunning(running.id)).toBe(false);
    const [ended] = session.history.sessions;
    const jobs = ended ? await session.history.loadJobs(ended) : [];
    expect(jobs.map(({ title }) => title)).toEqual(['one', 'two']);
    await session.history.remove(session.history.sessions);
    expect(session.history.sessions).toEqual([]);
  });

  it('stops a cell that is deleted, and goes on with the next', async () => {
    const { session, kernel } = setup();
    session.run({ type: 'all' });
    session.editor.deleteCell(findCellOf(session, 'one'));
    await settle();
    expect(listStates(session)).toBe('two running, three queued');
    expect(kernel.asked).toEqual(['run one', 'stop', 'run two']);
  });

  it('stores the job with its log before the cell is done', async () => {
    const { session, kernel, storage } = setup(['one']);
    let letCommit: () => void = () => undefined;
    const commit = storage.commitJob.bind(storage);
    vi.spyOn(storage, 'commitJob').mockImplementation(async (...entry) => {
      await new Promise<void>((resolve) => {
        letCommit = resolve;
      });
      return await commit(...entry);
    });
    const { id } = findCellOf(session, 'one');
    session.runCell(id);
    kernel.print('hello');
    kernel.end(done);
    await settle();
    expect(listStates(session)).toBe('one running');
    letCommit();
    await settle();
    expect(listStates(session)).toBe('one done');
    const [job] = (await storage.loadJobs(session.notebook.id)).values;
    expect(job?.outcome).toEqual({ status: 'done', outputs: [], images: [] });
    expect(await storage.loadLog(job ? job.id : ('' as never))).toEqual([
      { time: 1, stream: 'stdout', text: 'hello\n' },
    ]);
  });

  it('tells of no change when it reads a log that nothing was printed to', async () => {
    const { session, kernel } = setup(['one']);
    const { id } = findCellOf(session, 'one');
    session.runCell(id);
    kernel.end(failed);
    await settle();
    const { log } = session.getRun(id);
    const { version } = log;
    await session.results.loadLog(id);
    expect(log.version).toBe(version);
  });

  it('counts what a cell warns of while it runs, and keeps the counts with the job', async () => {
    const { session, kernel, storage } = setup(['one']);
    const { id } = findCellOf(session, 'one');
    const run = session.getRun(id);
    session.runCell(id);
    kernel.print('careful', 'warning');
    kernel.print('wrong', 'error');
    await vi.waitFor(() => {
      expect(run.notices).toEqual({ warnings: 1, errors: 1 });
    });
    kernel.print('again', 'warning');
    kernel.end(done);
    await settle();
    expect(run.notices).toEqual({ warnings: 2, errors: 1 });
    const { values } = await storage.loadJobs(session.notebook.id);
    expect(values.map(({ notices }) => notices)).toEqual([{ warnings: 2, errors: 1 }]);
    // After a reload they are there without the log.
    const later = new CellRun();
    later.restore(values);
    expect(later.notices).toEqual({ warnings: 2, errors: 1 });
    later.begin();
    later.setPhase({ phase: 'storing', startedAt: 1 });
    expect(later.notices).toEqual({ warnings: 0, errors: 0 });
  });

  it('fails a cell whose results find no room, and keeps the earlier ones', async () => {
    const { session, kernel, storage } = setup(['one']);
    const { id } = findCellOf(session, 'one');
    session.runCell(id);
    kernel.end(done);
    await settle();
    const earlier = session.getRun(id).doneJob;
    vi.spyOn(storage, 'commitJob').mockResolvedValue(fail({ kind: 'full', message: 'quota' }));
    session.runCell(id);
    kernel.end(done);
    await settle();
    const { lastJob, doneJob } = session.getRun(id);
    expect(lastJob?.outcome).toMatchObject({
      status: 'failed',
      error: { kind: 'storage', message: expect.stringContaining('no room left') as string },
    });
    expect(doneJob).toBe(earlier);
  });

  it('shows what a script asks for, and hands it the answer once', () => {
    const { session, kernel } = setup(['one']);
    const { id } = findCellOf(session, 'one');
    session.run({ type: 'all' });
    kernel.ask('Name? ');
    expect(session.getRun(id).phase).toMatchObject({ phase: 'running', prompt: 'Name? ' });
    session.answerInput(id, 'Ada');
    expect(session.getRun(id).phase).toMatchObject({ phase: 'running', prompt: null });
    session.answerInput(id, 'Bob');
    expect(kernel.asked).toEqual(['run one', 'answer Ada']);
    kernel.progress(40);
    expect(session.getRun(id).phase).toMatchObject({ phase: 'running', prompt: null, progress: 40 });
  });

  it('has Python keep ready what the cells imported when they were last run', async () => {
    const { session, kernel } = setup(['one', 'two']);
    session.run({ type: 'all' });
    kernel.find(['pandas', 'numpy']);
    kernel.end(done);
    await settle();
    kernel.find(['numpy', 'scipy']);
    kernel.end(failed);
    await settle();
    expect(kernel.packages).toEqual(['numpy', 'pandas', 'scipy']);
    session.runCell(findCellOf(session, 'one').id);
    kernel.find([]);
    kernel.end(done);
    await settle();
    expect(kernel.packages).toEqual(['numpy', 'scipy']);
  });

  it.each<[string, (given: ReturnType<typeof setup>) => unknown, string, number]>([
    [
      'the storage throws',
      ({ storage }) => vi.spyOn(storage, 'commitJob').mockRejectedValueOnce(new Error('a bug')),
      'The script ran to its end, but its results could not be stored (a bug). Run the cell again. Earlier results are kept.',
      2,
    ],
    [
      'it throws each time, and at once',
      ({ storage }) =>
        vi.spyOn(storage, 'commitJob').mockImplementation(() => {
          throw new Error('a bug');
        }),
      'The script ran to its end, but its results could not be stored (a bug). Run the cell again. Earlier results are kept.',
      0,
    ],
    [
      'what is to be stored cannot be made',
      ({ session }) =>
        vi.spyOn(session.history, 'addJob').mockImplementationOnce(() => {
          throw new Error('a bug');
        }),
      'The run broke off, and its results are not kept (a bug). Run the cell again. Earlier results are kept.',
      1,
    ],
    [
      'Python cannot be asked',
      ({ kernel }) => vi.spyOn(kernel, 'run').mockRejectedValueOnce(new Error('a bug')),
      'The run broke off, and its results are not kept (a bug). Run the cell again. Earlier results are kept.',
      1,
    ],
  ])(
    'fails a cell where %s, keeps none of its outputs, and goes on',
    async (_what, breakIt, message, stored) => {
      const given = setup(['one', 'two']);
      const { session, kernel, storage } = given;
      const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      breakIt(given);
      const product = { handle: 'out', value: { kind: 'json', text: '1' } } as const;
      const products = { outputs: [product], images: [], modules: [], ranBlocks: [] };
      session.run({ type: 'all' });
      for (const { id } of session.notebook.cells) {
        await vi.waitFor(() => {
          if (kernel.isRunning) kernel.end({ status: 'done', products });
          expect(session.getRun(id).isBusy).toBe(false);
        });
      }
      const [one, two] = session.notebook.cells.map(({ id }) => session.getRun(id));
      expect(one?.lastJob).toMatchObject({
        title: 'one',
        previews: [],
        outcome: { status: 'failed', error: createPlainError('storage', message) },
      });
      expect([one?.doneJob, one?.phase]).toEqual([null, { phase: 'resting' }]);
      const isStored = stored > 0;
      expect(two?.lastJob?.outcome.status).toBe(isStored ? 'done' : 'failed');
      expect(session.isBusy).toBe(false);
      const { values } = await storage.loadJobs(session.notebook.id);
      expect(values.map(({ title, outcome }) => [title, outcome.status])).toEqual(
        [
          ['one', 'failed'],
          ['two', 'done'],
        ].slice(2 - stored),
      );
      expect(error).toHaveBeenCalled();
      error.mockRestore();
    },
  );
});

describe('the end of a session', () => {
  it('saves what waits, stops what runs, and changes nothing any more', async () => {
    const { session, kernel, saved, told } = setup(['one', 'two']);
    session.run({ type: 'all' });
    session.editor.edit({ type: 'rename-notebook', title: 'Lesson' });
    session.dispose();
    await vi.waitFor(() => {
      expect(told).toEqual(['idle']);
    });
    expect(session.editor.edit({ type: 'rename-notebook', title: 'too late' })).toBeNull();
    session.run({ type: 'all' });
    expect(saved.map(({ title }) => title)).toEqual(['Lesson']);
    expect(kernel.asked).toEqual(['run one', 'dispose']);
  });
});
