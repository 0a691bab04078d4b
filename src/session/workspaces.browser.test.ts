// Longer than most files: all that is done with several workspaces, in one tab and in two.
import { openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SessionId, type WorkspaceId } from '../model/ids.ts';
import { isProcessor } from '../model/notebook.ts';
import { buildModel } from '../model/testing/build-models.ts';
import { trashTime } from '../model/trash-time.ts';
import { fail, succeed } from '../shared/result.ts';
import { Database } from '../storage/Database.ts';
import { closeDatabases, createName, openDatabase } from '../storage/testing/databases.ts';
import { openDatabaseTab, type DatabaseTab } from './testing/open-database-tab.ts';

let tabs: DatabaseTab[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  for (const tab of tabs) tab.close();
  tabs = [];
  closeDatabases();
});

async function open(name: string, remembered: WorkspaceId | null = null): Promise<DatabaseTab> {
  const tab = await openDatabaseTab(name, remembered);
  tabs.push(tab);
  return tab;
}

async function reload(tab: DatabaseTab): Promise<DatabaseTab> {
  const fresh = await tab.reload();
  tabs.push(fresh);
  return fresh;
}

/** Makes one from a tab, which shows it then. */
async function addAndOpen(tab: DatabaseTab, title: string): Promise<DatabaseTab> {
  await tab.workspace.workspaces.add(title);
  expect(tab.reloadCount).toBe(1);
  return await reload(tab);
}

function write({ session }: DatabaseTab, source: string): void {
  const [cell] = session.notebook.cells;
  const cellId = cell?.id ?? session.editor.addCell('data-generator', 0);
  session.editor.edit({ type: 'set-source', cellId, source });
}

function listSources({ session }: DatabaseTab): string[] {
  return session.notebook.cells.filter(isProcessor).map(({ source }) => source);
}

function listTold({ notices }: DatabaseTab): string[] {
  return notices.list.map(({ text }) => text);
}

/** What a person meets in a workspace, by names alone. */
async function survey({ workspace, session }: DatabaseTab) {
  const { notebooks, trash, schemas, profiles, lines, schedules, models, network, workspaces } = workspace;
  await models.load();
  return {
    title: workspaces.title,
    notebooks: notebooks.map(({ title }) => title),
    open: session.notebook.title,
    trash: trash.map(({ title }) => title),
    schemas: schemas.schemas.map(({ name }) => name),
    profiles: profiles.profiles.map(({ displayName }) => displayName),
    active: profiles.active.displayName,
    lines: lines.lines.map(({ title }) => title),
    schedules: schedules.schedules.map(({ title }) => title),
    models: models.known.models.map(({ name }) => name),
    hosts: network.settings.policy.hosts,
    sessions: session.history.sessions.length,
  };
}

/** Makes one of everything, whose names end in this. */
async function fill(tab: DatabaseTab, database: Database, suffix: string): Promise<void> {
  const { workspace } = tab;
  const { schemas, profiles, lines, schedules, models, network, workspaces } = workspace;
  await workspace.createNotebook(`deleted ${suffix}`);
  const { id } = tab.session.notebook;
  await workspace.deleteNotebook(id);
  await workspace.createNotebook(`open ${suffix}`);
  write(tab, `print("${suffix}")`);
  schemas.add({ name: `rows ${suffix}`, description: '', fields: [] });
  await profiles.add({ displayName: `Ada ${suffix}`, username: 'ada' });
  const added = profiles.profiles.at(-1);
  if (added) profiles.switchTo(added.id);
  await lines.add({ title: `line ${suffix}`, notebookIds: [tab.session.notebook.id] });
  const [line] = lines.lines;
  if (!line) throw new Error('there is a line');
  await schedules.add({
    title: `schedule ${suffix}`,
    target: { type: 'production-line', lineId: line.id },
    rhythm: { type: 'interval', minutes: 60 },
  });
  await database.openWorkspace(workspaces.id);
  await database.changeModels(() =>
    succeed({ models: [buildModel(`m ${suffix}`, { name: 'iris', workspaceId: workspaces.id })] }),
  );
  await models.refresh();
  await network.settings.addHost(`${suffix}.example`);
  await workspace.save();
}

describe('two workspaces in one browser', () => {
  test('show nothing of each other, and are where they were when they are opened again', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const first = await open(name);
    await fill(first, database, 'one');
    const surveyed = await survey(first);
    expect(surveyed).toEqual({
      title: 'Workspace',
      notebooks: ['My first notebook', 'open one'],
      open: 'open one',
      trash: ['deleted one'],
      schemas: ['rows one'],
      profiles: ['You', 'Ada one'],
      active: 'Ada one',
      lines: ['line one'],
      schedules: ['schedule one'],
      models: ['iris'],
      hosts: ['one.example'],
      sessions: 0,
    });

    const second = await addAndOpen(first, 'Physics');
    expect(await survey(second)).toEqual({
      title: 'Physics',
      notebooks: ['My first notebook'],
      open: 'My first notebook',
      trash: [],
      schemas: [],
      profiles: ['You'],
      active: 'You',
      lines: [],
      schedules: [],
      models: [],
      hosts: [],
      sessions: 0,
    });
    // The same names, of models and profiles too, are free here.
    await fill(second, database, 'two');
    expect(JSON.stringify(await survey(second))).not.toContain('one');

    const [other] = second.workspace.workspaces.others;
    if (!other) throw new Error('there is another');
    await second.workspace.workspaces.switchTo(other.id);
    expect(second.reloadCount).toBe(1);
    const back = await reload(second);
    expect(await survey(back)).toEqual(surveyed);
    expect(listSources(back)).toEqual(['print("one")']);
    expect(listTold(back)).toEqual([]);
  });

  test('are open in two tabs at once, each of which stays with its own', async () => {
    const name = createName();
    const first = await open(name);
    write(first, 'print(1)');
    const second = await addAndOpen(await open(name), 'Physics');
    write(second, 'print(2)');
    await first.workspace.save();
    await second.workspace.save();
    // A tab that is opened anew shows what was switched to last.
    const third = await open(name);
    expect(third.workspace.workspaces.title).toBe('Physics');
    const again = [await reload(first), await reload(second)];
    expect(again.map(({ workspace }) => workspace.workspaces.title)).toEqual(['Workspace', 'Physics']);
    expect(again.map(listSources)).toEqual([['print(1)'], ['print(2)']]);
    // Each signs its own tokens.
    const authorize = async ({ workspace: { profiles } }: DatabaseTab): Promise<string> => {
      const runAs = { profile: profiles.active, mode: 'manual' } as const;
      const given = await profiles.createAuthorization({
        runAs,
        sessionId: SessionId.create(),
        timeoutSeconds: 60,
      });
      if (!given.isOk) throw new Error(given.problem);
      return given.value.replace('Bearer ', '');
    };
    const tokens = await Promise.all(again.map(authorize));
    const verdicts = await Promise.all(
      again.flatMap(({ workspace }) => tokens.map((token) => workspace.profiles.verify(token))),
    );
    expect(verdicts.map(({ isOk }) => isOk)).toEqual([true, false, false, true]);
  });

  test('are named each by itself, which other tabs hear of', async () => {
    const name = createName();
    const first = await open(name);
    const second = await addAndOpen(await open(name), 'Physics');
    expect(await second.workspace.workspaces.rename(first.workspace.workspaces.id, ' Größen 🎓 ')).toBeNull();
    await expect.poll(() => first.workspace.workspaces.title).toBe('Größen 🎓');
    await expect.poll(() => first.workspace.workspaces.others.map(({ title }) => title)).toEqual(['Physics']);
    expect(first.workspace.workspaces.createFreeTitle('Physics')).toBe('Physics 2');
    await first.workspace.workspaces.refresh();
    const { id } = second.workspace.workspaces;
    expect(first.workspace.workspaces.getContents(id)?.notebookCount).toBe(1);
  });

  test('are switched between with all that was typed, into the notebook that is asked for', async () => {
    const name = createName();
    const first = await open(name);
    await first.workspace.createNotebook('Another');
    const { id } = first.session.notebook;
    const [before] = first.workspace.notebooks;
    if (before) await first.workspace.openNotebook(before.id);
    const own = first.workspace.workspaces.id;
    const second = await addAndOpen(first, 'Physics');
    write(second, 'print("just now")');
    await second.workspace.workspaces.switchTo(own, id);
    const back = await reload(second);
    expect(back.session.notebook.title).toBe('Another');
    const [physics] = back.workspace.workspaces.others;
    if (physics) await back.workspace.workspaces.switchTo(physics.id);
    expect(listSources(await reload(back))).toEqual(['print("just now")']);
  });

  test('are told of what was imported once the page is there anew, and not again', async () => {
    const first = await open(createName());
    const { workspaces } = first.workspace;
    await workspaces.openImported(workspaces.id, null, 'Two notebooks were added.');
    const second = await reload(first);
    expect(listTold(second)).toEqual(['Two notebooks were added.']);
    expect(listTold(await reload(second))).toEqual([]);
  });
});

describe('another workspace', () => {
  test('is opened while something runs only when that is agreed to', async () => {
    const name = createName();
    const tab = await open(name);
    write(tab, 'print(1)');
    tab.session.run({ type: 'all' });
    await expect.poll(() => tab.kernel.isRunning).toBe(true);
    const { workspaces } = tab.workspace;
    await workspaces.add('Physics');
    const asked = [workspaces.question?.running, workspaces.question?.unsaved, tab.reloadCount];
    expect(asked).toEqual([['My first notebook'], [], 0]);
    workspaces.question?.stay();
    await workspaces.refresh();
    expect([workspaces.question, workspaces.others, tab.kernel.isRunning]).toEqual([null, [], true]);
    await workspaces.add('Physics');
    workspaces.question?.go();
    await expect.poll(() => tab.reloadCount).toBe(1);
    expect((await reload(tab)).workspace.workspaces.title).toBe('Physics');
  });

  test('is opened where something could not be stored only when that is agreed to', async () => {
    const name = createName();
    const tab = await open(name);
    const saving = vi
      .spyOn(Database.prototype, 'saveNotebook')
      .mockResolvedValue(fail({ kind: 'full', message: 'no room' }));
    write(tab, 'print("kept in this tab alone")');
    const { workspaces } = tab.workspace;
    await workspaces.add('Physics');
    expect([workspaces.question?.unsaved, tab.reloadCount]).toEqual([['My first notebook'], 0]);
    workspaces.question?.stay();
    saving.mockRestore();
    tab.notices.list[0]?.action?.run();
    await workspaces.add('Physics');
    expect([workspaces.question, tab.reloadCount]).toEqual([null, 1]);
  });

  test('is told of where it cannot be made', async () => {
    const tab = await open(createName());
    vi.spyOn(Database.prototype, 'addWorkspace').mockResolvedValue(fail({ kind: 'full', message: '' }));
    await tab.workspace.workspaces.add('Physics');
    expect([listTold(tab), tab.reloadCount]).toEqual([
      [
        'That could not be stored of the workspace “Physics”: this browser has no room left. Nothing was changed. Try again.',
      ],
      0,
    ]);
  });
});

describe('a workspace that is gone', () => {
  test('or cannot be read, makes place for another, which tells of it once', async () => {
    const name = createName();
    const tab = await addAndOpen(await open(name), 'Physics');
    const { id } = tab.workspace.workspaces;
    const raw = await openDB(name);
    await raw.put('workspaces', { id, title: 5 });
    const other = await reload(tab);
    const text =
      'The workspace that was open here is not there any more, or cannot be read. “Workspace” is open now.';
    const unread =
      'A stored workspace cannot be read (at title: expected string, got 5). It was left as it is.';
    expect([other.workspace.workspaces.title, listTold(other)]).toEqual(['Workspace', [unread, text]]);
    await raw.delete('workspaces', id);
    raw.close();
    expect(listTold(await reload(other))).toEqual([]);
    expect(listTold(await open(name, id))).toEqual([text]);
  });
});

describe('a workspace that is deleted', () => {
  test('makes place for another, which tells of it and brings it back', async () => {
    const name = createName();
    const tab = await addAndOpen(await open(name), 'Physics');
    write(tab, 'print(2)');
    const { id } = tab.workspace.workspaces;
    expect(await tab.workspace.workspaces.delete(id)).toBeNull();
    expect([tab.reloadCount, listTold(tab)]).toEqual([1, []]);
    const other = await reload(tab);
    expect(other.workspace.workspaces.title).toBe('Workspace');
    expect(listTold(other)).toEqual(['The workspace “Physics” is in the trash. “Workspace” is open now.']);
    expect(other.workspace.workspaces.trash.map(({ title }) => title)).toEqual(['Physics']);
    other.notices.list[0]?.action?.run();
    await expect.poll(() => other.reloadCount).toBe(1);
    const back = await reload(other);
    expect([back.workspace.workspaces.title, listSources(back)]).toEqual(['Physics', ['print(2)']]);
    // That is told once.
    expect(listTold(back)).toEqual([]);
  });

  test('leaves an empty one where it was the only one', async () => {
    const name = createName();
    const tab = await open(name);
    await tab.workspace.createNotebook('Lesson');
    await tab.workspace.workspaces.delete(tab.workspace.workspaces.id);
    const fresh = await reload(tab);
    expect(fresh.workspace.notebooks.map(({ title }) => title)).toEqual(['My first notebook']);
    expect(fresh.workspace.workspaces.trash.length).toBe(1);
  });

  test('can be read and written on in another tab, which says so until it is restored', async () => {
    const name = createName();
    const own = await addAndOpen(await open(name), 'Physics');
    const { id } = own.workspace.workspaces;
    const tab = await open(name, id);
    const reader = await open(name, id);
    const [home] = own.workspace.workspaces.others;
    if (!home) throw new Error('there is another');
    const elsewhere = await open(name, home.id);
    expect(await elsewhere.workspace.workspaces.delete(id)).toBeNull();
    const text =
      '“Physics” was moved to the trash in another tab. What you write here is still stored in it, until this page is reloaded; it can be restored for 30 days.';
    await expect.poll(() => listTold(tab)).toEqual([text]);
    await expect.poll(() => listTold(reader)).toEqual([text]);
    write(tab, 'print("written in the trash")');
    expect(await tab.workspace.save()).toEqual([]);
    // Not while it is open somewhere.
    expect(await elsewhere.workspace.workspaces.removeForGood(id)).toBe(
      '“Physics” is still open in another tab. Close that tab, or reload it, first.',
    );
    expect(await tab.workspace.workspaces.removeForGood(id)).toBe(
      '“Physics” is still open in this tab. Close that tab, or reload it, first.',
    );
    tab.notices.list[0]?.action?.run();
    await expect.poll(() => [listTold(tab), listTold(reader)]).toEqual([[], []]);
    expect(listSources(await reload(tab))).toEqual(['print("written in the trash")']);
  });

  test('goes for good by hand, or after 30 days, with all that is in it', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const tab = await addAndOpen(await open(name), 'Physics');
    const { id } = tab.workspace.workspaces;
    await tab.workspace.workspaces.delete(id);
    const other = await reload(tab);
    const { workspaces } = other.workspace;
    await workspaces.emptyTrash(Date.now() + trashTime - 60_000);
    expect(workspaces.trash.map((entry) => entry.id)).toEqual([id]);
    const keep = await open(name);
    await workspaces.emptyTrash(Date.now() + trashTime + 60_000);
    expect(workspaces.trash).toEqual([]);
    await expect.poll(() => keep.workspace.workspaces.trash).toEqual([]);
    expect((await database.loadNotebooks()).values.map(({ workspaceId }) => workspaceId)).toEqual([
      workspaces.id,
    ]);
    expect(await workspaces.restore(id)).toMatch(/^“.*” is not there any more/);
  });
});
