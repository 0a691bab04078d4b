// Longer than most files: all that is stored of a workspace, beside that of another one.
import { openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WorkspaceId } from '../model/ids.ts';
import { buildCell, buildJob, buildProfile } from '../model/testing/builders.ts';
import { buildLoadingCell } from '../model/testing/build-models.ts';
import { fail, succeed } from '../shared/result.ts';
import type { Database } from './Database.ts';
import { MemoryStorage } from './MemoryStorage.ts';
import { closeDatabases, createName, openDatabase } from './testing/databases.ts';
import { renameIds, storeWorkspace } from './testing/store-workspace.ts';
import { buildWorkspace } from './workspace-file/testing/build-workspace.ts';
import type { WorkspaceRecords } from './workspace-file/workspace-records.ts';

afterEach(closeDatabases);

const own = WorkspaceId.from('workspace');
const other = WorkspaceId.from('other workspace');

interface Both {
  readonly name: string;
  /** In which this one is open. */
  readonly database: Database;
  /** In which the other one is. */
  readonly beside: Database;
  readonly records: WorkspaceRecords;
  readonly otherRecords: WorkspaceRecords;
  /** The contents of all stores, by their names. */
  readonly dump: () => Promise<Readonly<Record<string, unknown[]>>>;
}

/** Two workspaces with something of everything, alike but for their ids, in one database that is open in two tabs. */
async function openBoth(): Promise<Both> {
  const name = createName();
  const [database, beside] = [await openDatabase(name), await openDatabase(name)];
  const built = await buildWorkspace();
  // One of the notebooks is there twice, as no file would have it.
  const records = { ...built.records, notebooks: built.records.notebooks.slice(0, 1) };
  const otherRecords = renameIds(records, 'other');
  await storeWorkspace(name, records, built);
  await storeWorkspace(name, otherRecords, built);
  await database.openWorkspace(own);
  await beside.openWorkspace(other);
  const dump = async (): Promise<Record<string, unknown[]>> => {
    const raw = await openDB(name);
    const stores: Record<string, unknown[]> = {};
    for (const store of raw.objectStoreNames) stores[store] = await raw.getAll(store);
    raw.close();
    return stores;
  };
  return { name, database, beside, records, otherRecords, dump };
}

/** All that a storage gives without being told of what. */
async function loadAll(database: Database) {
  const { known, problems } = await database.loadModels();
  const found = [
    await database.loadNotebooks(),
    await database.loadSchemas(),
    await database.loadProductionLines(),
    await database.loadSchedules(),
    await database.loadProfiles(),
  ] as const;
  const lists = [...found.map(({ values }) => values), known.models, known.versions, known.groups];
  return { lists: lists.map(inOrder), problems: [...found, { problems }].flatMap((each) => each.problems) };
}

function listAll(records: WorkspaceRecords) {
  const { notebooks, schemas, lines, schedules, profiles, models, versions, groups } = records;
  const lists = [notebooks, schemas, lines, schedules, profiles, models, versions, groups];
  return { lists: lists.map(inOrder), problems: [] };
}

/** By what tells them apart: in which order they are given is nobody's promise. */
function inOrder(values: readonly object[]): readonly object[] {
  const keyOf = (value: object): string =>
    JSON.stringify({ id: '', modelId: '', number: 0, cellId: '', ...value }, [
      'id',
      'modelId',
      'number',
      'cellId',
    ]);
  return [...values].sort((one, another) => keyOf(one).localeCompare(keyOf(another)));
}

describe('two workspaces in one database', () => {
  test('show nothing of each other', async () => {
    const { database, beside, records, otherRecords } = await openBoth();
    expect(await loadAll(database)).toEqual(listAll(records));
    expect(await loadAll(beside)).toEqual(listAll(otherRecords));
    const [notebook] = otherRecords.notebooks;
    if (!notebook) throw new Error('there is a notebook');
    expect(await database.loadNotebook(notebook.id)).toBeNull();
    expect(await beside.loadNotebook(notebook.id)).toEqual(notebook);
  });

  test('go into files of their own', async () => {
    const { database, records, otherRecords } = await openBoth();
    for (const each of [records, otherRecords]) {
      const { records: read, problems } = await database.loadRecords(each.workspace.id);
      expect(problems).toEqual([]);
      for (const name of ['notebooks', 'jobs', 'sessions', 'checkpoints', 'versions', 'models'] as const) {
        expect(inOrder(read[name])).toEqual(inOrder(each[name]));
      }
      expect(read.workspace).toEqual(each.workspace);
    }
  });

  test('tell only of their own records that cannot be read', async () => {
    const { name, database, beside } = await openBoth();
    const raw = await openDB(name);
    await raw.put('schemas', { id: 'odd', workspaceId: other });
    await raw.put('profiles', { id: 'odder' });
    raw.close();
    expect((await database.loadSchemas()).problems).toEqual([]);
    expect((await beside.loadSchemas()).problems.length).toBe(1);
    // Nobody knows of which it is.
    const told = [await database.loadProfiles(), await beside.loadProfiles()];
    expect(told.map(({ problems }) => problems.length)).toEqual([1, 1]);
  });

  test('have models of one name, which are renamed each by itself, with the notebooks that name them', async () => {
    const { database, beside, records, otherRecords } = await openBoth();
    const naming = (each: WorkspaceRecords) => {
      const [notebook] = each.notebooks;
      if (!notebook) throw new Error('there is a notebook');
      return { ...notebook, cells: [buildLoadingCell('Load', 'iris')] };
    };
    await database.saveNotebook(naming(records));
    await beside.saveNotebook(naming(otherRecords));
    const [told, toldBeside]: [unknown[], unknown[]] = [[], []];
    const third = await openDatabase(database.databaseName);
    await third.openWorkspace(own);
    third.watchModels((renames) => told.push(renames));
    beside.watchModels((renames) => toldBeside.push(renames));
    const renames = [{ what: 'model', from: 'iris', to: 'flowers' }] as const;
    const seen: string[] = [];
    await database.changeModels((known) => {
      seen.push(...known.models.map(({ workspaceId }) => workspaceId));
      return succeed({ renames });
    });
    expect([...new Set(seen)]).toEqual([own]);
    const namesIn = async (each: Database): Promise<boolean> =>
      JSON.stringify((await each.loadNotebooks()).values).includes('flowers');
    expect([await namesIn(database), await namesIn(beside)]).toEqual([true, false]);
    await expect.poll(() => told).toEqual([renames]);
    expect(toldBeside).toEqual([]);
  });

  test('give a job the models of its own alone', async () => {
    const { database } = await openBoth();
    const seen: string[] = [];
    const committed = await database.commitJob(
      {
        job: buildJob(buildCell('Train'), 9_000),
        log: [],
        saveModels: (known) => {
          seen.push(...known.models.map(({ workspaceId }) => workspaceId));
          return succeed({ changes: {}, saved: [] });
        },
      },
      [],
    );
    expect([...new Set(seen)]).toEqual([own]);
    expect(committed.isOk && committed.value?.known.models.every((each) => each.workspaceId === own)).toBe(
      true,
    );
  });

  test('keep jobs and values of each other where one is opened, or loses a notebook', async () => {
    const { database, beside, records, otherRecords, dump } = await openBoth();
    const before = await dump();
    expect(await database.dropStrayJobs()).toEqual(succeed(null));
    expect(await dump()).toEqual(before);
    const [notebook] = records.notebooks;
    if (!notebook) throw new Error('there is a notebook');
    await database.removeNotebook(notebook.id);
    const [left] = otherRecords.notebooks;
    if (!left) throw new Error('there is a notebook');
    expect((await beside.loadJobs(left.id)).values.length).toBe(otherRecords.jobs.length);
    expect((await dump())['blobs']).toEqual(before['blobs']);
  });

  test('have profiles of one name, and the first of a new one is made for it', async () => {
    const { database, beside } = await openBoth();
    const seen: string[][] = [];
    await beside.changeProfiles((profiles) => {
      seen.push(profiles.map(({ workspaceId }) => workspaceId));
      return fail('No.');
    });
    expect(seen).toEqual([[other, other]]);
    const added = await database.addWorkspace('Third');
    if (!added.isOk) throw new Error(added.problem.message);
    await database.openWorkspace(added.value.id);
    const first = { ...buildProfile('you'), workspaceId: added.value.id };
    expect((await database.openProfiles(() => first)).values).toEqual([first]);
    expect((await beside.loadProfiles()).values.length).toBe(2);
  });

  test('remember the open notebook and the active profile each by itself, and how the page looks together', async () => {
    const { database, beside } = await openBoth();
    await database.saveSetting('openNotebook', 'one');
    await beside.saveSetting('openNotebook', 'two');
    await beside.saveSetting('activeProfile', 'ada', own);
    await beside.saveSetting('theme', 'dark');
    const pick = async (each: Database) => {
      const { openNotebook, activeProfile, theme } = await each.loadSettings();
      return [openNotebook, activeProfile, theme];
    };
    expect([await pick(database), await pick(beside)]).toEqual([
      ['one', 'ada', 'dark'],
      ['two', null, 'dark'],
    ]);
    const { settings } = (await database.loadRecords(other)).records;
    expect(settings.openNotebook).toBe('two');
  });

  test('take over what was remembered when there was one', async () => {
    const name = createName();
    const database = await openDatabase(name);
    await database.saveSetting('openNotebook', 'before');
    await database.openWorkspace();
    expect((await database.loadSettings()).openNotebook).toBe('before');
    await database.saveSetting('openNotebook', 'after');
    expect((await database.loadSettings()).openNotebook).toBe('after');
  });
});

async function trash(database: Database, id: WorkspaceId): Promise<void> {
  await database.changeWorkspace(id, { deletedAt: 1 });
}

describe('a workspace that is removed for good', () => {
  test('stays where another tab has restored it a moment before', async () => {
    const { beside, dump } = await openBoth();
    await trash(beside, own);
    await beside.changeWorkspace(own, { deletedAt: null });
    const before = await dump();
    expect(await beside.removeWorkspace(own)).toEqual(
      fail({ kind: 'failed', message: 'it was restored in another tab' }),
    );
    expect(await dump()).toEqual(before);
  });

  test('takes all that is its own along, and nothing that the other names', async () => {
    const { name, database, beside, otherRecords, dump } = await openBoth();
    const alone = await database.openSigningKey(own);
    await beside.openSigningKey(other);
    await database.saveSetting('openNotebook', 'notebook');
    await beside.saveSetting('openNotebook', 'other notebook');
    expect(alone.isOk).toBe(true);
    const before = await dump();
    await trash(beside, own);
    expect(await beside.removeWorkspace(own)).toEqual(succeed(null));
    const after = await dump();
    // Of both there was the same: half of each store is left, and every value, as the other names them all.
    for (const [store, records] of Object.entries(before)) {
      const isShared = store === 'blobs';
      expect([store, after[store]?.length]).toEqual([store, isShared ? records.length : records.length / 2]);
    }
    expect(JSON.stringify({ ...after, blobs: [] })).not.toContain('"workspace"');
    expect(await loadAll(beside)).toEqual(listAll(otherRecords));

    const third = await openDatabase(name);
    await trash(third, other);
    await third.removeWorkspace(other);
    expect(Object.values(await dump()).flat()).toEqual([]);
  });

  test('goes with records of it that cannot be read', async () => {
    const { name, beside, dump } = await openBoth();
    const raw = await openDB(name);
    await raw.put('notebooks', { id: 'odd', workspaceId: own });
    await raw.put('schemas', { id: 'odd', workspaceId: own });
    raw.close();
    await trash(beside, own);
    await beside.removeWorkspace(own);
    expect(JSON.stringify(await dump())).not.toContain('"odd"');
  });
});

describe('the workspaces of a browser', () => {
  test('begin with one, beside which others are made and named', async () => {
    const database = await openDatabase();
    const first = await database.openWorkspace();
    const added = await database.addWorkspace('Physics');
    if (!added.isOk) throw new Error(added.problem.message);
    const renamed = await database.changeWorkspace(first, { title: 'Größen 🎓' });
    const { values, problems } = await database.listWorkspaces();
    expect(values.map(({ title, deletedAt }) => [title, deletedAt])).toEqual([
      ['Größen 🎓', null],
      ['Physics', null],
    ]);
    expect([problems, renamed, added.value]).toEqual([[], succeed(values[0]), values[1]]);
    expect(await database.openWorkspace()).toBe(first);
    expect(await database.openWorkspace(added.value.id)).toBe(added.value.id);
    expect(await database.changeWorkspace(WorkspaceId.from('gone'), { title: 'No' })).toEqual(succeed(null));
  });

  test('stand in the order in which they were made, whatever the clock said', async () => {
    const database = await openDatabase();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(5_000);
    await database.openWorkspace();
    await database.addWorkspace('at the same time');
    clock.mockReturnValue(1_000);
    await database.addWorkspace('when the clock was set back');
    clock.mockRestore();
    const { values } = await database.listWorkspaces();
    expect(values.map(({ title, createdAt }) => [title, createdAt])).toEqual([
      ['Workspace', 5_000],
      ['at the same time', 5_001],
      ['when the clock was set back', 5_002],
    ]);
  });

  test('are opened as wanted, else as switched to last, else the oldest, none out of the trash', async () => {
    const database = await openDatabase();
    const add = async (title: string): Promise<WorkspaceId> => {
      const added = await database.addWorkspace(title);
      if (!added.isOk) throw new Error(added.problem.message);
      return added.value.id;
    };
    const first = await database.openWorkspace();
    const [second, third] = [await add('Second'), await add('Third')];
    await database.saveSetting('openWorkspace', third);
    expect(await database.openWorkspace(second)).toBe(second);
    expect(await database.openWorkspace()).toBe(third);
    await database.changeWorkspace(second, { deletedAt: 5_000 });
    expect(await database.openWorkspace(second)).toBe(third);
    await database.changeWorkspace(third, { deletedAt: 5_000 });
    expect(await database.openWorkspace(second)).toBe(first);
    await database.changeWorkspace(first, { deletedAt: 5_000 });
    const made = await database.openWorkspace(second);
    expect([first, second, third]).not.toContain(made);
    await database.changeWorkspace(second, { deletedAt: null });
    expect(await database.openWorkspace(second)).toBe(second);
  });

  test('are passed over where they cannot be read, and stay as they are', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const own = await database.openWorkspace();
    const raw = await openDB(name);
    await raw.put('workspaces', { id: 'odd', title: 5 });
    const opened = await database.openWorkspace(WorkspaceId.from('odd'));
    expect(opened).toBe(own);
    const { values, problems } = await database.listWorkspaces();
    expect([values.map(({ id }) => id), problems.length]).toEqual([[opened], 1]);
    const changed = await database.changeWorkspace(WorkspaceId.from('odd'), { title: 'Even' });
    expect(changed.isOk).toBe(false);
    expect(await raw.get('workspaces', 'odd')).toEqual({ id: 'odd', title: 5 });
    raw.close();
  });

  test('have names that can be shown, whatever is stored', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    await raw.put('workspaces', { id: 'blank', title: ' ', createdAt: 1 });
    await raw.put('workspaces', { id: 'long', title: 'x'.repeat(100_000), createdAt: 2 });
    raw.close();
    const { values } = await database.listWorkspaces();
    expect(values.map(({ title }) => title)).toEqual(['Workspace', 'x'.repeat(200)]);
  });

  test('are told with what they hold', async () => {
    const { database, records, otherRecords } = await openBoth();
    const [notebook] = records.notebooks;
    if (!notebook) throw new Error('there is a notebook');
    await database.saveNotebook({ ...notebook, changedAt: 7_000 });
    const contents = await database.countContents();
    expect(contents.get(own)).toEqual({ notebookCount: 1, changedAt: 7_000 });
    expect(contents.get(other)).toEqual({
      notebookCount: 1,
      changedAt: otherRecords.notebooks[0]?.changedAt,
    });
    await database.saveNotebook({ ...notebook, deletedAt: 8_000 });
    expect((await database.countContents()).has(own)).toBe(false);
  });

  test('are one where the browser stores nothing, which can be named', async () => {
    const storage = new MemoryStorage();
    const id = await storage.openWorkspace();
    await storage.changeWorkspace(id, { title: 'Physics' });
    expect((await storage.listWorkspaces()).values.map(({ title }) => title)).toEqual(['Physics']);
    expect([(await storage.addWorkspace()).isOk, (await storage.removeWorkspace()).isOk]).toEqual([
      false,
      false,
    ]);
  });
});
