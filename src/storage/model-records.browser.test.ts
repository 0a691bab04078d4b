import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { ModelGroupId, ModelId, NotebookId } from '../model/ids.ts';
import { findModel, noKnownModels, type KnownModels } from '../model/known-models.ts';
import { buildCell, buildHash, buildNotebook } from '../model/testing/builders.ts';
import { buildGroup, buildLoadingCell, buildModel, buildVersion } from '../model/testing/build-models.ts';
import { fail, succeed } from '../shared/result.ts';
import { Database } from './Database.ts';
import type { ChangeModels, Storage } from './Storage.ts';
import { MemoryStorage } from './MemoryStorage.ts';

const open: Database[] = [];
let name = '';

async function openTab(): Promise<Database> {
  const events = { onBlocked: () => undefined, onOutdated: () => undefined, onLost: () => undefined };
  const result = await Database.open(events, name);
  if (!result.isOk) throw new Error(result.problem);
  open.push(result.value);
  return result.value;
}

async function openFirst(): Promise<Database> {
  name = `models ${crypto.randomUUID()}`;
  return await openTab();
}

/** Gives the model of this name one more version. */
function addVersion(model: string): ChangeModels {
  return (known) => {
    const before = findModel(known, model) ?? buildModel(model, { lastNumber: 0 });
    const number = before.lastNumber + 1;
    return succeed({
      models: [{ ...before, lastNumber: number }],
      versions: [buildVersion(model, number)],
    });
  };
}

const both: KnownModels = {
  models: [buildModel('one'), buildModel('two', { lastNumber: 2 })],
  versions: [buildVersion('one', 1), buildVersion('two', 2)],
  groups: [buildGroup('group', ['one', 'two'])],
};

const storages: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['the database', openFirst],
  ['the stand-in for a database', () => Promise.resolve(new MemoryStorage())],
];

afterEach(() => {
  for (const database of open.splice(0)) database.close();
});

describe.each(storages)('models in %s', (_what, create) => {
  it('are there as they were put, and the change says so', async () => {
    const storage = await create();
    expect(await storage.loadModels()).toEqual({ known: noKnownModels, problems: [] });
    expect(await storage.changeModels(() => succeed(both))).toEqual(succeed(both));
    expect(await storage.loadModels()).toEqual({ known: both, problems: [] });
  });

  it('stay as they are when a change is refused', async () => {
    const storage = await create();
    await storage.changeModels(() => succeed(both));
    const refused = await storage.changeModels(() => fail('There is one already.'));
    expect(refused).toEqual(fail({ kind: 'refused', message: 'There is one already.' }));
    expect((await storage.loadModels()).known).toEqual(both);
  });

  it('go with their versions', async () => {
    const storage = await create();
    await storage.changeModels(() => succeed(both));
    const changed = await storage.changeModels(() =>
      succeed({
        removedModels: [ModelId.from('one')],
        removedVersions: [{ modelId: ModelId.from('two'), number: 2 }],
        removedGroups: [ModelGroupId.from('group')],
      }),
    );
    const left = { models: [buildModel('two', { lastNumber: 2 })], versions: [], groups: [] };
    expect(changed).toEqual(succeed(left));
    expect((await storage.loadModels()).known).toEqual(left);
  });
});

describe.each(storages)('a model that gets another name in %s', (_what, create) => {
  it('is named so by the cells of all notebooks, those in the trash too', async () => {
    const storage = await create();
    const build = (id: string, name: string, deletedAt: number | null) =>
      buildNotebook([], {
        id: NotebookId.from(id),
        cells: [buildLoadingCell('one', name), buildCell('two')],
        deletedAt,
      });
    const notebooks = [build('a', 'iris', null), build('b', 'iris', 5_000), build('c', 'other', null)];
    for (const notebook of notebooks) await storage.saveNotebook(notebook);
    const renames = [{ what: 'model', from: 'iris', to: 'flowers' }] as const;
    await storage.changeModels(() => succeed({ models: [buildModel('flowers')], renames }));
    expect((await storage.loadNotebooks()).values).toEqual([
      build('a', 'flowers', null),
      build('b', 'flowers', 5_000),
      build('c', 'other', null),
    ]);
  });

  it('keeps its name in notebooks where the change is refused', async () => {
    const storage = await create();
    const notebook = buildNotebook([], { cells: [buildLoadingCell('one', 'iris')] });
    await storage.saveNotebook(notebook);
    await storage.changeModels(() => fail('There is one already.'));
    expect((await storage.loadNotebooks()).values).toEqual([notebook]);
  });
});

describe('another tab', () => {
  it('is told of each change that is stored, and of new names', async () => {
    const first = await openFirst();
    const second = await openTab();
    const told: unknown[] = [];
    const own: unknown[] = [];
    const stop = second.watchModels((renames) => told.push(renames));
    first.watchModels((renames) => own.push(renames));
    await first.changeModels(() => succeed(both));
    await first.changeModels(() => fail('No.'));
    const renames = [{ what: 'model', from: 'one', to: 'three' }] as const;
    await first.changeModels(() => succeed({ renames }));
    await expect.poll(() => told).toEqual([[], renames]);
    expect(own).toEqual([]);
    stop();
    await first.changeModels(() => succeed({}));
    await second.changeModels(() => succeed({}));
    await expect.poll(() => own).toEqual([[]]);
    expect(told).toEqual([[], renames]);
  });

  it('hears that something changed from a version of the app that tells it otherwise', async () => {
    const tab = await openFirst();
    const told: unknown[] = [];
    tab.watchModels((renames) => told.push(renames));
    const channel = new BroadcastChannel(`${name} models`);
    channel.postMessage({ changed: ['iris'] });
    await expect.poll(() => told).toEqual([[]]);
    channel.close();
  });
});

describe('more versions than are read at once', () => {
  it('are all there', async () => {
    const storage = await openFirst();
    const versions = Array.from({ length: 1_201 }, (_, index) => buildVersion('one', index + 1));
    await storage.changeModels(() => succeed({ models: [buildModel('one')], versions }));
    expect((await storage.loadModels()).known.versions).toEqual(versions);
  });
});

describe('models that two tabs change at the same moment', () => {
  it('lose no version, and give no number twice', async () => {
    const first = await openFirst();
    const second = await openTab();
    const saving = [first, second, first, second, second, first].map((tab) =>
      tab.changeModels(addVersion('shared')),
    );
    await Promise.all(saving);
    const { known } = await first.loadModels();
    expect(known.versions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(known.models).toEqual([buildModel('shared', { lastNumber: 6 })]);
  });
});

describe('a pickle', () => {
  it('stays for as long as a version names it', async () => {
    const storage = await openFirst();
    const hash = buildHash('1');
    await storage.saveNotebook(buildNotebook([]), [{ hash, content: new Blob(['pickle']) }]);
    const versions = [buildVersion('one', 1), buildVersion('one', 2, { blob: hash })];
    await storage.changeModels(() => succeed({ models: [buildModel('one')], versions }));
    await storage.changeModels(() => succeed({ removedVersions: versions.slice(0, 1) }));
    expect(await (await storage.readBlob(hash))?.text()).toBe('pickle');
    await storage.changeModels(() => succeed({ removedVersions: versions }));
    expect(await storage.readBlob(hash)).toBe(null);
  });
});

describe('a record that cannot be read', () => {
  it('of a notebook is left as it is when a model gets another name', async () => {
    const storage = await openFirst();
    const raw = await openDB(name);
    const broken = { ...buildNotebook([]), cells: 'none', blobs: [] };
    await raw.put('notebooks', broken);
    await storage.changeModels(() => succeed({ renames: [{ what: 'model', from: 'one', to: 'two' }] }));
    expect(await raw.getAll('notebooks')).toEqual([broken]);
    raw.close();
  });

  it('is named and left as it is', async () => {
    const storage = await openFirst();
    await storage.changeModels(() => succeed(both));
    const raw = await openDB(name);
    const broken = { ...buildModel('broken'), lastNumber: -1 };
    await raw.put('models', broken);
    expect(await storage.loadModels()).toEqual({
      known: both,
      problems: [
        'A stored model cannot be read (at lastNumber: expected >=0, got -1). It was left as it is.',
      ],
    });
    expect(await raw.get('models', 'broken')).toEqual(broken);
    raw.close();
  });
});
