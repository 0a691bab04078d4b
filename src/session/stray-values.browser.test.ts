import { afterEach, expect, test } from 'vitest';
import { CellId } from '../model/ids.ts';
import { createImportOptions } from '../model/import-options.ts';
import type { DatasetCell } from '../model/dataset-cell.ts';
import { buildCell, buildHash, buildJob, buildNotebook } from '../model/testing/builders.ts';
import { closeDatabases, createName, openDatabase } from '../storage/testing/databases.ts';
import { readDatabase } from '../storage/workspace-file/testing/read-database.ts';
import { openDatabaseTab, type DatabaseTab } from './testing/open-database-tab.ts';

let tabs: DatabaseTab[] = [];

afterEach(() => {
  for (const tab of tabs) tab.close();
  tabs = [];
  closeDatabases();
});

const hash = buildHash('a');
const table: DatasetCell = {
  kind: 'dataset',
  id: CellId.from('Sales'),
  title: 'Sales',
  content: {
    table: { summary: { rowCount: 0, columns: [] }, blob: hash, byteSize: 5 },
    file: { name: 'sales.csv', byteSize: 5, hash, url: null, isKept: false },
    options: createImportOptions('csv'),
    rejected: null,
    emptied: null,
    shortRowCount: 0,
    notes: [],
    importedAt: 1,
  },
};

/** A notebook with a dataset and a result, in a database that tabs show. */
async function setStage() {
  const name = createName();
  const storage = await openDatabase(name);
  const workspaceId = await storage.openWorkspace();
  const cell = buildCell('Train');
  const notebook = { ...buildNotebook([], { cells: [cell, table] }), workspaceId };
  await storage.saveNotebook(notebook, [{ hash, content: new Blob(['table']) }]);
  await storage.commitJob({ job: buildJob(cell, 1_000), log: [] }, []);
  const open = async (): Promise<DatabaseTab> => {
    const tab = await openDatabaseTab(name);
    tabs.push(tab);
    return tab;
  };
  const count = async (): Promise<readonly [jobs: number, values: number]> => {
    const { jobs, blobs } = await readDatabase(name);
    return [(jobs as unknown[]).length, (blobs as unknown[]).length];
  };
  return { open, count };
}

async function deleteAll({ workspace, session }: DatabaseTab): Promise<void> {
  for (const cell of session.notebook.cells) session.editor.deleteCell(cell);
  expect(await workspace.save()).toEqual([]);
}

test('what a tab could still bring back stays when another one is opened, also of another workspace', async () => {
  const { open, count } = await setStage();
  const first = await open();
  await deleteAll(first);
  const second = await open();
  await second.workspace.workspaces.add('Another');
  tabs.push(await second.reload());
  first.session.editor.undo();
  first.session.editor.undo();
  expect(await first.workspace.save()).toEqual([]);
  expect(await count()).toEqual([1, 1]);
});

test('what no notebook names any more goes when the next tab is opened alone', async () => {
  const { open, count } = await setStage();
  const first = await open();
  await deleteAll(first);
  first.close();
  const second = await open();
  await expect.poll(count).toEqual([0, 0]);
  expect(second.session.notebook.cells).toEqual([]);
});
