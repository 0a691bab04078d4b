import { afterEach, describe, expect, test } from 'vitest';
import { ModelId, type WorkspaceId } from '../model/ids.ts';
import type { Notebook } from '../model/notebook.ts';
import { buildLoadingCell, buildModel } from '../model/testing/build-models.ts';
import { buildNotebook } from '../model/testing/builders.ts';
import type { ConflictDecision } from '../model/workspace-import.ts';
import type { Database } from '../storage/Database.ts';
import { closeDatabases, createName, openDatabase } from '../storage/testing/databases.ts';
import { startImportWorker } from '../storage/workspace-file/start-import-worker.ts';
import { buildRecords } from '../storage/workspace-file/testing/stored-worlds.ts';
import { writeFile } from '../storage/workspace-file/testing/write-file.ts';
import { WorkspaceImporter } from '../storage/workspace-file/WorkspaceImporter.ts';
import type { WorkspaceRecords } from '../storage/workspace-file/workspace-records.ts';
import { TabClaims } from './NotebookClaims.svelte.ts';
import { nothingIncoming } from './testing/nothing-incoming.ts';
import { openDatabaseTab, type DatabaseTab } from './testing/open-database-tab.ts';

let tabs: DatabaseTab[] = [];
let claims: TabClaims[] = [];

afterEach(() => {
  for (const tab of tabs) tab.close();
  for (const each of claims) each.close();
  [tabs, claims] = [[], []];
  closeDatabases();
});

interface Stage {
  readonly storage: Database;
  readonly workspaceId: WorkspaceId;
  readonly open: () => Promise<DatabaseTab>;
}

/** A database with these notebooks, whose tabs know of each other as those of one browser do. */
async function setStage(notebooks: readonly Notebook[]): Promise<Stage> {
  const name = createName();
  const storage = await openDatabase(name);
  const workspaceId = await storage.openWorkspace();
  for (const notebook of notebooks) await storage.saveNotebook({ ...notebook, workspaceId });
  const open = async (): Promise<DatabaseTab> => {
    const own = new TabClaims(name);
    claims.push(own);
    const tab = await openDatabaseTab(name, null, {
      createClaims: () => own,
      incoming: {
        ...nothingIncoming,
        createReader: (id) => new WorkspaceImporter(storage, id, startImportWorker),
      },
    });
    tabs.push(tab);
    return tab;
  };
  return { storage, workspaceId, open };
}

async function importInto(
  { workspace: { incoming } }: DatabaseTab,
  records: Partial<WorkspaceRecords>,
  conflicts: readonly ConflictDecision[],
): Promise<void> {
  const built = buildRecords(records);
  const reader = { loadLog: () => Promise.resolve([]), readBlob: () => Promise.resolve(null) };
  const { file } = await writeFile({ records: built, reader });
  incoming.openFile(new File([file], 'theirs.cahier'));
  await expect.poll(() => incoming.shown?.state.step).toBe('choosing');
  await incoming.shown?.store({ way: 'merge', conflicts, title: '' });
  expect(incoming.shown?.state).toMatchObject({ step: 'stored' });
}

function listLoaded({ session }: DatabaseTab): unknown[] {
  return session.notebook.cells.flatMap((cell) =>
    cell.kind === 'data-generator' ? cell.configuration.models.load.map(({ name }) => name) : [],
  );
}

describe('an import beside another tab', () => {
  test('tells it of a model that gets another name, so that it writes no old one back', async () => {
    const { storage, workspaceId, open } = await setStage([
      buildNotebook([], { cells: [buildLoadingCell('One', 'iris'), buildLoadingCell('Other', 'iris')] }),
    ]);
    await storage.changeModels(() => ({
      isOk: true,
      value: { models: [{ ...buildModel('iris'), workspaceId }] },
    }));
    const second = await open();
    const [cell] = second.session.notebook.cells;
    if (!cell) throw new Error('there is a cell');
    second.session.editor.deleteCell(cell);
    expect(await second.workspace.save()).toEqual([]);
    const first = await open();
    const id = ModelId.from('iris');
    await importInto(first, { models: [{ ...buildModel('iris', { id }), name: 'rose' }] }, [
      { kind: 'model', id, choice: 'take' },
    ]);
    await expect.poll(() => listLoaded(second)).toEqual(['rose']);
    second.session.editor.undo();
    expect(listLoaded(second)).toEqual(['rose', 'rose']);
    expect(await second.workspace.save()).toEqual([]);
    const stored = await storage.loadNotebook(second.session.notebook.id);
    expect(JSON.stringify(stored)).not.toContain('iris');
  });
});
