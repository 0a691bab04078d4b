import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  CellId,
  ImportId,
  JobId,
  NotebookId,
  ProductionLineId,
  ScheduleId,
  SessionId,
} from '../model/ids.ts';
import { SchemaId, type DataSchema } from '../model/data-schema.ts';
import { addHost } from '../model/network-policy.ts';
import { buildGroup, buildModel, buildVersion } from '../model/testing/build-models.ts';
import { buildLine, buildSchedule } from '../model/testing/build-schedules.ts';
import { buildHash, buildJob, buildNotebook, buildProfile, buildSession } from '../model/testing/builders.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { succeed } from '../shared/result.ts';
import { createRandom } from '../shared/testing/create-random.ts';
import { Database } from './Database.ts';
import type { Storage } from './Storage.ts';
import { writeRawJson } from './salvage/raw-json.ts';
import {
  buildBlobs,
  buildDone,
  cell,
  closeDatabases,
  createName,
  log,
  notebook,
  openDatabase,
} from './testing/databases.ts';

/** How many ways of writing are tried, chosen at random, beside each of them once. */
const rounds = Number(import.meta.env['CAHIER_FAULT_ROUNDS'] ?? 25);

afterEach(() => {
  vi.restoreAllMocks();
  closeDatabases();
});

type Outcome = Awaited<ReturnType<Storage['commitJob']>> | { readonly isOk: boolean };

/** What writes, each with values that none has written before: `mark` tells one time from another. */
const writers: Readonly<
  Partial<Record<keyof Storage, (database: Database, mark: string) => Promise<Outcome>>>
> = {
  addWorkspace: (database, mark) => database.addWorkspace(mark),
  changeWorkspace: (database, mark) => database.changeWorkspace(notebook.workspaceId, { title: mark }),
  changeImport: (database, mark) => {
    const id = ImportId.from(mark);
    const file = { id, workspaceId: notebook.workspaceId, name: mark, importedAt: 1, isTrusted: false };
    return database.changeImport(id, () => file);
  },
  changeNetworkPolicy: (database, mark) =>
    database.changeNetworkPolicy(notebook.workspaceId, (policy) => addHost(policy, `${mark}.example`)),
  saveNotebook: (database, mark) =>
    database.saveNotebook({ ...notebook, title: mark }, buildBlobs(['d']), [buildSchema(mark)]),
  addCopy: (database, mark) => {
    const copy = { ...buildNotebook([mark]), id: NotebookId.from(mark) };
    return database.addCopy({
      notebook: copy,
      sourceId: notebook.id,
      cellIds: new Map([[cell.id, CellId.from(mark)]]),
    });
  },
  commitJob: (database, mark) => {
    const job = {
      ...buildDone(Date.now(), ['a', 'e']),
      id: JobId.from(mark),
      sessionId: SessionId.from(mark),
    };
    const session = buildSession(Date.now(), { id: SessionId.from(mark), notebookId: notebook.id });
    const fileChanges = [{ path: 'x.py', file: { path: 'x.py', blob: buildHash('e'), byteSize: 1 } }];
    const checkpoint = buildCheckpoint(mark);
    return database.commitJob({ job, log, session, checkpoint, fileChanges }, buildBlobs(['e']));
  },
  saveSession: (database, mark) =>
    database.saveSession(buildSession(5, { id: SessionId.from(mark), notebookId: notebook.id })),
  addRestored: (database, mark) => {
    const job = { ...buildDone(7_000, ['a']), id: JobId.from(mark) };
    const session = buildSession(6, { id: SessionId.from(mark), notebookId: notebook.id });
    const checkpoints = [buildCheckpoint(mark)];
    return database.addRestored({ session, jobs: [{ job, logOf: JobId.from('first') }], checkpoints });
  },
  removeSessions: (database) => database.removeSessions([SessionId.from('earlier')]),
  saveCheckpoint: (database, mark) => database.saveCheckpoint(buildCheckpoint(mark)),
  saveSchema: (database, mark) => database.saveSchema(buildSchema(mark)),
  changeModels: (database, mark) =>
    database.changeModels((known) => {
      const model = buildModel(mark);
      const groups = [buildGroup(mark, [mark]), ...known.groups];
      return succeed({ models: [model], versions: [buildVersion(mark, 1)], groups });
    }),
  changeProductionLine: (database, mark) =>
    database.changeProductionLine(ProductionLineId.from(mark), () => buildLine(mark, [])),
  changeSchedule: (database, mark) =>
    database.changeSchedule(ScheduleId.from(mark), () => buildSchedule(mark)),
  changeProfiles: (database, mark) =>
    database.changeProfiles(() => succeed({ type: 'put', profile: buildProfile(mark) })),
  saveSetting: (database, mark) => database.saveSetting('openNotebook', mark),
};

/** Takes away, which takes no room; makes what is made once; has a test of its own; or reads. */
const others: ReadonlySet<string> = new Set([
  ...['removeNotebook', 'removeSchema', 'removeWorkspace', 'dropStrayJobs', 'storeImport'],
  ...['listWorkspaces', 'countContents', 'readState', 'findNamed', 'loadImports', 'watchImports'],
  ...['openWorkspace', 'loadSecretSalt', 'openProfiles', 'openSigningKey'],
  ...[
    'constructor',
    'databaseName',
    'loadRecords',
    'loadNetworkPolicy',
    'loadNotebooks',
    'loadNotebook',
    'loadJobs',
  ],
  ...[
    'loadLog',
    'loadSessions',
    'loadSessionJobs',
    'loadCheckpoints',
    'loadSchemas',
    'loadModels',
    'loadSettings',
  ],
  ...[
    'loadProductionLines',
    'loadSchedules',
    'loadProfiles',
    'watchModels',
    'readBlob',
    'findMissing',
    'findNamed',
    'measureUse',
  ],
  ...['pending', 'close', 'listMissingStores'],
]);

function buildSchema(name: string): DataSchema {
  const { workspaceId } = notebook;
  return {
    id: SchemaId.from(name),
    workspaceId,
    name,
    description: '',
    fields: [],
    createdAt: 1,
    changedAt: 1,
  };
}

function buildCheckpoint(text: string): Checkpoint {
  const entry = { value: { type: 'string', text }, at: 1, origin: null } as const;
  return { cellId: cell.id, notebookId: notebook.id, column: 'x', history: [entry] };
}

/** A database in which there is something of everything. */
async function prepare(): Promise<Database> {
  const name = createName();
  const database = await openDatabase(name);
  const raw = await openDB(name);
  await raw.put('workspaces', { id: notebook.workspaceId, title: 'Workspace', createdAt: 1 });
  raw.close();
  await database.openWorkspace();
  await database.saveNotebook(notebook, buildBlobs(['f']));
  await database.saveSession(buildSession(1, { id: SessionId.from('earlier'), notebookId: notebook.id }));
  const first = { ...buildDone(1_000, ['a']), id: JobId.from('first'), sessionId: SessionId.from('before') };
  await database.commitJob({ job: first, log }, buildBlobs(['a']));
  const second = { ...buildJob(cell, 2_000), id: JobId.from('second'), sessionId: SessionId.from('earlier') };
  await database.commitJob({ job: second, log }, []);
  return database;
}

/** Everything that stands in a database, as text. */
async function readAll(name: string): Promise<string> {
  const raw = await openDB(name);
  const stores: string[] = [];
  for (const store of raw.objectStoreNames) {
    const records: readonly unknown[] = await raw.getAll(store);
    stores.push(`${store}: ${records.map((record) => writeRawJson(record)).join('\n')}`);
  }
  raw.close();
  return stores.join('\n');
}

/** Has the browser run out of room at the write of this number, from 0; tells whether it came to that. */
function failWrite(number: number): () => boolean {
  const { put } = IDBObjectStore.prototype;
  let count = 0;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function write(this: IDBObjectStore, ...args) {
    count += 1;
    if (count - 1 === number) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    return put.apply(this, args);
  });
  return () => {
    vi.restoreAllMocks();
    return count > number;
  };
}

/** Fails at each write of a method in turn, until it does not come to that; gives how many writes it makes. */
async function failEach(name: keyof Storage): Promise<number> {
  const write = writers[name];
  if (!write) throw new Error(`${name} does not write`);
  for (let number = 0; ; number += 1) {
    const database = await prepare();
    const before = await readAll(database.databaseName);
    const end = failWrite(number);
    const outcome = await write(database, `mark-${number}`);
    const hasFailed = end();
    const after = await readAll(database.databaseName);
    database.close();
    if (!hasFailed) {
      expect([outcome.isOk, after === before]).toEqual([true, false]);
      return number;
    }
    expect(outcome).toMatchObject({ isOk: false, problem: { kind: 'full' } });
    expect(after).toBe(before);
  }
}

describe('where the browser runs out of room in the midst of a write', () => {
  it.each(Object.keys(writers) as (keyof Storage)[])(
    '%s says so, and nothing half is written',
    async (name) => {
      expect(await failEach(name)).toBeGreaterThan(0);
    },
  );

  it('nothing half is written, whatever is written in whichever order', async () => {
    const database = await prepare();
    const random = createRandom(11);
    const names = Object.keys(writers) as (keyof Storage)[];
    for (let round = 0; round < rounds; round += 1) {
      const name = names[Math.floor(random() * names.length)] ?? 'saveNotebook';
      const before = await readAll(database.databaseName);
      const end = failWrite(Math.floor(random() * 4));
      const outcome = await writers[name]?.(database, `round-${round}`);
      const hasFailed = end();
      expect([name, outcome?.isOk]).toEqual([name, !hasFailed]);
      if (hasFailed) expect(await readAll(database.databaseName)).toBe(before);
    }
  });

  it('all that a storage can do is known to these tests', () => {
    const known = new Set([...Object.keys(writers), ...others]);
    const names = Object.getOwnPropertyNames(Database.prototype);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('what secrets are hashed with serves as long as the tab does', async () => {
    const database = await openDatabase(createName());
    const id = await database.openWorkspace();
    const end = failWrite(0);
    const salt = await database.loadSecretSalt(id);
    expect([end(), salt.length > 10]).toEqual([true, true]);
    expect(await database.loadSecretSalt(id)).not.toBe(salt);
  });

  it('a first profile, key or workspace that cannot be written is not there the next time either', async () => {
    const database = await openDatabase(createName());
    const failed = failWrite(0);
    await expect(database.openWorkspace()).rejects.toThrow('The quota has been exceeded.');
    failed();
    const id = await database.openWorkspace();
    const before = await readAll(database.databaseName);
    const end = failWrite(0);
    expect(await database.openSigningKey(id)).toMatchObject({ isOk: false, problem: { kind: 'full' } });
    end();
    const again = failWrite(0);
    await database.openProfiles(() => buildProfile('Ada')).catch(() => undefined);
    again();
    expect(await readAll(database.databaseName)).toBe(before);
  });
});

describe('where a value is gone or altered', () => {
  it('the rest of what is stored is read as ever', async () => {
    const database = await prepare();
    const raw = await openDB(database.databaseName);
    await raw.delete('blobs', buildHash('a'));
    await raw.put('blobs', { hash: buildHash('f'), content: 'no bytes' });
    raw.close();
    expect(await database.readBlob(buildHash('a'))).toBeNull();
    expect(await database.readBlob(buildHash('f'))).toBeNull();
    expect(await database.findMissing([buildHash('a'), buildHash('f')])).toEqual(new Set([buildHash('a')]));
    expect((await database.loadNotebooks()).values.length).toBe(1);
    expect((await database.loadJobs(notebook.id)).values.length).toBe(2);
  });
});
