import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { CellId, ModelId, SessionId } from '../model/ids.ts';
import type { Job } from '../model/job.ts';
import { findModel, type KnownModels } from '../model/known-models.ts';
import { rollBack } from '../model/model-edits.ts';
import { noModels } from '../model/model-configuration.ts';
import { saveModels } from '../model/save-models.ts';
import { buildModel, buildVersion } from '../model/testing/build-models.ts';
import { buildCell, buildHash, buildJob, buildNotebook, buildSession } from '../model/testing/builders.ts';
import { fail, succeed } from '../shared/result.ts';
import { Database } from './Database.ts';
import { MemoryStorage } from './MemoryStorage.ts';
import type { JobWithLog, Storage } from './Storage.ts';

const open: Storage[] = [];
let name = '';

async function openTab(): Promise<Database> {
  const events = { onBlocked: () => undefined, onOutdated: () => undefined, onLost: () => undefined };
  const result = await Database.open(events, name);
  if (!result.isOk) throw new Error(result.problem);
  open.push(result.value);
  return result.value;
}

async function openFirst(): Promise<Database> {
  name = `models of jobs ${crypto.randomUUID()}`;
  return await openTab();
}

/** A job of a cell of this title that saves a model into a group, and the value that it names. */
function buildSaving(title: string, digit: string): JobWithLog {
  const cell = buildCell(title);
  const job = buildJob(cell, 1_000 + Number(digit), { sessionId: SessionId.from('session') });
  const blob = buildHash(digit);
  const made = {
    name: 'shared',
    groups: ['group'],
    typeName: 'builtins.dict',
    pythonVersion: '3.13.2',
    packages: [],
    blob,
    byteSize: 6,
  };
  const { id: notebookId, title: notebookTitle, workspaceId } = buildNotebook([]);
  const saving = {
    ...{ workspaceId, notebookId, notebookTitle, cellId: cell.id, cellTitle: title, jobId: job.id },
    ...{ sessionId: SessionId.from('session'), at: job.finishedAt, sources: [], profile: null },
    configuration: { ...noModels, saveGroups: [{ name: 'group', models: ['shared'] }] },
  };
  return { job, log: [], saveModels: (known) => saveModels([made], saving, known) };
}

async function commit(storage: Storage, title: string, digit: string) {
  const blobs = [{ hash: buildHash(digit), content: new Blob(['pickle']) }];
  return await storage.commitJob(buildSaving(title, digit), blobs);
}

function listNumbers({ versions }: KnownModels): number[] {
  return versions.map(({ number }) => number).sort();
}

async function loadJob(storage: Storage): Promise<Job | undefined> {
  return (await storage.loadJobs(buildNotebook([]).id)).values[0];
}

afterEach(() => {
  for (const storage of open.splice(0)) storage.close();
});

const storages: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['the database', openFirst],
  ['the stand-in for a database', () => Promise.resolve(new MemoryStorage())],
];

describe.each(storages)('models that a job saves in %s', (_what, create) => {
  it('are stored with it, and its record names their versions', async () => {
    const storage = await create();
    const committed = await commit(storage, 'one', '1');
    const { known } = await storage.loadModels();
    const model = findModel(known, 'shared');
    const saved = {
      ...{ modelId: model?.id, name: 'shared', number: 1, groups: ['group'], typeName: 'builtins.dict' },
      ...{ blob: buildHash('1'), byteSize: 6 },
    };
    expect(committed).toEqual(succeed({ saved: [saved], known }));
    expect((await loadJob(storage))?.savedModels).toEqual([saved]);
    expect(known.groups).toMatchObject([{ name: 'group', modelIds: [model?.id] }]);
    expect(await (await storage.readBlob(buildHash('1')))?.text()).toBe('pickle');
  });

  it('are not stored where they are refused, nor is anything else of it', async () => {
    const storage = await create();
    const { job } = buildSaving('one', '1');
    const session = buildSession(1_000, { notebookId: job.notebookId });
    const entry = { job, log: [], session, saveModels: () => fail('There is one already.') };
    const committed = await storage.commitJob(entry, [{ hash: buildHash('1'), content: new Blob(['x']) }]);
    expect(committed).toEqual(fail({ kind: 'refused', message: 'There is one already.' }));
    expect(await loadJob(storage)).toBe(undefined);
    expect((await storage.loadSessions(job.notebookId)).values).toEqual([]);
    expect(await storage.readBlob(buildHash('1'))).toBe(null);
    expect((await storage.loadModels()).known.models).toEqual([]);
  });

  it('stay when the job goes', async () => {
    const storage = await create();
    await commit(storage, 'one', '1');
    await storage.removeNotebook(buildNotebook([]).id);
    expect(await loadJob(storage)).toBe(undefined);
    expect(await (await storage.readBlob(buildHash('1')))?.text()).toBe('pickle');
  });

  it('go for good when their version does, though the record of the job is there', async () => {
    const storage = await create();
    await commit(storage, 'one', '1');
    const [model] = (await storage.loadModels()).known.models;
    await storage.changeModels(() =>
      succeed({ removedVersions: [{ modelId: model?.id ?? ModelId.from(''), number: 1 }] }),
    );
    await storage.removeSessions([]);
    expect((await loadJob(storage))?.savedModels).toHaveLength(1);
    expect((await storage.loadModels()).known.versions).toEqual([]);
  });

  it('all get versions when several jobs save at the same moment', async () => {
    const storage = await create();
    const digits = ['1', '2', '3', '4', '5'];
    await Promise.all(digits.map((digit) => commit(storage, `cell ${digit}`, digit)));
    const { known } = await storage.loadModels();
    expect(listNumbers(known)).toEqual([1, 2, 3, 4, 5]);
    expect(known.models.map(({ lastNumber }) => lastNumber)).toEqual([5]);
    expect(known.groups.map(({ modelIds }) => modelIds.length)).toEqual([1]);
  });
});

describe.each(storages)('a version that a model does not count in %s', (_what, create) => {
  it('is not written over: the next one gets a greater number', async () => {
    const storage = await create();
    const kept = buildVersion('shared', 5);
    await storage.changeModels(() => succeed({ models: [buildModel('shared')], versions: [kept] }));
    await commit(storage, 'one', '1');
    const { known } = await storage.loadModels();
    expect(known.models.map(({ lastNumber }) => lastNumber)).toEqual([6]);
    expect(known.versions.slice(0, 1)).toEqual([kept]);
    expect(listNumbers(known)).toEqual([5, 6]);
  });
});

describe('a version whose record cannot be read', () => {
  const spoiled = { ...buildVersion('shared', 2), byteSize: 'ten' };

  async function openSpoiled(): Promise<Database> {
    const storage = await openFirst();
    const raw = await openDB(name);
    await storage.changeModels(() =>
      succeed({ models: [buildModel('shared')], versions: [buildVersion('shared', 1)] }),
    );
    await raw.put('modelVersions', spoiled);
    raw.close();
    return storage;
  }

  async function readSpoiled(): Promise<unknown> {
    const raw = await openDB(name);
    const record: unknown = await raw.get('modelVersions', [ModelId.from('shared'), 2]);
    raw.close();
    return record;
  }

  it('is not written over: a job, and a version that is made the newest again, get greater numbers', async () => {
    const storage = await openSpoiled();
    expect((await commit(storage, 'one', '1')).isOk).toBe(true);
    const [model] = (await storage.loadModels()).known.models;
    const key = { modelId: model?.id ?? ModelId.from(''), number: 1 };
    await storage.changeModels((known) => rollBack(known, key, { now: 9_000, profile: null }));
    const { known } = await storage.loadModels();
    expect(listNumbers(known)).toEqual([1, 3, 4]);
    expect(known.models.map(({ lastNumber }) => lastNumber)).toEqual([4]);
    expect(await readSpoiled()).toEqual(spoiled);
  });

  it('stands in the way of whatever would write over it, of which nothing is stored', async () => {
    const storage = await openSpoiled();
    const changed = await storage.changeModels(() =>
      succeed({ models: [buildModel('other')], versions: [buildVersion('shared', 2)] }),
    );
    expect(changed).toMatchObject({ isOk: false, problem: { kind: 'failed' } });
    expect(await readSpoiled()).toEqual(spoiled);
    expect((await storage.loadModels()).known.models.map((model) => model.name)).toEqual(['shared']);
  });
});

describe('jobs that save in two tabs at the same moment', () => {
  it('lose no version, and each says which is its own', async () => {
    const tabs = [await openFirst(), await openTab()];
    const committing = ['1', '2', '3', '4', '5', '6'].map((digit, index) =>
      commit(tabs[index % 2] ?? new MemoryStorage(), `cell ${digit}`, digit),
    );
    const committed = await Promise.all(committing);
    const numbers = committed.flatMap((each) => (each.isOk ? (each.value?.saved ?? []) : []));
    expect(numbers.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const [first] = tabs;
    const known = (await first?.loadModels())?.known;
    expect(known && listNumbers(known)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { number, blob } of numbers) {
      const version = known?.versions.find((each) => each.number === number);
      expect(version?.blob).toBe(blob);
    }
  });
});

describe('a copy of a notebook and results that are put back', () => {
  it('name the versions that were loaded and saved, and save none themselves', async () => {
    const storage = await openFirst();
    const known = { models: [buildModel('m')], versions: [buildVersion('m', 1)] };
    await storage.changeModels(() => succeed(known));
    const modelId = ModelId.from('m');
    const loadedModels = [{ modelId, name: 'm', number: 1 }];
    const savedModels = [
      { modelId, name: 'm', number: 1, groups: [], typeName: 'x', blob: buildHash('1'), byteSize: 1 },
    ];
    const notebook = buildNotebook(['one']);
    await storage.saveNotebook(notebook);
    const job = buildJob(buildCell('one'), 1_000, { loadedModels, savedModels });
    await storage.commitJob({ job, log: [] }, []);
    const copy = { ...notebook, id: buildNotebook([]).id, cells: [buildCell('two')] };
    const cellIds = new Map([[CellId.from('one'), CellId.from('two')]]);
    await storage.addCopy({ notebook: copy, sourceId: notebook.id, cellIds });
    const session = buildSession(3_000);
    await storage.addRestored({
      session,
      jobs: [{ job: { ...job, sessionId: session.id }, logOf: job.id }],
      checkpoints: [],
    });
    const jobs = (await storage.loadJobs(notebook.id)).values;
    expect(jobs.map((each) => [each.cellId, each.loadedModels, each.savedModels])).toEqual(
      expect.arrayContaining([
        [CellId.from('one'), loadedModels, savedModels],
        [CellId.from('two'), loadedModels, savedModels],
      ]),
    );
    expect((await storage.loadModels()).known.versions).toHaveLength(1);
  });
});

describe('another tab', () => {
  it('is told when a job has saved models, and not of one that was refused or saved none', async () => {
    const first = await openFirst();
    const second = await openTab();
    const told: unknown[] = [];
    second.watchModels((renames) => told.push(renames));
    const { job } = buildSaving('plain', '1');
    await first.commitJob({ job, log: [] }, []);
    await first.commitJob({ ...buildSaving('refused', '2'), saveModels: () => fail('No.') }, []);
    await commit(first, 'one', '3');
    await first.changeModels(() => succeed({ renames: [{ what: 'model', from: 'a', to: 'b' }] }));
    await expect.poll(() => told).toEqual([[], [{ what: 'model', from: 'a', to: 'b' }]]);
  });
});
