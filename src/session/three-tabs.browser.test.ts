import { afterEach, expect, test } from 'vitest';
import type { JobEnding } from '../model/job.ts';
import { isProcessor } from '../model/notebook.ts';
import { createName, openDatabase } from '../storage/testing/databases.ts';
import goldenUrl from '../storage/workspace-file/testing/format-1.cahier?url';
import { readDatabase } from '../storage/workspace-file/testing/read-database.ts';
import { closeBrowserTabs, openBrowserTab } from './testing/browser-tabs.ts';
import type { DatabaseTab } from './testing/open-database-tab.ts';

const editCount = 40;
const runCount = 15;
const done: JobEnding = {
  status: 'done',
  products: { outputs: [], images: [], modules: [], ranBlocks: [] },
};

afterEach(closeBrowserTabs);

async function pass(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function openTitled({ workspace }: DatabaseTab, title: string): Promise<void> {
  const notebook = workspace.notebooks.find((each) => each.title === title);
  if (!notebook) throw new Error(`there is no notebook “${title}”`);
  await workspace.openNotebook(notebook.id);
}

function write({ session }: DatabaseTab, source: string): void {
  const [cell] = session.notebook.cells;
  if (!cell) throw new Error('there is no cell');
  session.editor.edit({ type: 'set-source', cellId: cell.id, source });
}

async function editAgainAndAgain(tab: DatabaseTab): Promise<void> {
  for (let count = 1; count <= editCount; count += 1) {
    write(tab, `print(${count})`);
    if (count % 4 === 0) tab.workspace.saveNow();
    await pass(10);
  }
}

async function runAgainAndAgain({ session, kernel }: DatabaseTab): Promise<void> {
  for (let count = 1; count <= runCount; count += 1) {
    expect(session.run({ type: 'all' })).toBe(true);
    await expect.poll(() => kernel.isRunning).toBe(true);
    kernel.end(done);
    await expect.poll(() => session.isBusy).toBe(false);
  }
}

/** Adds a file to the workspace; an import that others have got in the way of is begun anew, as a person does. */
async function importFile({ workspace: { incoming } }: DatabaseTab, file: File): Promise<void> {
  await expect
    .poll(
      async () => {
        const { shown } = incoming;
        if (shown?.state.step === 'choosing' && shown.state.problem === null) {
          await shown.store({ way: 'merge', conflicts: [], title: '' });
        } else if (shown?.state.step !== 'reading' && shown?.state.step !== 'stored') {
          incoming.openFile(file);
        }
        return incoming.shown?.state.step;
      },
      { timeout: 20_000 },
    )
    .toBe('stored');
  await incoming.close();
}

/** The notebooks of a tab: their titles, and the sources of their cells. */
function listNotebooks({ workspace }: DatabaseTab): unknown[] {
  return workspace.notebooks
    .map(({ title, cells }) => ({ title, sources: cells.filter(isProcessor).map(({ source }) => source) }))
    .sort((one, other) => one.title.localeCompare(other.title));
}

test('three tabs edit, run and import at once: they end with the same, and nothing is lost', async () => {
  const name = createName();
  const storage = await openDatabase(name);
  const editing = await openBrowserTab(storage);
  for (const title of ['Edited', 'Run']) {
    await editing.workspace.createNotebook(title);
    editing.session.editor.addCell('data-generator', 0);
    write(editing, 'print(0)');
    await editing.workspace.save();
  }
  await openTitled(editing, 'Edited');
  const [running, importing] = [await openBrowserTab(storage), await openBrowserTab(storage)];
  await openTitled(running, 'Run');
  await openTitled(importing, 'My first notebook');
  const content = await (await fetch(goldenUrl)).blob();

  await Promise.all([
    editAgainAndAgain(editing),
    runAgainAndAgain(running),
    importFile(importing, new File([content], 'Kept.cahier')),
  ]);
  for (const { workspace } of [editing, running, importing]) expect(await workspace.save()).toEqual([]);

  expect(importing.reloadCount).toBe(1);
  const fresh = await importing.reload();
  const all = listNotebooks(fresh);
  expect(all).toMatchObject([
    { title: 'Edited', sources: [`print(${editCount})`] },
    { title: 'My first notebook', sources: [] },
    { title: 'Run', sources: ['print(0)'] },
    { title: 'Sales, März' },
  ]);
  for (const tab of [editing, running]) {
    await expect.poll(() => listNotebooks(tab)).toEqual(all);
    expect(tab.notices.list).toEqual([]);
  }
  const stored = await readDatabase(name);
  const { id } = running.session.notebook;
  const ran = (stored['jobs'] as { notebookId: string; outcome: { status: string } }[]).filter(
    ({ notebookId, outcome }) => notebookId === id && outcome.status === 'done',
  );
  expect(ran.length).toBe(runCount);
  expect((stored['imports'] as unknown[]).length).toBe(1);
  fresh.close();
});
