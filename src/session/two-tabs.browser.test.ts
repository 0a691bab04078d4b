import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ImportEngine } from '../data/import/ImportEngine.ts';
import { FakeImportWorker } from '../data/import/testing/FakeImportWorker.ts';
import { TableEngine } from '../data/TableEngine.ts';
import { FakeTableWorker } from '../data/testing/FakeTableWorker.ts';
import { FakeKernel } from '../kernel/FakeKernel.ts';
import { ImportId } from '../model/ids.ts';
import { isProcessor, type Notebook } from '../model/notebook.ts';
import { createDeferred } from '../shared/deferred.ts';
import type { Database } from '../storage/Database.ts';
import { closeDatabases, openDatabase } from '../storage/testing/databases.ts';
import { TabClaims } from './NotebookClaims.svelte.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import { Notices } from './Notices.svelte.ts';
import { aloneAtOnce, settle } from './testing/time.ts';
import { Workspace } from './Workspace.svelte.ts';
import { nothingIncoming } from './testing/nothing-incoming.ts';

interface Tab {
  readonly workspace: Workspace;
  readonly notices: Notices;
  readonly kernel: FakeKernel;
  readonly claims: TabClaims;
  readonly session: NotebookSession;
  /** Closed as a browser closes it: what was written is saved, and nothing waits for that. */
  readonly close: () => void;
}

let scope = '';
let claims: TabClaims[] = [];
let database: Database;

beforeEach(async () => {
  scope = crypto.randomUUID();
  database = await openDatabase();
});

afterEach(() => {
  for (const each of claims) each.close();
  claims = [];
  closeDatabases();
});

async function openTab(): Promise<Tab> {
  const notices = new Notices();
  const kernel = new FakeKernel();
  const own = new TabClaims(scope);
  claims.push(own);
  const workspace = await Workspace.open({
    storage: database,
    notices,
    tables: new TableEngine(() => new FakeTableWorker()),
    importer: new ImportEngine(() => new FakeImportWorker()),
    createKernel: () => kernel,
    distributionUrl: 'https://cdn.example/full/',
    ...aloneAtOnce,
    createClaims: () => own,
    siteUrl: 'https://cahier.example/',
    appVersion: '0.1.0',
    fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
    incoming: nothingIncoming,
  });
  return {
    workspace,
    notices,
    kernel,
    claims: own,
    get session() {
      if (!workspace.session) throw new Error('no notebook is open');
      return workspace.session;
    },
    close: () => {
      workspace.saveNow();
      own.close();
    },
  };
}

function listSources({ cells }: Notebook): string[] {
  return cells.filter(isProcessor).map(({ source }) => source);
}

function write({ session }: Tab, source: string): void {
  const [cell] = session.notebook.cells;
  const cellId = cell?.id ?? session.editor.addCell('data-generator', 0);
  session.editor.edit({ type: 'set-source', cellId, source });
}

/** Puts what came with a file, and is older, where a notebook is stored. */
async function importInPlaceOf(notebook: Notebook): Promise<Notebook> {
  const { workspaceId } = notebook;
  const importId = ImportId.create();
  const cells = notebook.cells.map((cell) => ({ ...cell, source: 'print("imported")' }));
  const taken: Notebook = { ...notebook, cells, importId, changedAt: 1 };
  const name = 'physics.cahier';
  await database.saveNotebook(taken, [], [], {
    id: importId,
    workspaceId,
    name,
    importedAt: 1,
    isTrusted: false,
  });
  return taken;
}

const refusal = 'This notebook is open in another tab. Press “Edit here” to change and run it in this one.';

describe('a notebook that is open in two tabs', () => {
  test('is not trusted any more where a file took its place that another tab was importing when it was opened', async () => {
    const first = await openTab();
    write(first, 'print(1)');
    first.workspace.saveNow();
    await database.pending();
    const { notebook } = first.session;
    const { cells, importId } = await importInPlaceOf(notebook);
    const other = new TabClaims(scope);
    claims.push(other);
    other.tellChange(notebook.id);
    await expect.poll(() => listSources(first.session.notebook)).toEqual(['print("imported")']);
    expect([first.session.isTrusted, first.session.run({ type: 'all' })]).toEqual([false, false]);
    write(first, 'print(2)');
    first.workspace.saveNow();
    await database.pending();
    expect(await database.loadNotebook(notebook.id)).toMatchObject({ cells, importId });
    expect(first.notices.list[0]?.text).toBe(
      'A file that was imported in another tab took the place of “My first notebook”. What was written here since then is not kept.',
    );
  });

  test('is not shown as it was before a file took its place, however late that was read', async () => {
    const first = await openTab();
    write(first, 'print(1)');
    await first.workspace.save();
    const second = await openTab();
    const { promise, resolve } = createDeferred<null>();
    const loadJobs = vi.spyOn(database, 'loadJobs').mockImplementationOnce(async (id) => {
      await promise;
      return await database.loadJobs(id);
    });
    write(first, 'print(2)');
    await first.workspace.save();
    await expect.poll(() => loadJobs.mock.calls.length).toBe(1);
    const { notebook } = first.session;
    const { cells, importId } = await importInPlaceOf(notebook);
    first.claims.close();
    await expect.poll(() => listSources(second.session.notebook)).toEqual(['print("imported")']);
    expect(await first.claims.isElsewhere(notebook.id)).toBe(true);
    resolve(null);
    await settle();
    expect(listSources(second.session.notebook)).toEqual(['print("imported")']);
    write(second, 'print(3)');
    expect(await second.workspace.save()).toEqual([]);
    expect(await database.loadNotebook(notebook.id)).toMatchObject({ cells, importId });
    expect(second.notices.list.map(({ text }) => text)).not.toContain(
      expect.stringContaining('took the place of'),
    );
  });

  test('is changed and run in the first, and followed in the second', async () => {
    const first = await openTab();
    write(first, 'print(1)');
    first.workspace.saveNow();
    await database.pending();
    const second = await openTab();
    expect([first.session.isReadOnly, second.session.isReadOnly]).toEqual([false, true]);

    write(first, 'print(2)');
    await expect.poll(() => listSources(second.session.notebook)).toEqual(['print(2)']);
    first.session.run({ type: 'all' });
    first.kernel.end({ status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } });
    const [cell] = second.session.notebook.cells;
    await expect.poll(() => cell && second.session.getState(cell)).toBe('done');

    write(second, 'print(3)');
    expect(second.session.run({ type: 'all' })).toBe(false);
    expect(listSources(second.session.notebook)).toEqual(['print(2)']);
    expect(second.notices.list.map(({ text }) => text)).toEqual([refusal]);
    expect(second.kernel.asked).toEqual([]);
  });

  test('is opened as it came with a file that took its place, also where what was known of it is newer', async () => {
    const first = await openTab();
    write(first, 'print(1)');
    const { notebook } = first.session;
    await first.workspace.createNotebook();
    await database.pending();
    await importInPlaceOf(notebook);
    await first.workspace.openNotebook(notebook.id);
    expect(listSources(first.session.notebook)).toEqual(['print("imported")']);
    expect(first.session.isTrusted).toBe(false);
  });

  test('is taken over with what was typed a moment before, and followed where it was typed', async () => {
    const first = await openTab();
    write(first, 'print(1)');
    first.workspace.saveNow();
    await database.pending();
    const second = await openTab();
    write(first, 'print("just now")');
    const { id } = second.session.notebook;
    first.session.editor.addCell('note', 1);
    await second.workspace.takeOver(id);
    first.session.editor.undo();
    expect(first.session.notebook.cells.length).toBe(2);
    expect([first.session.isReadOnly, second.session.isReadOnly]).toEqual([true, false]);
    expect(listSources(second.session.notebook)).toEqual(['print("just now")']);

    write(second, 'print("here")');
    await expect.poll(() => listSources(first.session.notebook)).toEqual(['print("here")']);
    // What had been undone there is not undone in what it follows.
    first.session.editor.undo();
    expect(listSources(first.session.notebook)).toEqual(['print("here")']);
  });

  test('may be changed in the second when the first is closed, with all that was typed there', async () => {
    const first = await openTab();
    write(first, 'print(1)');
    first.workspace.saveNow();
    await database.pending();
    const second = await openTab();
    write(first, 'print("last words")');
    first.close();
    await expect.poll(() => second.session.isReadOnly).toBe(false);
    expect(listSources(second.session.notebook)).toEqual(['print("last words")']);
  });

  test('is neither renamed nor deleted from a tab that shows another one', async () => {
    const first = await openTab();
    const { id, title } = first.session.notebook;
    const second = await openTab();
    await second.workspace.createNotebook('Another');
    second.workspace.renameNotebook(id, 'Renamed');
    const remedy = `“${title}” is open in another tab. Close it there, or open it here and press “Edit here” first.`;
    await expect.poll(() => second.notices.list.map(({ text }) => text)).toEqual([remedy]);
    await second.workspace.deleteNotebook(id);
    expect(second.workspace.notebooks.map((notebook) => notebook.title)).toEqual([title, 'Another']);
    // New ones are known in each tab.
    await expect
      .poll(() => first.workspace.notebooks.map((notebook) => notebook.title))
      .toEqual([title, 'Another']);
  });

  test('is left where it is only read when it is put into the trash, and goes from the lists for good', async () => {
    const first = await openTab();
    const { id } = first.session.notebook;
    await first.workspace.createNotebook('Another');
    const second = await openTab();
    await second.workspace.openNotebook(id);
    expect(second.session.isReadOnly).toBe(false);
    await first.workspace.openNotebook(id);
    expect(first.session.isReadOnly).toBe(true);
    await second.workspace.deleteNotebook(id);
    await expect.poll(() => first.session.notebook.title).toBe('Another');
    expect(first.workspace.trash.map((notebook) => notebook.id)).toEqual([id]);
    await second.workspace.removeForGood(id);
    await expect.poll(() => first.workspace.trash).toEqual([]);
  });
});
