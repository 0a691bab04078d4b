import { strFromU8, unzipSync } from 'fflate';
import { openDB, unwrap } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildHash } from '../model/testing/builders.ts';
import { migrate, newestVersion } from './migrations.ts';
import { storeNames } from './schema.ts';
import { openStored, type OpenedStorage, type OpeningOptions } from './open-stored.ts';
import { BackupFolder, type Backup } from './salvage/BackupFolder.ts';
import {
  buildBlobs,
  buildDone,
  closeDatabases,
  createName,
  log,
  noEvents,
  notebook,
  openDatabase,
} from './testing/databases.ts';
import { buildOldJob } from './testing/old-records.ts';

const opened: { close: () => void }[] = [];

afterEach(() => {
  for (const each of opened.splice(0)) each.close();
  closeDatabases();
});

async function open(name: string, options: Partial<OpeningOptions> = {}): Promise<OpenedStorage> {
  const stored = await openStored({
    events: noEvents,
    appVersion: '0.1.0',
    onBackup: () => undefined,
    name,
    ...options,
  });
  if (stored.status === 'open') opened.push(stored.database);
  return stored;
}

/** A database as version 3 had it, with a job, its log and its value. */
async function buildOldDatabase(name: string): Promise<void> {
  const old = await openDB(name, 3, {
    upgrade: (database, version, _wanted, transaction) => {
      migrate(unwrap(database), unwrap(transaction), version, 3);
    },
  });
  const [blob] = buildBlobs(['a']);
  await old.put('notebooks', notebook);
  await old.put('jobs', { ...buildDone(1_000, ['a']), blobs: [buildHash('a')] });
  await old.put('logs', { jobId: 'job', entries: log });
  await old.put('blobs', blob);
  await old.put('settings', { name: 'personName', value: 'Ada' });
  old.close();
}

async function readBackups(
  name: string,
): Promise<{ readonly backup: Backup; readonly texts: Readonly<Record<string, string>> }[]> {
  const folder = await BackupFolder.open(name);
  return await Promise.all(
    (await folder.list()).map(async (backup) => {
      const file = await folder.read(backup.name);
      if (!file) throw new Error('the backup is gone');
      const entries = Object.entries(unzipSync(new Uint8Array(await file.arrayBuffer())));
      return { backup, texts: Object.fromEntries(entries.map(([path, bytes]) => [path, strFromU8(bytes)])) };
    }),
  );
}

/** The records of a store in a backup. */
function parseLines(text: string | undefined): unknown[] {
  return (text ?? '').split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));
}

async function readVersion(name: string): Promise<number | undefined> {
  return (await indexedDB.databases()).find((database) => database.name === name)?.version;
}

describe('a database of an earlier version', () => {
  it('is brought up to date after a copy of all its records was made', async () => {
    const name = createName();
    await buildOldDatabase(name);
    const stored = await open(name);
    expect(stored).toMatchObject({ status: 'open', backup: { status: 'made', losses: [] } });
    expect(await readVersion(name)).toBe(newestVersion);
    const [made, ...others] = await readBackups(name);
    expect(others).toEqual([]);
    expect(made?.backup).toMatchObject({ databaseVersion: 3 });
    const texts = made?.texts ?? {};
    expect(Object.keys(texts).sort()).toEqual([
      'README.txt',
      'about.json',
      'records/blobs.jsonl',
      'records/jobs.jsonl',
      'records/logs.jsonl',
      'records/notebooks.jsonl',
      'records/settings.jsonl',
      'records/workspaces.jsonl',
    ]);
    expect(parseLines(texts['records/notebooks.jsonl'])).toEqual([notebook]);
    expect(parseLines(texts['records/jobs.jsonl'])).toEqual([
      { ...buildDone(1_000, ['a']), blobs: [buildHash('a')] },
    ]);
    expect(parseLines(texts['records/logs.jsonl'])).toEqual([{ jobId: 'job', entries: log }]);
    expect(parseLines(texts['records/settings.jsonl'])).toEqual([{ name: 'personName', value: 'Ada' }]);
    // Of a value what it is called: migrations leave values as they are.
    expect(parseLines(texts['records/blobs.jsonl'])).toMatchObject([{ hash: buildHash('a'), byteSize: 9 }]);
    expect(JSON.parse(texts['about.json'] ?? '')).toMatchObject({
      format: 'cahier-records',
      kind: 'backup',
      database: { name, version: 3 },
      records: { notebooks: 1, jobs: 1, logs: 1, blobs: 1, settings: 1, workspaces: 0 },
      losses: [],
    });
  });

  it('is not copied where it has the version of this app, nor where there is none', async () => {
    const name = createName();
    expect(await open(name)).toMatchObject({ status: 'open', backup: { status: 'not-needed' } });
    expect(await open(name)).toMatchObject({ status: 'open', backup: { status: 'not-needed' } });
    expect(await readBackups(name)).toEqual([]);
  });

  it('has its last two copies kept, whatever the clock said, and none that was not written to its end', async () => {
    const name = createName();
    await BackupFolder.open(name);
    const root = await navigator.storage.getDirectory();
    const backups = await root.getDirectoryHandle('cahier-backups');
    const folder = await backups.getDirectoryHandle(encodeURIComponent(name));
    const end = new Uint8Array(22);
    end.set([0x50, 0x4b, 5, 6]);
    for (const [file, content] of [
      ['9000000000000-version-2.zip', end],
      ['1000-version-1.zip', end],
      ['8000000000000-version-2.zip', new Uint8Array(50)],
    ] as const) {
      const writable = await (await folder.getFileHandle(file, { create: true })).createWritable();
      await writable.write(content);
      await writable.close();
    }
    await buildOldDatabase(name);
    await open(name);
    const versions = (await (await BackupFolder.open(name)).list()).map((backup) => backup.databaseVersion);
    expect(versions).toEqual([2, 3]);
    const names: string[] = [];
    for await (const file of folder.keys()) names.push(file);
    expect(names.length).toBe(2);
  });

  it('is left whole where it cannot be brought up to date, with its copy beside it', async () => {
    const name = createName();
    await buildOldDatabase(name);
    const stored = await open(name, {
      migrateWith: (database, transaction, version) => {
        migrate(database, transaction, version);
        transaction.objectStore('jobs').clear();
        throw new Error('a step that fails');
      },
    });
    expect(stored).toEqual({
      status: 'failed',
      failure: { kind: 'migration', message: 'a step that fails', foundVersion: 3 },
    });
    expect((await readBackups(name)).map(({ backup }) => backup.databaseVersion)).toEqual([3]);
    const old = await openDB(name);
    opened.push(old);
    expect([old.version, [...old.objectStoreNames]]).toEqual([
      3,
      ['blobs', 'jobs', 'logs', 'notebooks', 'settings', 'workspaces'],
    ]);
    expect(await old.getAll('jobs')).toMatchObject([{ id: buildDone(1_000, ['a']).id }]);
    expect(await old.getAll('notebooks')).toEqual([notebook]);
  });

  it('is opened the next time where its page was closed while it was brought up to date', async () => {
    const name = createName();
    await buildOldDatabase(name);
    // A worker that is ended in the midst of it, as the page of a tab is.
    const code = `const request = indexedDB.open(${JSON.stringify(name)}, ${newestVersion});
      request.onupgradeneeded = () => {
        request.result.createObjectStore('half');
        const store = request.transaction.objectStore('jobs');
        store.clear();
        const goOn = () => { store.put({ id: 'half' }).onsuccess = goOn; };
        goOn();
        postMessage('begun');
      };`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    await new Promise((settle) => {
      worker.onmessage = settle;
    });
    worker.terminate();
    const stored = await open(name);
    if (stored.status !== 'open') throw new Error(JSON.stringify(stored));
    expect((await stored.database.loadNotebooks()).values).toMatchObject([{ id: notebook.id }]);
    expect((await stored.database.loadJobs(notebook.id)).values.length).toBe(1);
    const raw = await openDB(name);
    opened.push(raw);
    expect([...raw.objectStoreNames]).not.toContain('half');
  });

  it('is brought up to date without a copy where the browser lets none be written, which is said', async () => {
    const name = createName();
    await buildOldDatabase(name);
    const worker = vi.spyOn(globalThis, 'Worker').mockImplementation(function refuse() {
      throw new Error('no worker starts here');
    });
    const stored = await open(name);
    worker.mockRestore();
    expect(stored).toMatchObject({
      status: 'open',
      backup: { status: 'skipped', reason: 'no worker starts here' },
    });
  });
});

describe('a database that cannot be opened', () => {
  it('is said to be of a newer version', async () => {
    const name = createName();
    const newer = await openDB(name, newestVersion + 5);
    newer.close();
    expect(await open(name)).toMatchObject({
      status: 'failed',
      failure: { kind: 'newer', foundVersion: newestVersion + 5 },
    });
  });

  it('is said to be broken where the browser says so, and to be refused where nothing is there', async () => {
    const name = createName();
    (await openDatabase(name)).close();
    const failing = (errorName: string) =>
      vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
        throw new DOMException('Internal error', errorName);
      });
    const broken = failing('UnknownError');
    expect(await open(name)).toEqual({
      status: 'failed',
      failure: { kind: 'broken', message: 'Internal error', foundVersion: newestVersion },
    });
    // Nothing is there: nothing can be lost.
    expect(await open(createName())).toEqual({ status: 'refused', reason: 'Internal error' });
    const silent = vi.spyOn(IDBFactory.prototype, 'databases').mockRejectedValue(new Error('Internal error'));
    expect(await open(name)).toMatchObject({
      status: 'failed',
      failure: { kind: 'broken', foundVersion: null },
    });
    const caching = vi.spyOn(CacheStorage.prototype, 'keys').mockRejectedValue(new Error('refused'));
    expect(await open(name)).toEqual({ status: 'refused', reason: 'Internal error' });
    for (const mock of [caching, silent, broken]) mock.mockRestore();
    const refused = failing('SecurityError');
    expect(await open(createName())).toEqual({ status: 'refused', reason: 'Internal error' });
    refused.mockRestore();
  });
});

it('a database that lacks a store is broken, and one of this version has all of them', async () => {
  const name = createName();
  const damaged = await openDB(name, newestVersion, {
    upgrade: (database, version, _wanted, transaction) => {
      migrate(unwrap(database), unwrap(transaction), version);
      database.deleteObjectStore('jobs');
      database.deleteObjectStore('models');
    },
  });
  damaged.close();
  expect(await open(name)).toMatchObject({
    status: 'failed',
    failure: { kind: 'broken', message: 'it lacks what should be in it: jobs, models' },
  });
  const whole = await openDatabase();
  const raw = await openDB(whole.databaseName);
  expect([...storeNames].sort()).toEqual([...raw.objectStoreNames]);
  raw.close();
});

it('a workspace whose record cannot be read is not hidden by a new one', async () => {
  const name = createName();
  const stored = await open(name);
  if (stored.status !== 'open') throw new Error('it is to be opened');
  const raw = await openDB(name);
  await raw.put('workspaces', { id: 'mine', title: 5 });
  raw.close();
  await expect(stored.database.openWorkspace()).rejects.toThrow('at title: expected string, got 5');
});

it('an old job in a database of version 1 is in its copy as it was', async () => {
  const name = createName();
  const old = await openDB(name, 1, {
    upgrade: (database, version, _wanted, transaction) => {
      migrate(unwrap(database), unwrap(transaction), version, 1);
    },
  });
  await old.put('jobs', buildOldJob('a'));
  old.close();
  await open(name);
  const [made] = await readBackups(name);
  expect(parseLines(made?.texts['records/jobs.jsonl'])).toEqual([
    JSON.parse(JSON.stringify(buildOldJob('a'))),
  ]);
});
