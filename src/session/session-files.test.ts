// Longer than most files: all its tests stand on the same history and kernel.
import { describe, expect, it, vi } from 'vitest';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import { CellId, SessionId, ProfileId } from '../model/ids.ts';
import { createPlainError, type JobEnding } from '../model/job.ts';
import { buildConnection, buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import type { FilesChange } from '../model/job-request.ts';
import type { NotebookFile } from '../model/scriptlet.ts';
import type { Session } from '../model/session.ts';
import { fail } from '../shared/result.ts';
import { openSession, type OpenSession } from './testing/open-session.ts';

const failed: JobEnding = { status: 'failed', error: createPlainError('exception', 'no') };
const done: JobEnding = {
  status: 'done',
  products: { outputs: [], images: [], modules: [], ranBlocks: [] },
};

class Setup {
  readonly tableWorker = new FakeTableWorker();
  readonly #open = openSession(buildNotebook(['one', 'two', 'three']), () => this.tableWorker);
  readonly kernel = this.#open.kernel;
  readonly storage = this.#open.storage;
  readonly notices = this.#open.notices;
  readonly session = this.#open.session;

  /** Waits until the kernel has the cell; gives what the job finds, as "directory/path: text". */
  async findFiles(title: string): Promise<string[]> {
    await vi.waitFor(() => {
      expect([this.kernel.asked.at(-1), this.kernel.isRunning]).toEqual([`run ${title}`, true]);
    });
    return await Promise.all(
      (this.kernel.request?.files ?? []).map(
        async ({ directory, path, content }) => `${directory}/${path}: ${await content.text()}`,
      ),
    );
  }

  async end(title: string, ending: JobEnding): Promise<void> {
    this.kernel.end(ending);
    await vi.waitFor(() => {
      expect(this.session.getRun(CellId.from(title)).isBusy).toBe(false);
    });
  }

  async loadSession(): Promise<Session | undefined> {
    return (await this.storage.loadSessions(this.session.notebook.id)).values[0];
  }

  async readFiles(): Promise<string[]> {
    const { files = [] } = (await this.loadSession()) ?? {};
    return await Promise.all(
      files.map(
        async ({ directory, path, blob }) =>
          `${directory}/${path}: ${await (await this.storage.readBlob(blob))?.text()}`,
      ),
    );
  }
}

function change(
  directory: FilesChange['directory'],
  written: Readonly<Record<string, string>>,
  removed: readonly string[] = [],
): FilesChange {
  const entries = Object.entries(written);
  return {
    directory,
    removed,
    written: entries.map(([path, text]) => ({ path, data: new TextEncoder().encode(text) })),
  };
}

describe('the files of a session', () => {
  it('are found by its next jobs and kept with its record, also those of a job that failed', async () => {
    const given = new Setup();
    given.session.run({ type: 'all' });
    expect(await given.findFiles('one')).toEqual([]);
    given.kernel.changeFiles(change('session', { 'a.txt': 'a', 'b.txt': 'b' }));
    given.kernel.changeFiles(change('temporary', { 'a.txt': 'other a' }));
    await given.end('one', failed);
    expect(await given.findFiles('two')).toEqual([
      'session/a.txt: a',
      'session/b.txt: b',
      'temporary/a.txt: other a',
    ]);
    given.kernel.changeFiles(change('session', { 'a.txt': 'new a' }, ['b.txt']));
    await given.end('two', done);
    expect(await given.readFiles()).toEqual(['session/a.txt: new a', 'temporary/a.txt: other a']);
    await given.findFiles('three');
    given.kernel.restart();
    given.session.runCell(CellId.from('one'));
    expect(await given.findFiles('one')).toEqual([]);
    given.kernel.end(done);
  });

  it('are those before the job whose files could not be stored', async () => {
    const given = new Setup();
    given.session.run({ type: 'all' });
    await given.findFiles('one');
    given.kernel.changeFiles(change('session', { 'a.txt': 'a' }));
    await given.end('one', done);
    await given.findFiles('two');
    vi.spyOn(given.storage, 'commitJob').mockResolvedValueOnce(fail({ kind: 'full', message: 'no room' }));
    given.kernel.changeFiles(change('session', { 'a.txt': 'new a', 'b.txt': 'b' }));
    await given.end('two', done);
    expect(await given.readFiles()).toEqual(['session/a.txt: a']);
    expect(await given.findFiles('three')).toEqual(['session/a.txt: a']);
    given.kernel.end(done);
  });

  it('that cannot be kept make the job a failed one that says so, and the next cell runs', async () => {
    const given = new Setup();
    given.session.run({ type: 'all' });
    await given.findFiles('one');
    vi.spyOn(crypto.subtle, 'digest').mockRejectedValueOnce(new Error('out of memory'));
    given.kernel.changeFiles(change('session', { 'a.txt': 'a' }));
    await given.end('one', done);
    const { lastJob } = given.session.getRun(CellId.from('one'));
    const message =
      'The script ran to its end, but the files that it wrote could not be kept (out of memory). Write fewer or smaller files and run the cell again. Files and earlier results are as they were.';
    expect(lastJob?.outcome).toEqual({ status: 'failed', error: createPlainError('storage', message) });
    expect(await given.storage.loadSessionJobs(lastJob?.sessionId ?? SessionId.create())).toEqual({
      values: [lastJob],
      problems: [],
    });
    expect(await given.findFiles('two')).toEqual([]);
    vi.spyOn(crypto.subtle, 'digest').mockRejectedValueOnce(new Error('out of memory'));
    given.kernel.changeFiles(change('session', { 'a.txt': 'a' }));
    await given.end('two', failed);
    expect(given.session.getRun(CellId.from('two')).lastJob?.outcome).toEqual(failed);
    expect(given.notices.list.map(({ text }) => text)).toEqual([
      'The files that “two” left could not be kept (out of memory). They are as they were before it ran.',
    ]);
    expect(await given.findFiles('three')).toEqual([]);
    given.kernel.end(done);
  });

  it('can be copied to the notebook, where the file of their path can be had back', async () => {
    const given = new Setup();
    const { session, notices } = given;
    session.runCell(CellId.from('one'));
    await given.findFiles('one');
    given.kernel.changeFiles(change('session', { 'a.txt': 'a' }));
    given.kernel.changeFiles(change('temporary', { 'a.txt': 'other a' }));
    await given.end('one', done);
    const copies: NotebookFile[] = [];
    for (const file of (await given.loadSession())?.files ?? []) {
      expect(await session.files.copy(file, await session.history.readFile(file))).toBeNull();
      const { path, blob, byteSize } = file;
      copies.push({ path, blob, byteSize });
      expect(session.notebook.files).toEqual(copies.slice(-1));
    }
    expect(notices.list.map(({ text }) => text)).toEqual(['The file a.txt was replaced.']);
    notices.list[0]?.action?.run();
    expect(session.notebook.files).toEqual(copies.slice(0, 1));
  });
});

describe('the files of a notebook', () => {
  /** A job writes a file of this text. */
  async function write(given: Setup, text: string): Promise<NotebookFile> {
    await given.storage.saveNotebook(given.session.notebook);
    given.session.runCell(CellId.from('one'));
    await given.findFiles('one');
    given.kernel.changeFiles(change('notebook', { 'a.txt': text }));
    await given.end('one', done);
    const [file] = given.session.notebook.files;
    if (!file) throw new Error('there is no file');
    return file;
  }

  it('that a job replaced are held no longer', async () => {
    const given = new Setup();
    const committed = vi.spyOn(given.storage, 'commitJob');
    const first = await write(given, 'first');
    await given.session.files.read(first);
    const second = await write(given, 'second');
    expect(committed.mock.calls.map(([{ lost }]) => lost)).toEqual([[], [first.blob]]);
    await expect(given.session.files.read(first)).rejects.toThrow(/^The file a\.txt is missing/);
    expect(await (await given.session.files.read(second)).text()).toBe('second');
  });

  it('that a person replaced can be had back, also after a job replaced what came in their place', async () => {
    const given = new Setup();
    const { files } = given.session;
    await files.add([new File(['first'], 'a.txt')]);
    await files.add([new File(['second'], 'a.txt')]);
    await write(given, 'third');
    given.notices.list[0]?.action?.run();
    const [file] = given.session.notebook.files;
    expect(file && (await (await files.read(file)).text())).toBe('first');
    expect(file && (await (await given.storage.readBlob(file.blob))?.text())).toBe('first');
  });
});

describe('large files of a job', () => {
  const large = 'x'.repeat(1_000_001);

  it('are copied and hashed in the worker of the tables', async () => {
    const given = new Setup();
    given.session.runCell(CellId.from('one'));
    await given.findFiles('one');
    const changes = (['session', 'notebook'] as const).map((directory) =>
      change(directory, { 'large.txt': large, 'small.txt': 'x' }),
    );
    for (const each of changes) given.kernel.changeFiles(each);
    await given.end('one', done);
    expect(given.tableWorker.commands).toEqual(['store-bytes', 'store-bytes']);
    expect(changes.map(({ written }) => written.map(({ data }) => data.byteLength))).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(await given.readFiles()).toEqual([`session/large.txt: ${large}`, 'session/small.txt: x']);
    const [file] = given.session.notebook.files;
    expect([
      file?.path,
      file?.byteSize,
      file && (await (await given.session.files.read(file)).text()),
    ]).toEqual(['large.txt', 1_000_001, large]);
  });

  it('make it a failed one that left no files where that worker breaks', async () => {
    const given = new Setup();
    given.tableWorker.isSilent = true;
    given.session.runCell(CellId.from('one'));
    await given.findFiles('one');
    given.kernel.changeFiles(change('session', { 'small.txt': 'x', 'large.txt': large }));
    given.kernel.end(done);
    await vi.waitFor(() => {
      expect(given.tableWorker.commands).toEqual(['store-bytes']);
    });
    given.tableWorker.die('out of memory');
    await vi.waitFor(() => {
      expect(given.session.getRun(CellId.from('one')).isBusy).toBe(false);
    });
    const [job] = (await given.storage.loadJobs(given.session.notebook.id)).values;
    expect(job?.outcome).toMatchObject({
      status: 'failed',
      error: {
        kind: 'storage',
        message: expect.stringMatching(
          /^The script ran to its end, but the files that it wrote could not be kept \(.*out of memory.*\)/,
        ),
      },
    });
    expect(await given.readFiles()).toEqual([]);
  });
});

describe('the record of a session', () => {
  it('says what of packages its jobs had, and who ran it', async () => {
    const given = new Setup();
    given.session.run({ type: 'all' });
    await given.findFiles('one');
    given.kernel.use([{ name: 'pandas', version: '2.3.0' }]);
    await given.end('one', done);
    await given.findFiles('two');
    given.kernel.use([{ name: 'numpy', version: '2.2.5' }]);
    await given.end('two', done);
    expect(await given.loadSession()).toMatchObject({
      ranBy: 'Ada',
      profileId: ProfileId.from('Ada'),
      packages: [
        { name: 'numpy', version: '2.2.5' },
        { name: 'pandas', version: '2.3.0' },
      ],
    });
    given.kernel.end(done);
  });
});

describe('the files of a notebook', () => {
  it('count as they were when the job was handed over, however they change while it runs', async () => {
    const given = new Setup();
    const { session, kernel } = given;
    await session.files.add([new File(['x = 1'], 'helper.py')]);
    const imported = session.notebook.files;
    session.runCell(CellId.from('one'));
    expect(await given.findFiles('one')).toEqual(['notebook/helper.py: x = 1']);
    await session.files.add([new File(['x = 2'], 'helper.py')]);
    await given.end('one', {
      ...done,
      products: { outputs: [], images: [], modules: ['helper.py'], ranBlocks: [] },
    });
    expect(session.getRun(CellId.from('one')).lastJob?.modules).toEqual(imported);
    const states = session.notebook.cells.map((cell) => session.getState(cell));
    expect(states).toEqual(['stale', 'idle', 'idle']);
    expect(kernel.asked).toEqual(['run one']);
  });

  it('make a cell stale when one comes that it looked for, also while it runs', async () => {
    const given = new Setup();
    const { session } = given;
    const products = { outputs: [], images: [], modules: [], ranBlocks: [], absentModules: ['helper'] };
    const add = async (name: string): Promise<string> => {
      await session.files.add([new File([''], name)]);
      return session.notebook.cells.map((cell) => session.getState(cell)).join(', ');
    };
    for (const title of ['one', 'two']) {
      session.runCell(CellId.from(title));
      await given.findFiles(title);
      if (title === 'two') expect(await add('helper.py')).toBe('stale, running, idle');
      await given.end(title, { ...done, products });
      expect(session.getRun(CellId.from(title)).lastJob?.absentModules).toEqual(['helper']);
      if (title === 'one') expect(await add('other.py')).toBe('done, idle, idle');
    }
    expect(session.notebook.cells.map((cell) => session.getState(cell))).toEqual(['stale', 'stale', 'idle']);
  });
});

describe('the files that a job opened', () => {
  it('make its cell stale when one changes, goes or comes, and not by what the job wrote itself', async () => {
    const given = new Setup();
    const { session, kernel } = given;
    const text = (name: string, content: string): File => new File([content], name);
    const one = CellId.from('one');
    await session.files.add([text('table.csv', 'a'), text('counter.txt', '1'), text('m.py', '')]);
    session.runCell(one);
    await given.findFiles('one');
    kernel.openFiles(['table.csv', 'counter.txt', 'm.py', 'later.csv']);
    kernel.changeFiles(change('notebook', { 'counter.txt': '2' }));
    await given.end('one', {
      ...done,
      products: { outputs: [], images: [], modules: ['m.py'], ranBlocks: [] },
    });
    const getState = (): string | undefined =>
      session.notebook.cells.slice(0, 1).map((cell) => session.getState(cell))[0];
    const getBlob = (path: string): unknown =>
      session.notebook.files.find((file) => file.path === path)?.blob;
    expect(session.getRun(one).lastJob?.openedFiles).toEqual([
      { path: 'table.csv', blob: getBlob('table.csv') },
      { path: 'counter.txt', blob: getBlob('counter.txt') },
      { path: 'later.csv', blob: null },
    ]);
    expect(getState()).toBe('done');
    await session.files.add([text('other.csv', 'b')]);
    expect(getState()).toBe('done');
    await session.files.add([text('table.csv', 'b')]);
    expect(getState()).toBe('stale');
    await session.files.add([text('table.csv', 'a')]);
    expect(getState()).toBe('done');
    await session.files.add([text('later.csv', '')]);
    expect(getState()).toBe('stale');
  });
});

describe('a path that an earlier session put out', () => {
  async function runChain(): Promise<{ open: OpenSession; path: string }> {
    const cells = [buildScriptlet('one', [], ['out']), buildScriptlet('two', ['in'], [])];
    const open = openSession(
      buildNotebook([], { cells, connections: [buildConnection('one.out', 'two.in')] }),
    );
    const { session, kernel } = open;
    session.runCell(CellId.from('one'));
    await vi.waitFor(() => {
      expect(kernel.isRunning).toBe(true);
    });
    const path = `/session/${kernel.request?.sessionId ?? ''}/a.txt`;
    kernel.changeFiles(change('session', { 'a.txt': 'a' }));
    kernel.changeFiles(change('temporary', { 'b.txt': 'b' }));
    const value = { kind: 'json', text: JSON.stringify(path) } as const;
    kernel.end({
      status: 'done',
      products: { outputs: [{ handle: 'out', value }], images: [], modules: [], ranBlocks: [] },
    });
    await waitForIdle(open);
    return { open, path };
  }

  async function waitForIdle({ session }: OpenSession): Promise<void> {
    await vi.waitFor(() => {
      expect(session.isBusy).toBe(false);
    });
  }

  /** Runs the second cell; gives what it was lent and its log. */
  async function runSecond(open: OpenSession): Promise<{ lent: readonly string[]; log: readonly string[] }> {
    const { session, kernel } = open;
    session.runCell(CellId.from('two'));
    await vi.waitFor(() => {
      expect([kernel.asked.at(-1), kernel.isRunning]).toEqual(['run two', true]);
    });
    const lent = (kernel.request?.lentFiles ?? []).map(
      async ({ directory, sessionId, path, content }) =>
        `${directory} ${sessionId} ${path}: ${await content.text()}`,
    );
    const files = kernel.request?.files.map(({ path }) => path);
    kernel.end(done);
    await waitForIdle(open);
    expect(files).toEqual([]);
    const log = session.getRun(CellId.from('two')).log.flush();
    return { lent: await Promise.all(lent), log: log.map(({ stream, text }) => `${stream}: ${text}`) };
  }

  it('leads to its file, though the cell before is not run again', async () => {
    const { open, path } = await runChain();
    const id = path.split('/')[2] ?? '';
    expect(await runSecond(open)).toEqual({ lent: [`session ${id} a.txt: a`], log: [] });
    expect(open.kernel.asked).toEqual(['run one', 'run two']);
    const [newest] = (await open.storage.loadSessions(open.session.notebook.id)).values.filter(
      (session) => session.id !== id,
    );
    expect(newest?.files).toEqual([]);
  });

  it('that is gone is warned of once, with the cell to run again', async () => {
    const { open, path } = await runChain();
    const id = path.split('/')[2] ?? '';
    await open.session.history.load();
    await open.session.history.trim();
    await open.session.history.remove(open.session.history.sessions);
    expect(await runSecond(open)).toEqual({
      lent: [],
      log: [
        `warning: The input “in” names files of the session ${id}, which is no longer in the history: they are gone. Run “one” again, which makes them anew.\n`,
      ],
    });
  });
});
