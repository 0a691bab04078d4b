// Longer than most files: what a database is as a whole, from opening it to each of its migrations.
import { openDB, unwrap } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { JobId, SessionId } from '../model/ids.ts';
import { noKnownModels } from '../model/known-models.ts';
import { addHost, standardNetworkPolicy } from '../model/network-policy.ts';
import { standardSettings } from '../model/settings.ts';
import {
  buildHash,
  buildJob,
  buildNotebookWheel,
  buildSession,
  buildSessionFile,
} from '../model/testing/builders.ts';
import { Database } from './Database.ts';
import { migrate, newestVersion } from './migrations.ts';
import {
  buildBlobs,
  buildDone,
  cell,
  closeDatabases,
  createName,
  log,
  noEvents,
  notebook,
  openDatabase,
  readTexts,
} from './testing/databases.ts';
import { buildOldJob, without } from './testing/old-records.ts';

afterEach(closeDatabases);

describe('the database', () => {
  it('keeps notebooks as they were saved last', async () => {
    const database = await openDatabase();
    await database.saveNotebook(notebook);
    const changed = { ...notebook, title: 'Lesson 1 – Größen 🎓' };
    expect(await database.saveNotebook(changed)).toEqual({ isOk: true, value: null });
    expect(await database.loadNotebooks()).toEqual({ values: [changed], problems: [] });
  });

  it('finds the same workspace again after it was closed', async () => {
    const name = createName();
    const first = await openDatabase(name);
    const id = await first.openWorkspace();
    first.close();
    expect(await (await openDatabase(name)).openWorkspace()).toBe(id);
  });

  it('keeps the network policy of a workspace, as two tabs change it', async () => {
    const name = createName();
    const first = await openDatabase(name);
    const second = await openDatabase(name);
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
    const first = await openDatabase(name);
    const second = await openDatabase(name);
    const id = await first.openWorkspace();
    const salts = await Promise.all([first.loadSecretSalt(id), second.loadSecretSalt(id)]);
    await first.changeNetworkPolicy(id, (policy) => addHost(policy, 'a.example'));
    first.close();
    const again = await (await openDatabase(name)).loadSecretSalt(id);
    expect([...salts, again]).toEqual([again, again, again]);
    const other = await openDatabase();
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
    const database = await openDatabase(name);
    const id = await database.openWorkspace();
    const raw = await openDB(name);
    const record: unknown = await raw.get('workspaces', id);
    await raw.put('workspaces', { ...(record as object), network: { mode: 'all', hosts: [] } });
    raw.close();
    expect(await database.openWorkspace()).toBe(id);
    expect(await database.loadNetworkPolicy(id)).toEqual(standardNetworkPolicy);
  });

  it('keeps a job with its log and values', async () => {
    const database = await openDatabase();
    const job = buildDone(1_000, ['a', 'b']);
    await database.commitJob({ job, log }, buildBlobs(['a', 'b']));
    expect((await database.loadJobs(job.notebookId)).values).toEqual([job]);
    expect(await database.loadLog(job.id)).toEqual(log);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', 'content b']);
  });

  it('lets an earlier job and the values that only it named go when the next is done', async () => {
    const database = await openDatabase();
    const first = buildDone(1_000, ['a', 'b']);
    const second = buildDone(2_000, ['b', 'c']);
    await database.commitJob({ job: first, log }, buildBlobs(['a', 'b']));
    await database.commitJob({ job: second, log: [] }, buildBlobs(['b', 'c']));
    expect((await database.loadJobs(first.notebookId)).values).toEqual([second]);
    expect(await database.loadLog(first.id)).toEqual([]);
    expect(await readTexts(database, ['a', 'b', 'c'])).toEqual([null, 'content b', 'content c']);
  });

  it('keeps the results of the last job that was done when later ones were not', async () => {
    const database = await openDatabase();
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
    const database = await openDatabase();
    const before = buildDone(1_000, ['a']);
    await database.commitJob({ job: before, log }, buildBlobs(['a']));
    const bad = { ...buildDone(2_000, ['b']), source: (() => undefined) as unknown as string };
    const written = await database.commitJob({ job: bad, log }, buildBlobs(['b']));
    expect(written).toMatchObject({ isOk: false, problem: { kind: 'failed' } });
    expect((await database.loadJobs(before.notebookId)).values).toEqual([before]);
    expect(await readTexts(database, ['a', 'b'])).toEqual(['content a', null]);
  });

  it('knows which values are gone', async () => {
    const database = await openDatabase();
    await database.commitJob({ job: buildDone(1_000, ['a', 'b']), log }, buildBlobs(['a']));
    const hashes = ['a', 'b', 'c'].map(buildHash);
    expect(await database.findMissing(hashes)).toEqual(new Set(['b', 'c'].map(buildHash)));
  });

  it('tells of a record that it cannot read, and leaves it where it is', async () => {
    const name = createName();
    const database = await openDatabase(name);
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
    const database = await openDatabase(name);
    expect(await database.loadSettings()).toEqual(standardSettings);
    await database.saveSetting('isWorkspacePaneOpen', false);
    const raw = await openDB(name);
    await raw.put('settings', { name: 'theme', value: 'plaid' });
    await raw.put('settings', { name: 'activeProfile', value: 7 });
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
    await openDatabase(name, { onOutdated: () => told.push('outdated') });
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
      ['checkpoints', 'cellId', ['by-notebook']],
      ['imports', 'id', []],
      ['jobs', 'id', ['by-blob', 'by-cell', 'by-notebook', 'by-session']],
      ['logs', 'jobId', []],
      ['modelGroups', 'id', []],
      ['modelVersions', ['modelId', 'number'], ['by-blob', 'by-model']],
      ['models', 'id', []],
      ['notebooks', 'id', ['by-blob']],
      ['productionLines', 'id', []],
      ['profiles', 'id', []],
      ['schedules', 'id', []],
      ['schemas', 'id', []],
      ['sessions', 'id', ['by-blob', 'by-notebook']],
      ['settings', 'name', []],
      ['signingKeys', 'workspaceId', []],
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
    const database = await openDatabase(name);
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
    const database = await openDatabase(name);
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
    await old.put('sessions', without(session, ['packages', 'ranBy', 'profileId', 'files']));
    await old.put('sessions', { id: 'broken', notebookId: notebook.id, startedAt: 'yesterday' });
    await old.put('jobs', { ...job, blobs: [buildHash('a')] });
    await old.put('blobs', { hash: buildHash('a'), content: new Blob(['content a']) });
    old.close();
    const database = await openDatabase(name);
    const { values, problems } = await database.loadSessions(notebook.id);
    expect(values).toEqual([{ ...session, ranBy: '', profileId: null }]);
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

describe('migration 7', () => {
  it('keeps what version 6 stored, which knew neither models nor types of columns nor profiles', async () => {
    const name = createName();
    const old = await openDB(name, 6, {
      upgrade(database, _oldVersion, _newVersion, transaction) {
        migrate(unwrap(database), unwrap(transaction), 0, 6);
      },
    });
    const newFields = ['manualTypes', 'models'];
    const session = buildSession(1_000, { jobIds: [JobId.from('job')] });
    const job = { ...buildDone(1_000, ['a']), sessionId: session.id };
    await old.put('notebooks', {
      ...notebook,
      cells: [{ ...cell, configuration: without(cell.configuration, newFields) }],
    });
    await old.put('jobs', {
      ...without(job, ['loadedModels', 'savedModels']),
      setup: without(job.setup, newFields),
      blobs: [buildHash('a')],
    });
    await old.put('sessions', { ...without(session, ['profileId']), blobs: [] });
    await old.put('blobs', { hash: buildHash('a'), content: new Blob(['content a']) });
    old.close();
    const database = await openDatabase(name);
    expect(await database.loadNotebooks()).toEqual({
      values: [{ ...notebook, cells: [cell] }],
      problems: [],
    });
    expect(await database.loadJobs(notebook.id)).toEqual({ values: [job], problems: [] });
    expect((await database.loadSessions(notebook.id)).values).toEqual([{ ...session, profileId: null }]);
    expect(await readTexts(database, ['a'])).toEqual(['content a']);
    expect(await database.loadModels()).toEqual({ known: noKnownModels, problems: [] });
    expect(await database.loadSchedules()).toEqual({ values: [], problems: [] });
  });
});
