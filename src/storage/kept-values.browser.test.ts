import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CellId, JobId, NotebookId, SessionId } from '../model/ids.ts';
import type { Job } from '../model/job.ts';
import type { Session } from '../model/session.ts';
import {
  buildCell,
  buildHash,
  buildInput,
  buildJob,
  buildNotebookWheel,
  buildOutput,
  buildScriptlet,
  buildSession,
  buildSessionFile,
} from '../model/testing/builders.ts';
import {
  buildBlobs,
  buildDone,
  cell,
  closeDatabases,
  createName,
  log,
  notebook,
  openDatabase,
  readTexts,
} from './testing/databases.ts';

afterEach(closeDatabases);

describe('the values in a database', () => {
  it('keeps values as bytes where the browser keeps no blobs, as WebKit does in private windows', async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value) {
      const { content } = value as { content?: unknown };
      if (content instanceof Blob) throw new DOMException('Error preparing Blob/File data', 'UnknownError');
      return put.call(this, value);
    });
    const database = await openDatabase();
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
    const database = await openDatabase(name);
    await database.commitJob({ job: buildDone(1_000, ['a']), log }, buildBlobs(['a']));
    const raw = await openDB(name);
    await raw.delete('blobs', buildHash('a'));
    raw.close();
    expect(await readTexts(database, ['a'])).toEqual([null]);
    await database.commitJob({ job: buildDone(2_000, ['a']), log }, buildBlobs(['a']));
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
  });

  it('copies a notebook with its jobs, and keeps a value for as long as one of the two names it', async () => {
    const database = await openDatabase();
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
    const database = await openDatabase();
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
    const database = await openDatabase();
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
    const database = await openDatabase();
    const wheels = [buildNotebookWheel('shapes', 'a')];
    await database.saveNotebook({ ...notebook, wheels }, buildBlobs(['a']));
    await database.saveNotebook(notebook);
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
    await database.dropStrayJobs();
    expect(await readTexts(database, ['a'])).toEqual([null]);
  });

  it('lets the files go that a job replaced, where nothing else names them', async () => {
    const database = await openDatabase();
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
    const database = await openDatabase();
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

  it('keeps each file of a dataset for as long as a job names it', async () => {
    const database = await openDatabase();
    const build = (finishedAt: number, [last = '', ...earlier]: readonly string[]): Job => {
      const output = {
        ...buildOutput('rows', buildHash(last)),
        earlier: earlier.map((digit) => ({ blob: buildHash(digit), byteSize: 10 })),
      };
      return buildJob(cell, finishedAt, { outcome: { status: 'done', outputs: [output], images: [] } });
    };
    await database.commitJob({ job: build(1_000, ['a']), log }, buildBlobs(['a']));
    const appended = build(2_000, ['b', 'a']);
    await database.commitJob({ job: appended, log }, buildBlobs(['b']));
    expect((await database.loadJobs(notebook.id)).values).toEqual([appended]);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', 'content b']);
    await database.commitJob({ job: build(3_000, ['c', 'a']), log }, buildBlobs(['c']));
    expect(await readTexts(database, ['a', 'b', 'c'])).toEqual(['content a', null, 'content c']);
    await database.removeNotebook(notebook.id);
    expect(await readTexts(database, ['a', 'b', 'c'])).toEqual([null, null, null]);
  });

  it('keeps the jobs of sessions until those go, and with them what only they named', async () => {
    const database = await openDatabase();
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
    await database.addRestored({ session: third, jobs: [{ job: restored, logOf: one.id }], checkpoints: [] });
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
    const [database, otherTab] = [await openDatabase(name), await openDatabase(name)];
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
    const database = await openDatabase();
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
    const database = await openDatabase();
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
    const database = await openDatabase();
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
    const database = await openDatabase();
    const session = buildSession(1_000, { files: [buildSessionFile('session/a', 'a')] });
    const job = { ...buildDone(1_000, []), sessionId: session.id };
    await database.commitJob({ job, log, session }, buildBlobs(['a']));
    const restored = { ...session, id: SessionId.from('restored'), startedAt: 2_000 };
    await database.addRestored({ session: restored, jobs: [], checkpoints: [] });
    await database.removeSessions([session.id]);
    expect((await database.loadSessions(notebook.id)).values).toEqual([restored]);
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
  });
});
