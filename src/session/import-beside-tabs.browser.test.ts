import { afterEach, describe, expect, test } from 'vitest';
import { ModelId, NotebookId, type WorkspaceId } from '../model/ids.ts';
import type { Notebook } from '../model/notebook.ts';
import { buildLoadingCell, buildModel } from '../model/testing/build-models.ts';
import { buildNotebook } from '../model/testing/builders.ts';
import { buildImportItem, buildImportSummary } from '../model/testing/build-import-summary.ts';
import type { ConflictDecision, ImportResult } from '../model/workspace-import.ts';
import { createDeferred } from '../shared/deferred.ts';
import type { Database } from '../storage/Database.ts';
import { createName, openDatabase } from '../storage/testing/databases.ts';
import { buildRecords } from '../storage/workspace-file/testing/stored-worlds.ts';
import { writeFile } from '../storage/workspace-file/testing/write-file.ts';
import type { WorkspaceRecords } from '../storage/workspace-file/workspace-records.ts';
import type { IncomingTools } from './IncomingFiles.svelte.ts';
import { closeBrowserTabs, openBrowserTab } from './testing/browser-tabs.ts';
import { createHandTools, HandReader } from './testing/HandReader.ts';
import type { DatabaseTab } from './testing/open-database-tab.ts';

afterEach(closeBrowserTabs);

interface Stage {
  readonly storage: Database;
  readonly workspaceId: WorkspaceId;
  readonly open: (incoming?: Partial<IncomingTools>) => Promise<DatabaseTab>;
}

/** A database with these notebooks, whose tabs know of each other as those of one browser do. */
async function setStage(notebooks: readonly Notebook[]): Promise<Stage> {
  const storage = await openDatabase(createName());
  const workspaceId = await storage.openWorkspace();
  for (const notebook of notebooks) await storage.saveNotebook({ ...notebook, workspaceId });
  const open = (incoming?: Partial<IncomingTools>): Promise<DatabaseTab> => openBrowserTab(storage, incoming);
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
  test('lets it change no notebook that goes before that is settled', async () => {
    const { open } = await setStage([
      buildNotebook(['Mine']),
      buildNotebook(['Cell'], { id: NotebookId.from('going'), createdAt: 2_000 }),
    ]);
    const id = NotebookId.from('going');
    const reader = new HandReader();
    const storing = createDeferred<ImportResult>();
    reader.storing = storing;
    reader.summary = buildImportSummary({ items: [buildImportItem({ id, state: 'different' })] });
    const first = await open(createHandTools(reader));
    const { incoming } = first.workspace;
    incoming.openFile(new File(['PK'], 'theirs.cahier'));
    await expect.poll(() => incoming.shown?.state.step).toBe('choosing');
    const conflicts = [{ kind: 'notebook', id, choice: 'take' }] as const;
    const stored = incoming.shown?.store({ way: 'merge', conflicts, title: '' });
    await expect.poll(() => reader.choices.length).toBe(1);
    const second = await open();
    await second.workspace.openNotebook(id);
    expect([second.session.notebook.id, second.session.isReadOnly]).toEqual([id, true]);
    storing.reject(new Error('no room'));
    await stored;
    await expect.poll(() => second.session.isReadOnly).toBe(false);
  });

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
