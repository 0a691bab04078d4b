import { openDB, unwrap } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { NotebookId, type ImportId } from '../model/ids.ts';
import { unknownImport } from '../model/imported-file.ts';
import { buildImport } from '../model/testing/build-import.ts';
import { buildModel, buildVersion } from '../model/testing/build-models.ts';
import { succeed } from '../shared/result.ts';
import { MemoryStorage } from './MemoryStorage.ts';
import { migrate } from './migrations.ts';
import { closeDatabases, createName, notebook, openDatabase } from './testing/databases.ts';

afterEach(closeDatabases);

const lesson = buildImport('lesson');
const storages = [
  ['the database', openDatabase],
  ['memory', () => Promise.resolve(new MemoryStorage())],
] as const;

describe.each(storages)('imports in %s', (_what, create) => {
  it('are added, trusted and removed by what is there', async () => {
    const storage = await create();
    await storage.changeImport(lesson.id, () => lesson);
    expect(await storage.loadImports()).toEqual({ values: [lesson], problems: [] });
    const trusted = { ...lesson, isTrusted: true };
    expect(
      await storage.changeImport(lesson.id, (stored) => stored && { ...stored, isTrusted: true }),
    ).toEqual(succeed(trusted));
    expect(await storage.loadImports()).toEqual({ values: [trusted], problems: [] });
    await storage.changeImport(lesson.id, () => null);
    expect(await storage.loadImports()).toEqual({ values: [], problems: [] });
  });

  it('are stored with the notebook that came by one', async () => {
    const storage = await create();
    const came = { ...notebook, importId: lesson.id };
    const link = { ...lesson, name: notebook.title, isLink: true } as const;
    expect(await storage.saveNotebook(came, [], [], link)).toEqual(succeed(null));
    expect(await storage.loadNotebook(notebook.id)).toEqual(came);
    expect(await storage.loadImports()).toEqual({ values: [link], problems: [] });
  });
});

describe('imports in the database', () => {
  it('are not stored where the notebook that came by one cannot be', async () => {
    const storage = await openDatabase();
    const broken: typeof notebook = Object.assign({ ...notebook }, { extra: () => undefined });
    expect(await storage.saveNotebook(broken, [], [], lesson)).toMatchObject({ isOk: false });
    expect(await storage.loadImports()).toEqual({ values: [], problems: [] });
    expect((await storage.loadNotebooks()).values).toEqual([]);
  });

  it('are told of in other tabs when one changes them, and no more once nobody listens', async () => {
    const name = createName();
    const [one, other] = [await openDatabase(name), await openDatabase(name)];
    const news: string[] = [];
    const heard = new Promise<void>((resolve) => {
      one.watchImports(() => news.push('in its own tab'));
      const end = other.watchImports(() => {
        news.push('in the other');
        end();
        resolve();
      });
    });
    await one.changeImport(lesson.id, () => lesson);
    await heard;
    await one.changeImport(lesson.id, () => null);
    expect(news).toEqual(['in the other']);
  });

  it('are left as they are where they cannot be read', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    const broken = { ...lesson, isTrusted: 'yes' };
    await raw.put('imports', broken);
    const problem = 'at isTrusted: expected boolean, got "yes"';
    expect(await database.loadImports()).toEqual({
      values: [],
      problems: [`A stored import cannot be read (${problem}). It was left as it is.`],
    });
    expect((await database.changeImport(lesson.id, () => lesson)).isOk).toBe(false);
    expect(await raw.getAll('imports')).toEqual([broken]);
    // The id that unreadable ones stand under is no record's.
    await raw.put('imports', { ...lesson, id: '', isTrusted: true });
    expect((await database.loadImports()).values).toEqual([]);
    raw.close();
  });
});

describe('the record of an import', () => {
  const came = { ...notebook, importId: lesson.id };

  it('goes with the last notebook or version of a model that names it, and no earlier', async () => {
    const database = await openDatabase();
    const count = async (): Promise<number> => (await database.loadImports()).values.length;
    const other = { ...came, id: NotebookId.from('other'), cells: [] };
    await database.saveNotebook(came, [], [], lesson);
    await database.saveNotebook({ ...other, deletedAt: 1 });
    const iris = buildModel('iris');
    await database.changeModels(() =>
      succeed({
        models: [iris],
        versions: [1, 2].map((number) => buildVersion('iris', number, { importId: lesson.id })),
      }),
    );
    const counts: number[] = [];
    for (const remove of [
      () => database.removeNotebook(came.id),
      () => database.changeModels(() => succeed({ removedVersions: [{ modelId: iris.id, number: 1 }] })),
      () => database.removeNotebook(other.id),
      () => database.changeModels(() => succeed({ removedModels: [iris.id] })),
    ]) {
      expect((await remove()).isOk).toBe(true);
      counts.push(await count());
    }
    expect(counts).toEqual([1, 1, 1, 0]);
    await database.saveNotebook(came, [], [], lesson);
    await database.removeNotebook(came.id);
    expect(await count()).toBe(0);
  });

  it('goes with a workspace that is removed for good, also where nothing names it', async () => {
    const database = await openDatabase();
    const added = await database.addWorkspace('Another');
    if (!added.isOk) throw new Error('it could not be added');
    const { id } = added.value;
    await database.changeImport(lesson.id, () => ({ ...lesson, workspaceId: id }));
    await database.changeWorkspace(id, { deletedAt: 1 });
    expect(await database.removeWorkspace(id)).toEqual(succeed(null));
    expect((await database.loadImports()).values).toEqual([]);
  });

  it('keeps no notebook that names something else from being removed', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    await raw.put('notebooks', { ...notebook, importId: { id: 'lesson' }, blobs: [] });
    raw.close();
    expect(await database.removeNotebook(notebook.id)).toEqual(succeed(null));
  });
});

describe('what came with an import', () => {
  it('says so when it is read, and belongs to an unknown one where that cannot be made out', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    const wrong: readonly unknown[] = [7, null, undefined, { id: 'lesson' }];
    const read = async (importId: unknown): Promise<unknown> => {
      await raw.put('notebooks', { ...notebook, importId, blobs: [] });
      await raw.put('modelVersions', { ...buildVersion('iris', 1), importId });
      await raw.put('models', buildModel('iris'));
      const notebooks = (await database.loadNotebooks()).values;
      const { versions } = (await database.loadModels()).known;
      return [...notebooks, ...versions];
    };
    const withImport = (importId: ImportId): unknown => [
      { ...notebook, importId },
      { ...buildVersion('iris', 1), importId },
    ];
    expect(await read('lesson')).toEqual(withImport(lesson.id));
    for (const importId of wrong) expect(await read(importId)).toEqual(withImport(unknownImport));
    raw.close();
  });
});

describe('migration 8', () => {
  it('keeps what version 7 stored, all of which was made here', async () => {
    const name = createName();
    const old = await openDB(name, 7, {
      upgrade(database, _oldVersion, _newVersion, transaction) {
        migrate(unwrap(database), unwrap(transaction), 0, 7);
      },
    });
    await old.put('notebooks', { ...notebook, blobs: [] });
    await old.put('models', buildModel('iris'));
    await old.put('modelVersions', buildVersion('iris', 1));
    old.close();
    const database = await openDatabase(name);
    expect(await database.loadNotebooks()).toEqual({ values: [notebook], problems: [] });
    expect((await database.loadModels()).known).toEqual({
      models: [buildModel('iris')],
      versions: [buildVersion('iris', 1)],
      groups: [],
    });
    expect(await database.loadImports()).toEqual({ values: [], problems: [] });
    await database.changeImport(lesson.id, () => lesson);
    expect((await database.loadImports()).values).toEqual([lesson]);
  });
});
