// Longer than most files: each way in which a rescue or a backup comes back, is refused, or lies.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { openDB, unwrap } from 'idb';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ImportId, NotebookId, WorkspaceId, type BlobHash } from '../../model/ids.ts';
import { buildNotebook } from '../../model/testing/builders.ts';
import type { ImportChoice } from '../../model/workspace-import.ts';
import { allParts } from '../../model/workspace-parts.ts';
import type { Database } from '../Database.ts';
import { migrate, newestVersion } from '../migrations.ts';
import { closeDatabases, createName, openDatabase } from '../testing/databases.ts';
import { fillDatabase } from '../testing/fill-database.ts';
import { chooseRecords } from '../workspace-file/choose-records.ts';
import { planImport } from '../workspace-file/plan-import.ts';
import { startImportWorker } from '../workspace-file/start-import-worker.ts';
import {
  buildWorkspace,
  hiddenTrace,
  type BuiltWorkspace,
} from '../workspace-file/testing/build-workspace.ts';
import { replaceAt } from '../workspace-file/testing/change-json.ts';
import { readDatabase } from '../workspace-file/testing/read-database.ts';
import {
  WorkspaceImporter,
  type ImportWatch,
  type ReadWorkspace,
} from '../workspace-file/WorkspaceImporter.ts';
import type { WorkspaceRecords } from '../workspace-file/workspace-records.ts';
import { RawDatabase } from './RawDatabase.ts';
import { readSalvage } from './read-salvage.ts';
import type { SalvageKind } from './salvage-format.ts';
import { writeSalvage } from './write-salvage.ts';

/** How many files are altered; each takes 100 ms and more. */
const rounds = Number(import.meta.env['CAHIER_FAULT_ROUNDS'] ?? 25);

afterEach(closeDatabases);

let built: BuiltWorkspace;

beforeAll(async () => {
  built = await buildWorkspace();
  // Two notebooks of one id are for files alone.
  const notebooks = built.records.notebooks.map((notebook, index) =>
    index === 0 ? notebook : { ...notebook, id: NotebookId.from('in the trash') },
  );
  built = { ...built, records: { ...built.records, notebooks } };
});

function watch(): ImportWatch {
  return { signal: new AbortController().signal, onProgress: () => undefined };
}

const asNew: ImportChoice = { way: 'new', conflicts: [], title: 'Brought back' };

/** The file that is made of a database. */
async function writeFrom(name: string, kind: SalvageKind): Promise<Blob> {
  const raw = await RawDatabase.open(name);
  if (!raw) throw new Error('it is there');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const write = (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    parts.push(bytes);
    return Promise.resolve();
  };
  await writeSalvage(raw, write, {
    kind,
    appVersion: '0.1.0',
    now: 7_000,
    ...watch(),
    onProgress: () => undefined,
  });
  raw.close();
  return new Blob(parts);
}

async function open(database: Database, file: Blob, wanted?: WorkspaceId): Promise<ReadWorkspace> {
  const importer = new WorkspaceImporter(database, await database.openWorkspace(), startImportWorker);
  return await importer.read(file, { name: 'cahier-rescue.zip', wanted: wanted ?? null, ...watch() });
}

/** A database with all of the built workspace, and others where they are given. */
async function fill(...others: readonly BuiltWorkspace[]): Promise<string> {
  const name = createName();
  await openDatabase(name);
  for (const each of [...others, built]) await fillDatabase(name, each);
  return name;
}

async function loadRecords(database: Database, id: WorkspaceId): Promise<WorkspaceRecords> {
  const { records, problems } = await database.loadRecords(id);
  expect(problems).toEqual([]);
  return chooseRecords(records, allParts, 'kept');
}

/** What an import decides on itself. */
function forget({ schedules, workspace, ...records }: WorkspaceRecords): unknown {
  return {
    ...records,
    schedules: schedules.map((schedule) => ({ ...schedule, paused: null })),
    workspace: { ...workspace, title: '', createdAt: 0, network: null },
  };
}

async function listScratches(): Promise<readonly string[]> {
  const names = (await indexedDB.databases()).map(({ name = '' }) => name);
  return names.filter((name) => name.startsWith('cahier-restoring-'));
}

async function change(name: string, work: (database: IDBDatabase) => void): Promise<void> {
  const database = await openDB(name);
  work(unwrap(database));
  database.close();
}

describe('a rescue', () => {
  it('gives back all that was stored, with results, logs, values and secrets, and nothing of it is trusted', async () => {
    const file = await writeFrom(await fill(), 'rescue');
    const database = await openDatabase();
    const read = await open(database, file);
    expect(read.summary).toMatchObject({
      title: 'Workspace',
      appVersion: '0.1.0',
      counts: { cells: 6, jobs: 2, sessions: 2, versions: 1, datasets: 1, checkpoints: 1 },
      absent: { notPicked: 0, lost: [] },
      problems: [
        '“Sales, März” had connections that lead to nothing: they were left out.',
        'A notebook that lay in the trash was left out.',
      ],
      salvaged: {
        kind: 'rescue',
        writtenAt: 7_000,
        workspaces: [{ id: 'workspace', title: 'Workspace', notebookCount: 1, isInTrash: false }],
        chosen: 'workspace',
        distrustedCount: 1,
      },
    });
    const { workspaceId, importId, losses } = await read.store(asNew, watch());
    read.dispose();
    expect([workspaceId, losses]).toEqual(['workspace', []]);
    await database.openWorkspace(workspaceId);
    const stored = await loadRecords(database, workspaceId);
    expect(forget(stored)).toEqual(forget(chooseRecords(built.records, allParts, 'kept')));
    expect(JSON.stringify(stored)).toContain(hiddenTrace);
    const { records } = await database.loadRecords(workspaceId);
    expect(records.notebooks.map((each) => [each.importId, each.lesson])).toEqual([[importId, undefined]]);
    expect((await database.loadImports()).values.map(({ isTrusted }) => isTrusted)).toEqual([false]);
    for (const [id, log] of built.logs) expect(await database.loadLog(id)).toEqual(log);
    for (const [hash, content] of built.blobs) {
      const value = await database.readBlob(hash);
      expect([await value?.text(), value?.type]).toEqual([await content.text(), content.type]);
    }
    expect(await listScratches()).toEqual([]);
  });

  it('gives back what is left of a broken database, and names what is lost', async () => {
    const name = await fill();
    const [, image] = [...built.blobs].find(([, { type }]) => type === 'image/png') ?? [];
    const hash = [...built.blobs].find(([, content]) => content === image)?.[0];
    await change(name, (database) => {
      const transaction = database.transaction(['notebooks', 'workspaces', 'blobs', 'schemas'], 'readwrite');
      transaction.objectStore('notebooks').put({ id: 'half', workspaceId: 'workspace', title: 'Half' });
      transaction.objectStore('workspaces').delete('workspace');
      transaction.objectStore('blobs').put({ hash, content: new Blob(['other bytes']) });
      transaction.objectStore('schemas').put({ id: 'schema', workspaceId: 'workspace', name: 5 });
    });
    const file = await writeFrom(name, 'rescue');
    const database = await openDatabase();
    const read = await open(database, file);
    expect(read.summary.absent).toEqual({ notPicked: 0, lost: [expect.stringContaining('“Train”')] });
    expect(read.summary.problems).toEqual([
      'What was stored of a workspace itself cannot be read: what is in it was taken without its name.',
      expect.stringMatching(/^A stored data schema cannot be read \(at name: /),
      expect.stringMatching(/^A stored notebook cannot be read \(at /),
      '“Sales, März” had connections that lead to nothing: they were left out.',
      'A notebook that lay in the trash was left out.',
    ]);
    const { workspaceId } = await read.store(asNew, watch());
    read.dispose();
    const wanted = { ...built.records, schemas: [] };
    expect(forget(await loadRecords(database, workspaceId))).toEqual(
      forget(chooseRecords(wanted, allParts, 'kept')),
    );
    expect(await database.readBlob(hash as BlobHash)).toBeNull();
  });

  it('holds several workspaces, of which one is chosen', async () => {
    const otherId = WorkspaceId.from('other');
    const notebook = buildNotebook(['one'], { id: NotebookId.from('second'), workspaceId: otherId });
    const empty = { settings: built.records.settings, profiles: [], schemas: [], models: [], versions: [] };
    const lists = { groups: [], lines: [], schedules: [], checkpoints: [], sessions: [], jobs: [] };
    const workspace = { id: otherId, title: 'Second', createdAt: 900 };
    const other = { ...built, records: { workspace, ...empty, ...lists, notebooks: [notebook] } };
    const file = await writeFrom(await fill(other), 'rescue');
    const database = await openDatabase();
    expect((await open(database, file)).summary.title).toBe('Workspace');
    const read = await open(database, file, otherId);
    expect([
      read.summary.title,
      read.summary.items.map(({ id }) => id),
      read.summary.salvaged?.chosen,
    ]).toEqual(['Second', ['second'], 'other']);
    expect(read.summary.salvaged?.workspaces.map(({ title }) => title)).toEqual(['Workspace', 'Second']);
    read.dispose();
  });
});

it('a copy that is given up while it is read leaves nothing', async () => {
  const file = await writeFrom(await fill(), 'rescue');
  const database = await openDatabase();
  const before = await readDatabase(database.databaseName);
  const importer = new WorkspaceImporter(database, await database.openWorkspace(), startImportWorker);
  const reading = new AbortController();
  const given = { name: 'a.zip', signal: reading.signal, onProgress: () => reading.abort() };
  await expect(importer.read(file, given)).rejects.toMatchObject({ name: 'AbortError' });
  expect(await listScratches()).toEqual([]);
  expect({ ...(await readDatabase(database.databaseName)), workspaces: [] }).toEqual(before);
});

describe('a backup', () => {
  it('is read beside the values that are still stored', async () => {
    const name = await fill();
    const file = await writeFrom(name, 'backup');
    const [lost] = built.blobs.keys();
    await change(name, (database) => {
      database
        .transaction('blobs', 'readwrite')
        .objectStore('blobs')
        .delete(lost ?? '');
    });
    const database = await openDatabase(name);
    const read = await open(database, file);
    expect(read.summary.absent).toEqual({ notPicked: 1, lost: [] });
    expect(read.summary.items.filter(({ state }) => state !== 'same').map(({ id }) => id)).toEqual([
      // It names models that lay in the trash.
      'plants',
    ]);
    const { workspaceId, losses } = await read.store({ ...asNew, way: 'replace' }, watch());
    read.dispose();
    expect([workspaceId, losses]).toEqual(['workspace', []]);
    expect((await loadRecords(database, workspaceId)).jobs).toHaveLength(2);
    const [, ...kept] = built.blobs;
    for (const [hash, content] of kept) {
      expect(await (await database.readBlob(hash))?.text()).toBe(await content.text());
    }
  });

  it('of an older version is brought to this one by the migrations of every database', async () => {
    const name = createName();
    const old = await openDB(name, 2, {
      upgrade: (database, _found, _wanted, transaction) => {
        migrate(unwrap(database), unwrap(transaction), 0, 2);
      },
    });
    await old.put('workspaces', { id: 'workspace', title: 'Workspace', createdAt: 1 });
    await old.put('notebooks', { ...buildNotebook(['cell']), blobs: [] });
    const [, job] = chooseRecords(built.records, allParts).jobs;
    if (!job || job.outcome.status !== 'done') throw new Error('there is one');
    // As that version had it: without what later ones have added.
    const before = Object.entries(job).filter(
      ([field]) => !['title', 'setup', 'inputs', 'sessionId'].includes(field),
    );
    await old.put('jobs', {
      ...Object.fromEntries(before),
      cellId: 'cell',
      configuration: { generateEmptyDataset: true },
      outcome: { ...job.outcome, outputs: [], images: [] },
      blobs: [],
    });
    old.close();
    const file = await writeFrom(name, 'backup');
    const database = await openDatabase();
    const read = await open(database, file);
    expect(read.summary.problems).toEqual([]);
    const { workspaceId } = await read.store(asNew, watch());
    read.dispose();
    const { jobs } = await loadRecords(database, workspaceId);
    expect(jobs.map(({ setup, sessionId }) => [setup, sessionId])).toEqual([
      [expect.objectContaining({ kind: 'data-generator', generateEmptyDataset: true }), null],
    ]);
  });

  it('of a newer version is refused with what to do', async () => {
    const name = createName();
    const newer = await openDB(name, newestVersion + 1, {
      upgrade: (database) => {
        database.createObjectStore('notebooks', { keyPath: 'id' });
      },
    });
    newer.close();
    const file = await writeFrom(name, 'backup');
    await expect(open(await openDatabase(), file)).rejects.toThrow(
      'about.json: A newer Cahier made this file, and this one would not understand it. Reload the page',
    );
  });
});

describe('an altered rescue', () => {
  type Files = Record<string, Uint8Array<ArrayBuffer>>;

  it(
    'gives a reason or an import, and changes nothing, whatever stands in it',
    { timeout: 30_000 + rounds * 1_000 },
    async () => {
      const name = await fill();
      const bytes = new Uint8Array(await (await writeFrom(name, 'rescue')).arrayBuffer());
      const files = unzipSync(bytes) as Files;
      const before = await readDatabase(name);
      const stored = await (await openDatabase(name)).readState(WorkspaceId.from('workspace'));
      const random = createRandom(7);
      const outcomes = { read: 0, refused: 0 };
      for (let round = 0; round < rounds; round += 1) {
        const file = mutate(bytes, files, random);
        const result = await readSalvage(file, { wanted: null, ...watch() });
        if (result.isOk) {
          outcomes.read += 1;
          for (const way of ['new', 'merge', 'replace'] as const) {
            const origin = { importId: ImportId.from('import'), name: 'a.zip', now: 9_000 };
            planImport(result.value.records, stored, { ...asNew, way }, origin);
          }
          for (const { id } of result.value.records.jobs) await result.value.readLog(id);
        } else {
          outcomes.refused += 1;
          expect(result.problem.reason).toMatch(/\w.*[.”]$/s);
        }
      }
      expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(rounds / 20);
      expect(await readDatabase(name)).toEqual(before);
      expect(await listScratches()).toEqual([]);
    },
  );

  it('is refused, or taken without it, where it is made to do harm', async () => {
    const files = unzipSync(
      new Uint8Array(await (await writeFrom(await fill(), 'rescue')).arrayBuffer()),
    ) as Files;
    const pack = (changes: Record<string, Uint8Array>): Blob =>
      new Blob([zipSync({ ...files, ...changes }) as Uint8Array<ArrayBuffer>]);
    const tell = async (file: Blob): Promise<unknown> => {
      const read = await readSalvage(file, { wanted: null, ...watch() });
      return read.isOk ? read.value.manifest.problems[0] : read.problem.reason;
    };
    const deep = strToU8(`{"id":"a","x":${'['.repeat(5_000)}${']'.repeat(5_000)}}\n`);
    expect(await tell(pack({ 'records/notebooks.jsonl': deep }))).toBe(
      'Record 1 of records/notebooks.jsonl cannot be read: it is nested more than 200 levels deep.',
    );
    const polluting = strToU8('{"id":"a","__proto__":{"isAdmin":true}}\n');
    expect(await tell(pack({ 'records/notebooks.jsonl': polluting }))).toBe(
      'Record 1 of records/notebooks.jsonl cannot be read: it has a name that no record has: __proto__.',
    );
    expect(await tell(pack({ 'records/notebooks.jsonl': strToU8('{"title":"no id"}\n') }))).toMatch(
      /^Record 1 of records\/notebooks\.jsonl cannot be read: .*key/,
    );
    expect(await tell(pack({ 'records/signingKeys.jsonl': strToU8('{"workspaceId":"workspace"}\n') }))).toBe(
      'records/signingKeys.jsonl was left out: Cahier knows no such records.',
    );
    expect(await tell(pack({ '../about.json': strToU8('') }))).toMatch(/leads out of its folder/);
    const many = strToU8('x\n'.repeat(2_000));
    const read = await readSalvage(pack({ 'records/jobs.jsonl': many }), { wanted: null, ...watch() });
    expect(read.isOk && [read.value.manifest.problems.length, read.value.manifest.problems.at(-1)]).toEqual([
      501,
      '… and 1,502 more.',
    ]);
  });
});

function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A rescue with one thing changed: bytes of the whole, a value of a record, a line, a file, or what it says of itself. */
function mutate(
  bytes: Uint8Array<ArrayBuffer>,
  files: Record<string, Uint8Array<ArrayBuffer>>,
  random: (below: number) => number,
): Blob {
  const pack = (changed: Record<string, Uint8Array>): Blob =>
    new Blob([zipSync(changed) as Uint8Array<ArrayBuffer>]);
  const pick = <Value>(values: readonly Value[]): Value => values[random(values.length)] as Value;
  const odd = [null, -1, 1e300, '', '__proto__', '../..', {}, [], { $: { bytes: 'AA' } }, { $: 5 }, '\ud800'];
  const texts = Object.keys(files).filter((path) => path.startsWith('records/') || path === 'about.json');
  const path = pick(texts);
  const lines = strFromU8(files[path] ?? strToU8('')).split('\n');
  switch (random(5)) {
    case 0: {
      const changed = bytes.slice();
      for (let each = 0; each < 4; each += 1) changed[random(changed.length)] = random(256);
      return new Blob([random(4) === 0 ? changed.subarray(0, random(changed.length)) : changed]);
    }
    case 1: {
      const left = pick(Object.keys(files));
      return pack(Object.fromEntries(Object.entries(files).filter(([each]) => each !== left)));
    }
    case 2:
      return pack({
        ...files,
        [path]: strToU8(lines.slice(random(lines.length)).join('\n').slice(random(9))),
      });
    case 3: {
      const about: unknown = JSON.parse(strFromU8(files['about.json'] ?? strToU8('{}')));
      return pack({
        ...files,
        'about.json': strToU8(JSON.stringify(replaceAt(about, random(99), pick(odd)))),
      });
    }
    default: {
      const changed = lines.map((line) => {
        if (line === '' || path === 'about.json') return line;
        return JSON.stringify(replaceAt(JSON.parse(line), random(999), pick(odd)));
      });
      return pack({ ...files, [path]: strToU8(changed.join('\n')) });
    }
  }
}
