import { openDB, unwrap } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CellId, JobId, NotebookId, SessionId } from '../model/ids.ts';
import type { Job } from '../model/job.ts';
import { addHost, standardNetworkPolicy } from '../model/network-policy.ts';
import type { Session } from '../model/session.ts';
import { standardSettings } from '../model/settings.ts';
import {
  buildCell,
  buildHash,
  buildInput,
  buildJob,
  buildNotebook,
  buildNotebookWheel,
  buildOutput,
  buildScriptlet,
  buildSession,
  buildSessionFile,
} from '../model/testing/builders.ts';
import { Database, type DatabaseEvents } from './Database.ts';
import { migrate, newestVersion } from './migrations.ts';

const notebook = buildNotebook(['cell']);
const cell = buildCell('cell');
const log = [{ time: 5, stream: 'stdout', text: 'hello\n' }] as const;
const opened: Database[] = [];
let count = 0;

const noEvents: DatabaseEvents = {
  onBlocked: () => undefined,
  onOutdated: () => undefined,
  onLost: () => undefined,
};

function createName(): string {
  count += 1;
  return `test ${Date.now()} ${count}`;
}

async function open(name = createName(), events: Partial<DatabaseEvents> = {}): Promise<Database> {
  const result = await Database.open({ ...noEvents, ...events }, name);
  if (!result.isOk) throw new Error(result.problem);
  opened.push(result.value);
  return result.value;
}

function buildDone(finishedAt: number, digits: readonly string[]): Job {
  const outputs = digits.map((digit) => buildOutput(digit, buildHash(digit)));
  return buildJob(cell, finishedAt, { outcome: { status: 'done', outputs, images: [] } });
}

function buildBlobs(digits: readonly string[]): { hash: ReturnType<typeof buildHash>; content: Blob }[] {
  return digits.map((digit) => ({ hash: buildHash(digit), content: new Blob([`content ${digit}`]) }));
}

async function readTexts(database: Database, digits: readonly string[]): Promise<(string | null)[]> {
  return await Promise.all(
    digits.map(async (digit) => (await database.readBlob(buildHash(digit)))?.text() ?? null),
  );
}

describe('the database', () => {
  afterEach(() => {
    for (const database of opened.splice(0)) database.close();
  });

  it('keeps notebooks as they were saved last', async () => {
    const database = await open();
    await database.saveNotebook(notebook);
    const changed = { ...notebook, title: 'Lesson 1 – Größen 🎓' };
    expect(await database.saveNotebook(changed)).toEqual({ isOk: true, value: null });
    expect(await database.loadNotebooks()).toEqual({ values: [changed], problems: [] });
  });

  it('finds the same workspace again after it was closed', async () => {
    const name = createName();
    const first = await open(name);
    const id = await first.openWorkspace();
    first.close();
    expect(await (await open(name)).openWorkspace()).toBe(id);
  });

  it('keeps the network policy of a workspace, as two tabs change it', async () => {
    const name = createName();
    const first = await open(name);
    const second = await open(name);
    const id = await first.openWorkspace();
    expect(await first.loadNetworkPolicy(id)).toEqual(standardNetworkPolicy);
    await first.changeNetworkPolicy(id, (policy) => addHost(policy, 'a.example'));
    const changed = await second.changeNetworkPolicy(id, (policy) => addHost(policy, 'b.example'));
    expect(changed).toEqual({ isOk: true, value: { mode: 'ask', hosts: ['a.example', 'b.example'] } });
    expect(await first.loadNetworkPolicy(id)).toEqual({ mode: 'ask', hosts: ['a.example', 'b.example'] });
    expect(await second.openWorkspace()).toBe(id);
  });

  it('keeps what secrets are hashed with, made once for each workspace, past one that cannot be read', async () => {
    const name = createName();
    const first = await open(name);
    const second = await open(name);
    const id = await first.openWorkspace();
    const salts = await Promise.all([first.loadSecretSalt(id), second.loadSecretSalt(id)]);
    await first.changeNetworkPolicy(id, (policy) => addHost(policy, 'a.example'));
    first.close();
    const again = await (await open(name)).loadSecretSalt(id);
    expect([...salts, again]).toEqual([again, again, again]);
    const other = await open();
    expect(await other.loadSecretSalt(await other.openWorkspace())).not.toBe(again);

    const raw = await openDB(name);
    const record: unknown = await raw.get('workspaces', id);
    await raw.put('workspaces', { ...(record as object), secretSalt: 5 });
    raw.close();
    expect(await second.openWorkspace()).toBe(id);
    const made = await second.loadSecretSalt(id);
    expect([made === again, made]).toEqual([false, await second.loadSecretSalt(id)]);
  });

  it('asks for every host where the network policy cannot be read, and keeps the workspace', async () => {
    const name = createName();
    const database = await open(name);
    const id = await database.openWorkspace();
    const raw = await openDB(name);
    const record: unknown = await raw.get('workspaces', id);
    await raw.put('workspaces', { ...(record as object), network: { mode: 'all', hosts: [] } });
    raw.close();
    expect(await database.openWorkspace()).toBe(id);
    expect(await database.loadNetworkPolicy(id)).toEqual(standardNetworkPolicy);
  });

  it('keeps a job with its log and values', async () => {
    const database = await open();
    const job = buildDone(1_000, ['a', 'b']);
    await database.commitJob({ job, log }, buildBlobs(['a', 'b']));
    expect((await database.loadJobs(job.notebookId)).values).toEqual([job]);
    expect(await database.loadLog(job.id)).toEqual(log);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', 'content b']);
  });

  it('lets an earlier job and the values that only it named go when the next is done', async () => {
    const database = await open();
    const first = buildDone(1_000, ['a', 'b']);
    const second = buildDone(2_000, ['b', 'c']);
    await database.commitJob({ job: first, log }, buildBlobs(['a', 'b']));
    await database.commitJob({ job: second, log: [] }, buildBlobs(['b', 'c']));
    expect((await database.loadJobs(first.notebookId)).values).toEqual([second]);
    expect(await database.loadLog(first.id)).toEqual([]);
    expect(await readTexts(database, ['a', 'b', 'c'])).toEqual([null, 'content b', 'content c']);
  });

  it('keeps the results of the last job that was done when later ones were not', async () => {
    const database = await open();
    const done = buildDone(1_000, ['a']);
    const stopped = buildJob(cell, 2_000, { outcome: { status: 'stopped', level: 'soft' } });
    const stoppedAgain = buildJob(cell, 3_000, { outcome: { status: 'stopped', level: 'soft' } });
    await database.commitJob({ job: done, log }, buildBlobs(['a']));
    await database.commitJob({ job: stopped, log }, []);
    await database.commitJob({ job: stoppedAgain, log }, []);
    const { values } = await database.loadJobs(done.notebookId);
    expect(values.map((job) => job.id).sort()).toEqual([done.id, stoppedAgain.id].sort());
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
  });

  it('writes nothing of a job that cannot be stored whole', async () => {
    const database = await open();
    const before = buildDone(1_000, ['a']);
    await database.commitJob({ job: before, log }, buildBlobs(['a']));
    const bad = { ...buildDone(2_000, ['b']), source: (() => undefined) as unknown as string };
    const written = await database.commitJob({ job: bad, log }, buildBlobs(['b']));
    expect(written).toMatchObject({ isOk: false, problem: { kind: 'failed' } });
    expect((await database.loadJobs(before.notebookId)).values).toEqual([before]);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', null]);
  });

  it('knows which values are gone', async () => {
    const database = await open();
    await database.commitJob({ job: buildDone(1_000, ['a', 'b']), log }, buildBlobs(['a']));
    const hashes = ['a', 'b', 'c'].map(buildHash);
    expect(await database.findMissing(hashes)).toEqual(new Set(['b', 'c'].map(buildHash)));
  });

  it('keeps values as bytes where the browser keeps no blobs, as WebKit does in private windows', async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value) {
      const { content } = value as { content?: unknown };
      if (content instanceof Blob) throw new DOMException('Error preparing Blob/File data', 'UnknownError');
      return put.call(this, value);
    });
    const database = await open();
    const blobs = [{ hash: buildHash('a'), content: new Blob(['content a'], { type: 'image/svg+xml' }) }];
    expect(await database.commitJob({ job: buildDone(1_000, ['a']), log }, blobs)).toMatchObject({
      isOk: true,
    });
    vi.restoreAllMocks();
    const found = await database.readBlob(buildHash('a'));
    expect([found?.type, await found?.text()]).toEqual(['image/svg+xml', 'content a']);
  });

  it('brings a value back that had gone missing when a job makes it anew', async () => {
    const name = createName();
    const database = await open(name);
    await database.commitJob({ job: buildDone(1_000, ['a']), log }, buildBlobs(['a']));
    const raw = await openDB(name);
    await raw.delete('blobs', buildHash('a'));
    raw.close();
    expect(await readTexts(database, ['a'])).toEqual([null]);
    await database.commitJob({ job: buildDone(2_000, ['a']), log }, buildBlobs(['a']));
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
  });

  it('copies a notebook with its jobs, and keeps a value for as long as one of the two names it', async () => {
    const database = await open();
    const job = buildDone(1_000, ['a', 'b']);
    await database.saveNotebook(notebook);
    await database.commitJob({ job, log }, buildBlobs(['a', 'b']));
    const copy = { ...notebook, id: NotebookId.from('copy'), cells: [buildCell('copied cell')] };
    const other = buildJob(buildCell('stray'), 1_500, { notebookId: notebook.id });
    await database.commitJob({ job: other, log }, []);
    const cellIds = new Map([[cell.id, CellId.from('copied cell')]]);
    await database.addCopy({ notebook: copy, sourceId: notebook.id, cellIds });
    await database.removeNotebook(notebook.id);
    expect((await database.loadNotebooks()).values).toEqual([copy]);
    expect((await database.loadJobs(notebook.id)).values).toEqual([]);
    const [copied] = (await database.loadJobs(copy.id)).values;
    const expected = { ...job, id: copied?.id, notebookId: copy.id, cellId: 'copied cell' };
    expect((await database.loadJobs(copy.id)).values).toEqual([expected]);
    expect(await database.loadLog(JobId.from(copied?.id ?? ''))).toEqual(log);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', 'content b']);
    await database.removeNotebook(copy.id);
    expect(await readTexts(database, ['a', 'b'])).toEqual([null, null]);
  });

  it('lets the jobs and values of cells go that are in no notebook', async () => {
    const database = await open();
    await database.saveNotebook(notebook);
    const kept = buildDone(1_000, ['a']);
    const strayOutputs = [buildOutput('b', buildHash('b'))];
    const stray = buildJob(buildCell('stray'), 1_000, {
      outcome: { status: 'done', outputs: strayOutputs, images: [] },
    });
    await database.commitJob({ job: kept, log }, buildBlobs(['a']));
    await database.commitJob({ job: stray, log }, buildBlobs(['b']));
    await database.dropStrayJobs();
    expect((await database.loadJobs(notebook.id)).values).toEqual([kept]);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', null]);
  });

  it('keeps the wheels of a notebook for as long as it or a copy names them', async () => {
    const database = await open();
    const wheels = [buildNotebookWheel('shapes', 'a'), buildNotebookWheel('other', 'b')];
    await database.saveNotebook({ ...notebook, wheels }, buildBlobs(['a', 'b']));
    expect((await database.loadNotebooks()).values).toEqual([{ ...notebook, wheels }]);
    // A job that put out the same bytes takes nothing with it when it goes.
    await database.commitJob({ job: buildDone(1_000, ['a', 'c']), log }, buildBlobs(['c']));
    await database.commitJob({ job: buildDone(2_000, []), log }, []);
    expect(await readTexts(database, ['a', 'b', 'c'])).toEqual(['content a', 'content b', null]);
    const copy = { ...notebook, id: NotebookId.from('copy'), cells: [], wheels: wheels.slice(0, 1) };
    await database.addCopy({ notebook: copy, sourceId: notebook.id, cellIds: new Map() });
    await database.removeNotebook(notebook.id);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', null]);
    await database.removeNotebook(copy.id);
    expect(await readTexts(database, ['a', 'b'])).toEqual([null, null]);
  });

  it('lets a wheel that was removed go at the next start, and not before: it may be brought back', async () => {
    const database = await open();
    const wheels = [buildNotebookWheel('shapes', 'a')];
    await database.saveNotebook({ ...notebook, wheels }, buildBlobs(['a']));
    await database.saveNotebook(notebook);
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
    await database.dropStrayJobs();
    expect(await readTexts(database, ['a'])).toEqual([null]);
  });

  it('lets the files go that a job replaced, where nothing else names them', async () => {
    const database = await open();
    const name = (...digits: readonly string[]) => ({
      ...notebook,
      files: digits.map((digit) => ({ path: digit, blob: buildHash(digit), byteSize: 9 })),
    });
    const before = name('a', 'b', 'c', 'd');
    await database.saveNotebook(before, buildBlobs(['a', 'b', 'c', 'd']));
    await database.saveNotebook({ ...name('b'), id: NotebookId.from('another') });
    const lost = ['a', 'b'].map(buildHash);
    const fileChanges = [
      ...['a', 'b', 'c'].map((path) => ({ path, file: null })),
      ...name('e').files.map((file) => ({ path: file.path, file })),
    ];
    const entry = { job: buildDone(1_000, ['c']), log, fileChanges, lost };
    await database.commitJob(entry, buildBlobs(['e']));
    expect(await readTexts(database, ['a', 'b', 'c', 'd', 'e'])).toEqual([
      null,
      'content b',
      'content c',
      'content d',
      'content e',
    ]);
  });

  it('keeps a dataset that an input was given for as long as its notebook or a copy names it', async () => {
    const database = await open();
    const value = { ...buildOutput('result', buildHash('a')), title: 'maker: result' };
    const { summary, blob, byteSize, title } = value;
    const input = buildInput('rows', { value: { kind: 'dataset', title, summary, blob, byteSize } });
    const taker = buildScriptlet('taker', [input, 'other']);
    const taking = { ...notebook, cells: [cell, taker] };
    await database.commitJob({ job: buildDone(1_000, ['a', 'b']), log }, buildBlobs(['a', 'b']));
    await database.saveNotebook(taking);
    expect((await database.loadNotebooks()).values).toEqual([taking]);
    await database.commitJob({ job: buildDone(2_000, []), log }, []);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', null]);
    const copy = { ...taking, id: NotebookId.from('copy'), cells: [taker] };
    await database.addCopy({ notebook: copy, sourceId: notebook.id, cellIds: new Map() });
    await database.removeNotebook(notebook.id);
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
    await database.saveNotebook({ ...copy, cells: [] });
    await database.dropStrayJobs();
    expect(await readTexts(database, ['a'])).toEqual([null]);
  });

  it('keeps the jobs of sessions until those go, and with them what only they named', async () => {
    const database = await open();
    await database.saveNotebook(notebook);
    const [first, second] = [buildSession(1_000), buildSession(2_000)];
    const [one, two] = [buildDone(1_000, ['a']), buildDone(2_000, ['b'])];
    await database.commitJob(
      { job: { ...one, sessionId: first.id }, log, session: first },
      buildBlobs(['a']),
    );
    await database.commitJob(
      { job: { ...two, sessionId: second.id }, log, session: second },
      buildBlobs(['b']),
    );
    expect((await database.loadSessions(notebook.id)).values).toEqual([second, first]);
    expect((await database.loadSessionJobs(first.id)).values).toEqual([{ ...one, sessionId: first.id }]);

    const restored = { ...one, id: JobId.from('restored'), sessionId: SessionId.from('third') };
    const third = { ...second, id: SessionId.from('third'), startedAt: 3_000 };
    await database.addRestored({ session: third, jobs: [{ job: restored, logOf: one.id }] });
    expect(await database.loadLog(restored.id)).toEqual(log);

    await database.removeSessions([first.id, second.id]);
    expect((await database.loadSessions(notebook.id)).values).toEqual([third]);
    expect((await database.loadJobs(notebook.id)).values).toEqual([{ ...two, sessionId: null }, restored]);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', 'content b']);
    await database.removeNotebook(notebook.id);
    expect(await readTexts(database, ['a', 'b'])).toEqual([null, null]);
    expect((await database.loadSessions(notebook.id)).values).toEqual([]);
  });

  it('keeps what cells show when its session goes, also where another tab ran it', async () => {
    const name = createName();
    const [database, otherTab] = [await open(name), await open(name)];
    await database.saveNotebook(notebook);
    const [first, second] = [buildSession(1_000), buildSession(2_000)];
    const one = { ...buildDone(1_000, ['a']), sessionId: first.id };
    const two = { ...buildDone(2_000, ['b']), sessionId: second.id };
    await database.commitJob({ job: one, log, session: first }, buildBlobs(['a']));
    await otherTab.commitJob({ job: two, log, session: second }, buildBlobs(['b']));
    await database.removeSessions([first.id, second.id]);
    expect((await otherTab.loadJobs(notebook.id)).values).toEqual([{ ...two, sessionId: null }]);
    expect(await readTexts(otherTab, ['a', 'b'])).toEqual([null, 'content b']);
    expect((await otherTab.loadSessions(notebook.id)).values).toEqual([]);
  });

  it('keeps the files of a session for as long as it or something else names them', async () => {
    const database = await open();
    await database.saveNotebook(notebook);
    const at = (startedAt: number, ...digits: readonly string[]): Session =>
      buildSession(startedAt, { files: digits.map((digit) => buildSessionFile(`session/${digit}`, digit)) });
    const first = at(1_000, 'a', 'b');
    const one = { ...buildDone(1_000, ['d']), sessionId: first.id };
    await database.commitJob({ job: one, log, session: first }, buildBlobs(['a', 'b', 'd']));
    expect((await database.loadSessions(notebook.id)).values).toEqual([first]);

    // A later job of the session writes over one file and removes the other.
    const changed = { ...first, files: [buildSessionFile('session/a', 'c')] };
    const two = { ...buildDone(1_500, []), sessionId: first.id };
    await database.commitJob({ job: two, log, session: changed }, buildBlobs(['c']));
    expect(await readTexts(database, ['a', 'b', 'c', 'd'])).toEqual([null, null, 'content c', 'content d']);

    // Another session, and a notebook, have the same content among their files.
    const second = at(2_000, 'c', 'd');
    await database.saveSession(second);
    const { path, blob, byteSize } = buildSessionFile('session/d', 'd');
    await database.saveNotebook({ ...notebook, files: [{ path, blob, byteSize }] });
    await database.dropStrayJobs();
    await database.removeSessions([first.id]);
    expect(await readTexts(database, ['c', 'd'])).toEqual(['content c', 'content d']);
    await database.removeSessions([second.id]);
    expect(await readTexts(database, ['c', 'd'])).toEqual([null, 'content d']);
    await database.saveSession(at(3_000, 'd'));
    await database.removeNotebook(notebook.id);
    expect(await readTexts(database, ['d'])).toEqual([null]);
  });

  it('changes only the files of a notebook that a job changed, and none of one in the trash', async () => {
    const database = await open();
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => {
      const { path, blob, byteSize } = buildSessionFile(`session/${digit}`, digit);
      return { path, blob, byteSize };
    });
    if (!a || !b || !c) throw new Error('there are three');
    const written = { ...notebook, title: 'Written meanwhile', files: [a] };
    await database.saveNotebook(written, buildBlobs(['a']));
    const fileChanges = [
      { path: 'a', file: null },
      { path: 'b', file: b },
    ];
    await database.commitJob({ job: buildDone(1_000, []), log, fileChanges }, buildBlobs(['b']));
    expect((await database.loadNotebooks()).values).toEqual([{ ...written, files: [b] }]);
    expect(await readTexts(database, ['b'])).toEqual(['content b']);
    const deleted = { ...written, files: [b], deletedAt: 5 };
    await database.saveNotebook(deleted);
    const later = { job: buildDone(2_000, []), log, fileChanges: [{ path: 'c', file: c }] };
    await database.commitJob(later, buildBlobs(['c']));
    expect((await database.loadNotebooks()).values).toEqual([deleted]);
    await database.removeNotebook(notebook.id);
    await database.commitJob(later, buildBlobs(['c']));
    expect((await database.loadNotebooks()).values).toEqual([]);
  });

  it('writes neither files nor session of a job that cannot be stored whole', async () => {
    const database = await open();
    const session = buildSession(1_000, { files: [buildSessionFile('session/a', 'a')] });
    const job = { ...buildDone(1_000, []), sessionId: session.id };
    await database.commitJob({ job, log, session }, buildBlobs(['a']));
    const changed = { ...session, files: [buildSessionFile('session/a', 'b')] };
    const bad = { ...buildDone(2_000, []), source: (() => undefined) as unknown as string };
    const written = await database.commitJob({ job: bad, log, session: changed }, buildBlobs(['b']));
    expect(written).toMatchObject({ isOk: false, problem: { kind: 'failed' } });
    expect((await database.loadSessions(notebook.id)).values).toEqual([session]);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', null]);
  });

  it('keeps the files of a session that was put back when the session that they came from goes', async () => {
    const database = await open();
    const session = buildSession(1_000, { files: [buildSessionFile('session/a', 'a')] });
    const job = { ...buildDone(1_000, []), sessionId: session.id };
    await database.commitJob({ job, log, session }, buildBlobs(['a']));
    const restored = { ...session, id: SessionId.from('restored'), startedAt: 2_000 };
    await database.addRestored({ session: restored, jobs: [] });
    await database.removeSessions([session.id]);
    expect((await database.loadSessions(notebook.id)).values).toEqual([restored]);
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
  });

  it('tells of a record that it cannot read, and leaves it where it is', async () => {
    const name = createName();
    const database = await open(name);
    await database.saveNotebook(notebook);
    const raw = await openDB(name);
    const broken = { ...notebook, id: 'broken', cells: [{ ...cell, title: 7 }] };
    await raw.put('notebooks', broken);
    expect(await database.loadNotebooks()).toEqual({
      values: [notebook],
      problems: [
        'A stored notebook cannot be read (at cells[0].title: expected string, got 7). It was left as it is.',
      ],
    });
    expect(await raw.get('notebooks', 'broken')).toEqual(broken);
    raw.close();
  });

  it('gives the standard settings for those that are missing or wrong', async () => {
    const name = createName();
    const database = await open(name);
    expect(await database.loadSettings()).toEqual(standardSettings);
    await database.saveSetting('isWorkspacePaneOpen', false);
    const raw = await openDB(name);
    await raw.put('settings', { name: 'theme', value: 'plaid' });
    await raw.put('settings', { name: 'personName', value: ' ' });
    raw.close();
    expect(await database.loadSettings()).toEqual({ ...standardSettings, isWorkspacePaneOpen: false });
  });

  it('is not opened when it is of a newer version than the app', async () => {
    const name = createName();
    (await openDB(name, newestVersion + 1)).close();
    expect(await Database.open(noEvents, name)).toMatchObject({
      isOk: false,
      problem: expect.stringContaining('version') as string,
    });
  });

  it('lets go when another tab brings it to a newer version', async () => {
    const name = createName();
    const told: string[] = [];
    await open(name, { onOutdated: () => told.push('outdated') });
    (await openDB(name, newestVersion + 1)).close();
    expect(told).toEqual(['outdated']);
  });
});

describe('migration 1', () => {
  it('makes all stores and indexes out of nothing', async () => {
    const name = createName();
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      const { transaction } = request;
      if (transaction) migrate(request.result, transaction, 0);
    };
    const database = await new Promise<IDBDatabase>((resolve) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
    });
    const stores = [...database.objectStoreNames];
    const transaction = database.transaction(stores);
    const shape = stores.map((store) => [
      store,
      transaction.objectStore(store).keyPath,
      [...transaction.objectStore(store).indexNames],
    ]);
    database.close();
    expect(shape).toEqual([
      ['blobs', 'hash', []],
      ['jobs', 'id', ['by-blob', 'by-cell', 'by-notebook', 'by-session']],
      ['logs', 'jobId', []],
      ['notebooks', 'id', ['by-blob']],
      ['sessions', 'id', ['by-blob', 'by-notebook']],
      ['settings', 'name', []],
      ['workspaces', 'id', []],
    ]);
  });
});

describe('migration 2', () => {
  it('keeps what version 1 stored, with no requirements and no wheels', async () => {
    const name = createName();
    const old = await openDB(name, 1, {
      upgrade(database) {
        database.createObjectStore('workspaces', { keyPath: 'id' });
        database.createObjectStore('notebooks', { keyPath: 'id' });
        const jobs = database.createObjectStore('jobs', { keyPath: 'id' });
        jobs.createIndex('by-notebook', 'notebookId');
        jobs.createIndex('by-cell', 'cellId');
        jobs.createIndex('by-blob', 'blobs', { multiEntry: true });
        database.createObjectStore('logs', { keyPath: 'jobId' });
        database.createObjectStore('blobs', { keyPath: 'hash' });
        database.createObjectStore('settings', { keyPath: 'name' });
      },
    });
    await old.put('notebooks', without(notebook, ['requirements', 'wheels', 'connections', 'files']));
    await old.put('jobs', buildOldJob('a'));
    await old.put('blobs', { hash: buildHash('a'), content: new Blob(['content a']) });
    old.close();
    const database = await open(name);
    expect(await database.loadNotebooks()).toEqual({ values: [notebook], problems: [] });
    await database.dropStrayJobs();
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
    const wheels = [buildNotebookWheel('shapes', 'b')];
    await database.saveNotebook({ ...notebook, wheels }, buildBlobs(['b']));
    expect((await database.loadNotebooks()).values).toEqual([{ ...notebook, wheels }]);
    await database.removeNotebook(notebook.id);
    expect(await readTexts(database, ['a', 'b'])).toEqual([null, null]);
  });
});

describe('migration 3', () => {
  it('says of what version 2 stored which kind it was, and keeps what it cannot read', async () => {
    const name = createName();
    const old = await openDB(name, 2, {
      upgrade(database, _oldVersion, _newVersion, transaction) {
        migrate(unwrap(database), unwrap(transaction), 0, 2);
      },
    });
    await old.put('notebooks', without(notebook, ['connections', 'files']));
    await old.put('jobs', buildOldJob('a'));
    await old.put('jobs', { id: 'broken', notebookId: notebook.id, cellId: cell.id, blobs: [] });
    old.close();
    const database = await open(name);
    expect(await database.loadNotebooks()).toEqual({ values: [notebook], problems: [] });
    const { values, problems } = await database.loadJobs(notebook.id);
    expect(values).toEqual([{ ...buildDone(1_000, ['a']), title: '' }]);
    expect(problems).toEqual([expect.stringContaining('A stored job cannot be read')]);
  });
});

describe('migration 5', () => {
  it('takes over the sessions of version 4, which kept no files, and leaves what it cannot read', async () => {
    const name = createName();
    const old = await openDB(name, 4, {
      upgrade(database, _oldVersion, _newVersion, transaction) {
        migrate(unwrap(database), unwrap(transaction), 0, 4);
      },
    });
    const session = buildSession(1_000, { jobIds: [JobId.from('job')], pythonVersion: '3.13.2' });
    const job = { ...buildDone(1_000, ['a']), sessionId: session.id };
    await old.put('sessions', without(session, ['packages', 'ranBy', 'files']));
    await old.put('sessions', { id: 'broken', notebookId: notebook.id, startedAt: 'yesterday' });
    await old.put('jobs', { ...job, blobs: [buildHash('a')] });
    await old.put('blobs', { hash: buildHash('a'), content: new Blob(['content a']) });
    old.close();
    const database = await open(name);
    const { values, problems } = await database.loadSessions(notebook.id);
    expect(values).toEqual([{ ...session, ranBy: '' }]);
    expect(problems).toEqual([expect.stringContaining('A stored session cannot be read')]);
    const changed = { ...session, files: [buildSessionFile('temporary/b', 'b')] };
    await database.commitJob({ job, log, session: changed }, buildBlobs(['b']));
    expect((await database.loadSessions(notebook.id)).values).toEqual([changed]);
    await database.removeSessions([session.id, SessionId.from('broken')]);
    // The cell still shows what the job put out.
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', null]);
    expect(await database.loadSessions(notebook.id)).toEqual({ values: [], problems: [] });
  });
});

/** A job as versions 1 and 2 kept it, which put out a dataset under this hash. */
function buildOldJob(digit: string): object {
  return {
    ...without(buildDone(1_000, [digit]), [
      'setup',
      'inputs',
      'modules',
      'ranBlocks',
      'previews',
      'notices',
      'logBytes',
      'sessionId',
      'title',
    ]),
    configuration: { timeoutSeconds: 300, generateEmptyDataset: false },
    outcome: {
      status: 'done',
      outputs: [without(buildOutput(digit, buildHash(digit)), ['kind'])],
      images: [],
    },
    blobs: [buildHash(digit)],
  };
}

function without(record: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)));
}
