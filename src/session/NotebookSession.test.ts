import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TableEngine } from '../data/TableEngine.ts';
import { FakeKernel } from '../kernel/FakeKernel.ts';
import { CellId } from '../model/ids.ts';
import { createPlainError, type JobEnding } from '../model/job.ts';
import type { Cell, Notebook } from '../model/notebook.ts';
import { buildWheel } from '../model/testing/build-wheel.ts';
import { buildNotebook } from '../model/testing/builders.ts';
import { createSecretHash } from '../model/secret-hash.ts';
import { fail } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { CellRun } from './CellRun.svelte.ts';
import { Notices } from './Notices.svelte.ts';
import { NotebookSession } from './NotebookSession.svelte.ts';

const done: JobEnding = { status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } };
const noContents = { jobs: [], wheels: new Map() };
const failed: JobEnding = { status: 'failed', error: createPlainError('rule', 'no') };

interface Setup {
  readonly session: NotebookSession;
  readonly kernel: FakeKernel;
  readonly storage: MemoryStorage;
  readonly notices: Notices;
  readonly saved: Notebook[];
  readonly told: string[];
}

function setup(titles: readonly string[] = ['one', 'two', 'three']): Setup {
  const kernel = new FakeKernel();
  const storage = new MemoryStorage();
  const notices = new Notices();
  const saved: Notebook[] = [];
  const told: string[] = [];
  const tables = new TableEngine(() => {
    throw new Error('no dataset is made in these tests');
  });
  const session: NotebookSession = new NotebookSession(buildNotebook(titles), noContents, {
    storage,
    tables,
    notices,
    createKernel: () => kernel,
    fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
    hashSecret: createSecretHash('salt'),
    getPersonName: () => 'Ada',
    onChange: () => undefined,
    save: (notebook) => saved.push(notebook),
    takeBack: (inverse) => {
      session.editor.takeBack(inverse);
    },
    onJobEnd: () => undefined,
    onIdle: () => told.push('idle'),
  });
  return { session, kernel, storage, notices, saved, told };
}

function cell(session: NotebookSession, title: string): Cell {
  const found = session.notebook.cells.find((candidate) => candidate.title === title);
  if (!found) throw new Error(`there is no cell ${title}`);
  return found;
}

function titles(session: NotebookSession): string {
  return session.notebook.cells.map(({ title }) => title).join(' ');
}

function states(session: NotebookSession): string {
  return session.notebook.cells.map((each) => `${each.title} ${session.getState(each)}`).join(', ');
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
    expect(states(session)).toBe('one running, two queued, three queued');
    kernel.end(failed);
    await settle();
    expect(states(session)).toBe('one failed, two running, three queued');
    kernel.end(done);
    await settle();
    kernel.end(done);
    await settle();
    expect(states(session)).toBe('one failed, two done, three done');
    expect(kernel.asked).toEqual(['run one', 'run two', 'run three']);
    expect([session.announcement, told]).toEqual(['three: done', ['idle']]);
  });

  it('runs a cell once, however often it is asked to while it waits', () => {
    const { session, kernel } = setup();
    session.runCell(cell(session, 'one').id);
    session.runCell(cell(session, 'one').id);
    session.runCell(cell(session, 'two').id);
    session.runCell(cell(session, 'two').id);
    kernel.end(done);
    expect(states(session)).toBe('one running, two queued, three idle');
  });

  it('runs the source as it is when its turn comes', async () => {
    const { session, kernel, storage } = setup(['one', 'two']);
    session.run({ type: 'all' });
    const { id } = cell(session, 'two');
    session.editor.edit({ type: 'set-source', cellId: id, source: 'x = 2' });
    kernel.end(done);
    await settle();
    kernel.end(done);
    await settle();
    const jobs = (await storage.loadJobs(session.notebook.id)).values;
    expect(jobs.find((job) => job.cellId === id)?.source).toBe('x = 2');
    expect(states(session)).toBe('one done, two done');
  });

  it('takes a cell that waits out of the queue when it is stopped, and leaves Python alone', () => {
    const { session, kernel } = setup();
    session.run({ type: 'all' });
    session.stopCell(cell(session, 'two').id);
    expect(states(session)).toBe('one running, two idle, three queued');
    expect(kernel.asked).toEqual(['run one']);
  });

  it('stops all: what runs ends as stopped and nothing else begins', async () => {
    const { session, kernel } = setup();
    session.run({ type: 'all' });
    session.stopAll();
    await settle();
    expect(states(session)).toBe('one stopped, two idle, three idle');
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
    session.editor.deleteCell(cell(session, 'one'));
    await settle();
    expect(states(session)).toBe('two running, three queued');
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
    const { id } = cell(session, 'one');
    session.runCell(id);
    kernel.print('hello');
    kernel.end(done);
    await settle();
    expect(states(session)).toBe('one running');
    letCommit();
    await settle();
    expect(states(session)).toBe('one done');
    const [job] = (await storage.loadJobs(session.notebook.id)).values;
    expect(job?.outcome).toEqual({ status: 'done', outputs: [], images: [] });
    expect(await storage.loadLog(job ? job.id : ('' as never))).toEqual([
      { time: 1, stream: 'stdout', text: 'hello\n' },
    ]);
  });

  it('counts what a cell warns of while it runs, and keeps the counts with the job', async () => {
    const { session, kernel, storage } = setup(['one']);
    const { id } = cell(session, 'one');
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
    const { id } = cell(session, 'one');
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
    const { id } = cell(session, 'one');
    session.run({ type: 'all' });
    kernel.ask('Name? ');
    expect(session.getRun(id).phase).toMatchObject({ phase: 'running', prompt: 'Name? ' });
    session.answerInput(id, 'Ada');
    expect(session.getRun(id).phase).toMatchObject({ phase: 'running', prompt: null });
    session.answerInput(id, 'Bob');
    expect(kernel.asked).toEqual(['run one', 'answer Ada']);
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
    session.runCell(cell(session, 'one').id);
    kernel.find([]);
    kernel.end(done);
    await settle();
    expect(kernel.packages).toEqual(['numpy', 'scipy']);
  });

  it('goes on after a bug in a run', async () => {
    const { session, kernel, storage } = setup(['one', 'two']);
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(storage, 'commitJob').mockRejectedValueOnce(new Error('a bug'));
    session.run({ type: 'all' });
    kernel.end(done);
    await settle();
    kernel.end(done);
    await settle();
    expect(kernel.asked).toEqual(['run one', 'run two']);
    expect(session.isBusy).toBe(false);
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });
});

describe('taking back', () => {
  it('brings deleted cells back in turn, with what was typed in them', () => {
    const { session } = setup();
    session.editor.edit({ type: 'set-source', cellId: CellId.from('two'), source: 'typed' });
    session.editor.deleteCell(cell(session, 'two'));
    session.editor.deleteCell(cell(session, 'one'));
    expect(titles(session)).toBe('three');
    session.editor.undo();
    session.editor.undo();
    expect(titles(session)).toBe('one two three');
    expect(cell(session, 'two').source).toBe('typed');
  });

  it('takes back by its notice exactly what the notice tells of, once', () => {
    const { session, notices } = setup();
    session.editor.edit({ type: 'rename-cell', cellId: CellId.from('three'), title: 'last' });
    session.editor.deleteCell(cell(session, 'two'));
    notices.list[0]?.action?.run();
    expect(titles(session)).toBe('one two last');
    session.editor.undo();
    expect(titles(session)).toBe('one two three');
    session.editor.undo();
    expect(titles(session)).toBe('one two three');
  });

  it('offers a cell that goes by taking back its adding, so that nothing typed in it is lost', () => {
    const { session, notices } = setup(['one']);
    const id = session.editor.addCell('data-generator', 1);
    session.editor.edit({ type: 'set-source', cellId: id, source: 'an hour of work' });
    session.editor.undo();
    expect(titles(session)).toBe('one');
    notices.list[0]?.action?.run();
    expect(session.notebook.cells.map(({ source }) => source)).toEqual(['print("one")', 'an hour of work']);
  });

  it('skips what cannot be taken back any more', () => {
    const { session } = setup();
    session.editor.edit({ type: 'move-cell', cellId: CellId.from('one'), toIndex: 2 });
    session.editor.edit({ type: 'rename-cell', cellId: CellId.from('two'), title: 'deux' });
    session.editor.deleteCell(cell(session, 'deux'));
    session.editor.takeBack({ type: 'remove-cell', cellId: CellId.from('three') });
    session.editor.undo();
    session.editor.undo();
    expect(titles(session)).toBe('two one');
  });
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

describe('the packages of a notebook', () => {
  function buildFile(name: string, version = '1.0'): File {
    return new File([buildWheel(name, version, '')], `${name}-${version}-py3-none-any.whl`);
  }

  async function runOne(session: NotebookSession, kernel: FakeKernel): Promise<string[]> {
    const before = kernel.asked.length;
    const { id } = cell(session, 'one');
    session.runCell(id);
    kernel.end(done);
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
    return kernel.asked.slice(before);
  }

  it('go along with every job, with the requirements that have no problem', async () => {
    const { session, kernel } = setup();
    session.packages.setRequirements('six>=1.16 # old\n-r more.txt\n\npytz');
    expect(await session.packages.addWheel(buildFile('shapes'))).toBe(null);
    await runOne(session, kernel);
    const { requirements, wheels } = kernel.request?.packages ?? { requirements: [], wheels: [] };
    expect(requirements).toEqual(['six>=1.16', 'pytz']);
    const [wheel] = wheels;
    expect(wheel).toMatchObject({ name: 'shapes', version: '1.0', modules: ['shapes'], needs: [] });
    expect(await wheel?.content?.text()).toBe(await buildFile('shapes').text());
  });

  it('are stored with it, and brought back when their removal is taken back', async () => {
    const { session, storage, notices } = setup();
    await session.packages.addWheel(buildFile('shapes'));
    const [wheel] = session.notebook.wheels;
    if (!wheel) throw new Error('the wheel was not added');
    const [stored] = (await storage.loadNotebooks()).values;
    expect(stored?.wheels).toEqual([wheel]);
    session.packages.removeWheel(wheel);
    expect(session.notebook.wheels).toEqual([]);
    await storage.saveNotebook(session.notebook);
    await storage.dropStrayJobs();
    expect(await storage.readBlob(wheel.blob)).toBe(null);
    notices.list.at(-1)?.action?.run();
    expect(session.notebook.wheels).toEqual([wheel]);
    expect(await (await storage.readBlob(wheel.blob))?.text()).toBe(await buildFile('shapes').text());
  });

  it('have Python start anew when one is gone that it was given, and only then', async () => {
    const { session, kernel } = setup();
    session.packages.setRequirements('six');
    expect(await runOne(session, kernel)).toEqual(['run one']);
    session.packages.setRequirements('six\npytz');
    expect(await runOne(session, kernel)).toEqual(['run one']);
    session.packages.setRequirements('pytz');
    expect(session.packages.isOutdated).toBe(true);
    expect(await runOne(session, kernel)).toEqual(['restart', 'run one']);
    expect(await runOne(session, kernel)).toEqual(['run one']);
    await session.packages.addWheel(buildFile('shapes'));
    expect(await runOne(session, kernel)).toEqual(['run one']);
    await session.packages.addWheel(buildFile('shapes', '2.0'));
    expect(session.notebook.wheels.map(({ version }) => version)).toEqual(['2.0']);
    expect(await runOne(session, kernel)).toEqual(['restart', 'run one']);
  });

  it('show what was installed', async () => {
    const { session, kernel } = setup();
    session.runCell(cell(session, 'one').id);
    kernel.install([{ name: 'six', version: '1.17.0' }]);
    expect(session.packages.installed).toEqual([{ name: 'six', version: '1.17.0' }]);
    kernel.end(done);
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
  });

  it('are shown and counted on no more when another Python takes over, be it ready at once', async () => {
    const { session, kernel } = setup();
    session.packages.setRequirements('six');
    session.runCell(cell(session, 'one').id);
    kernel.install([{ name: 'six', version: '1.17.0' }]);
    kernel.end(done);
    session.packages.setRequirements('');
    expect([session.packages.installed.length, session.packages.isOutdated]).toEqual([1, true]);
    kernel.takeOver();
    expect([session.packages.installed, session.packages.isOutdated]).toEqual([[], false]);
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
  });

  it('are no wheels that are broken, there already, or that found no room', async () => {
    const { session, storage } = setup();
    expect(await session.packages.addWheel(new File(['no'], 'shapes-1.0-py3-none-any.whl'))).toBe(
      'shapes-1.0-py3-none-any.whl was not added. It cannot be read: it is no zip, or it is cut off.',
    );
    vi.spyOn(storage, 'saveNotebook').mockResolvedValueOnce(fail({ kind: 'full', message: '' }));
    expect(await session.packages.addWheel(buildFile('shapes'))).toBe(
      'shapes-1.0-py3-none-any.whl was not added. This browser has no room left for it.',
    );
    expect(session.notebook.wheels).toEqual([]);
    expect(await session.packages.addWheel(buildFile('shapes'))).toBe(null);
    expect(await session.packages.addWheel(buildFile('shapes'))).toBe(
      'shapes-1.0-py3-none-any.whl was not added. The notebook has this very file already.',
    );
  });
});
