import { strFromU8, unzipSync } from 'fflate';
import { openDB } from 'idb';
import { afterEach, expect, it, vi } from 'vitest';
import { buildHash, buildNotebook } from '../../model/testing/builders.ts';
import { newestVersion } from '../migrations.ts';
import {
  buildBlobs,
  buildDone,
  closeDatabases,
  createName,
  log,
  notebook,
  openDatabase,
} from '../testing/databases.ts';
import { RawDatabase } from './RawDatabase.ts';
import { removeEverything } from './remove-everything.ts';
import { salvage, type Salvaged } from './salvage.ts';
import { writeSalvage } from './write-salvage.ts';

afterEach(closeDatabases);

async function unzip(file: Blob | null): Promise<Record<string, string>> {
  if (!file) throw new Error('there is no file');
  const entries = Object.entries(unzipSync(new Uint8Array(await file.arrayBuffer())));
  return Object.fromEntries(entries.map(([path, bytes]) => [path, strFromU8(bytes)]));
}

function rescue(
  databaseName: string,
  onProgress: (doneBytes: number) => void = () => undefined,
): Promise<Salvaged> {
  const { signal } = new AbortController();
  return salvage(
    { type: 'write-rescue', databaseName, appVersion: '0.1.0', target: null },
    { signal, onProgress },
  );
}

it('a rescue holds every record, the values, and what was written in cells as files of its own', async () => {
  const name = createName();
  const database = await openDatabase(name);
  await database.openWorkspace();
  await database.saveNotebook(notebook);
  await database.commitJob({ job: buildDone(1_000, ['a', 'b']), log }, buildBlobs(['a', 'b']));
  await database.openSigningKey(await database.openWorkspace());
  const told: number[] = [];
  const { file, losses, recordCount, valueCount } = await rescue(name, (bytes) => told.push(bytes));
  const texts = await unzip(file);
  expect([losses, valueCount, told.length > 0]).toEqual([[], 2, true]);
  expect(texts['notebooks/notebook/cell.py']).toBe('print("cell")');
  expect(texts[`values/${buildHash('a')}`]).toBe('content a');
  expect(JSON.parse(texts['records/notebooks.jsonl'] ?? '')).toMatchObject(notebook);
  expect(Object.keys(texts)).not.toContain('records/signingKeys.jsonl');
  // Workspace, notebook, job, log, two values.
  expect(recordCount).toBe(6);
});

it('a rescue of a database that is newer than the app, with stores and records that nobody knows', async () => {
  const name = createName();
  const newer = await openDB(name, newestVersion + 3, {
    upgrade: (database) => {
      database.createObjectStore('things', { keyPath: 'id' });
      database.createObjectStore('notebooks', { keyPath: 'id' });
    },
  });
  await newer.put('things', { id: 7, list: [1, new Date(5)] });
  await newer.put('notebooks', { id: 'half a notebook' });
  await newer.put('notebooks', buildNotebook(['one']));
  newer.close();
  const { file, losses } = await rescue(name);
  const texts = await unzip(file);
  expect(losses).toEqual([]);
  expect(JSON.parse(texts['records/things.jsonl'] ?? '')).toEqual({ id: 7, list: [1, { $: { date: 5 } }] });
  expect(texts['records/notebooks.jsonl']?.split('\n').length).toBe(3);
  expect(texts['notebooks/notebook/one.py']).toBe('print("one")');
  expect((await indexedDB.databases()).find((each) => each.name === name)?.version).toBe(newestVersion + 3);
});

it('what cannot be read is named, and the rest is written', async () => {
  const name = createName();
  const database = await openDatabase(name);
  for (const title of ['one', 'two', 'three']) {
    await database.saveNotebook({ ...buildNotebook([title]), id: title as never, title });
  }
  await database.commitJob({ job: buildDone(1_000, ['a', 'b']), log }, buildBlobs(['a', 'b']));

  const { get, getAllKeys } = IDBObjectStore.prototype;
  const gets = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function read(
    this: IDBObjectStore,
    key,
  ) {
    if (key === 'two' || key === buildHash('b')) throw new DOMException('Failed to read', 'DataError');
    return get.call(this, key);
  });
  const lists = vi.spyOn(IDBObjectStore.prototype, 'getAllKeys').mockImplementation(function list(
    this: IDBObjectStore,
    ...args
  ) {
    if (this.name === 'jobs') throw new DOMException('Internal error', 'UnknownError');
    return getAllKeys.apply(this, args);
  });
  const raw = await RawDatabase.open(name);
  if (!raw) throw new Error('it is there');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const written = await writeSalvage(
    raw,
    (bytes) => {
      parts.push(bytes);
      return Promise.resolve();
    },
    {
      kind: 'rescue',
      appVersion: '0.1.0',
      now: 5,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  );
  raw.close();
  gets.mockRestore();
  lists.mockRestore();
  const texts = await unzip(new Blob(parts));
  expect(written.losses).toEqual([
    `A record of blobs cannot be read (${buildHash('b')}): DataError: Failed to read.`,
    'The rest of the store jobs cannot be read: UnknownError: Internal error.',
    'A record of notebooks cannot be read (two): DataError: Failed to read.',
  ]);
  expect(JSON.parse(texts['about.json'] ?? '')).toMatchObject({ losses: written.losses, valueCount: 1 });
  expect(Object.keys(texts).filter((path) => path.startsWith('notebooks/'))).toEqual([
    'notebooks/one/one.py',
    'notebooks/three/three.py',
  ]);
  expect(texts[`values/${buildHash('a')}`]).toBe('content a');
});

it('nothing is made where nothing is stored, and a rescue that is cancelled ends', async () => {
  const name = createName();
  await expect(rescue(name)).rejects.toThrow('Nothing is stored here.');
  expect((await indexedDB.databases()).some((each) => each.name === name)).toBe(false);
  const controller = new AbortController();
  const database = await openDatabase(name);
  await database.saveNotebook(notebook);
  const cancelled = salvage(
    { type: 'write-rescue', databaseName: name, appVersion: '0.1.0', target: null },
    { signal: controller.signal, onProgress: () => undefined },
  );
  controller.abort();
  await expect(cancelled).rejects.toThrow('It was cancelled.');
});

it('everything is deleted when that is asked for, once other tabs let it go', async () => {
  const name = createName();
  const database = await openDatabase(name);
  await database.saveNotebook(notebook);
  const holding = await openDB(name);
  database.close();
  await removeEverything(name, () => {
    holding.close();
  });
  expect((await indexedDB.databases()).some((each) => each.name === name)).toBe(false);
});
