import { describe, expect, it } from 'vitest';
import type { CellId, ProfileId } from '../model/ids.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import type { NotebookSession } from './NotebookSession.svelte.ts';
import type { ScheduledEdits } from './ScheduledEdits.svelte.ts';
import { addNotebook, awaitJob, endDone, openTab, type OpenTab } from './testing/open-tab.ts';
import { sourceOf } from '../model/testing/builders.ts';
import { settle, TestTabs, TestTime } from './testing/time.ts';

interface Setup extends OpenTab {
  readonly storage: MemoryStorage;
  readonly time: TestTime;
  readonly edits: ScheduledEdits;
  readonly session: NotebookSession;
  readonly cellId: CellId;
  readonly ada: ProfileId;
  readonly write: (source: string) => void;
  readonly loadSource: () => Promise<string | undefined>;
}

/** Bob has the notebook open that the schedule “Nightly” of Ada runs. */
async function setup(): Promise<Setup> {
  const [storage, time] = [new MemoryStorage(), new TestTime(60_000)];
  const tab = await openTab(storage, time, new TestTabs());
  const { workspace, schedules } = tab;
  const { profiles } = workspace;
  const ada = profiles.active.id;
  await addNotebook(workspace, 'Report');
  const { session } = workspace;
  const [cell] = session?.notebook.cells ?? [];
  if (!session || !cell) throw new Error('the notebook is not open');
  session.editor.edit({ type: 'set-source', cellId: cell.id, source: 'before' });
  workspace.saveNow();
  const target = { type: 'notebook', notebookId: session.notebook.id } as const;
  await schedules.add({ title: 'Nightly', target, rhythm: { type: 'interval', minutes: 10 } });
  await profiles.add({ username: 'bob', displayName: 'Bob' });
  const bob = profiles.profiles.find(({ username }) => username === 'bob');
  if (bob) profiles.switchTo(bob.id);
  return {
    ...tab,
    storage,
    time,
    session,
    ada,
    edits: workspace.scheduledEdits,
    cellId: cell.id,
    write: (source) => {
      session.editor.edit({ type: 'set-source', cellId: cell.id, source });
    },
    loadSource: async () => sourceOf((await storage.loadNotebook(session.notebook.id))?.cells[0]),
  };
}

describe('an edit to a notebook that runs on behalf of somebody else', () => {
  it('is asked about before anything of it is saved, once a visit', async () => {
    const { edits, session, write, loadSource } = await setup();
    expect(edits.listForeign(session.notebook.id).map(({ title }) => title)).toEqual(['Nightly']);
    write('mine');
    expect(edits.question).toMatchObject({ notebookTitle: 'Report', schedules: [{ title: 'Nightly' }] });
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(await loadSource()).toBe('before');
    edits.goOn();
    expect(edits.question).toBeNull();
    await expect.poll(loadSource).toBe('mine');
    write('mine, too');
    expect(edits.question).toBeNull();
  });

  it('is taken back with all that came until then, and asked about again', async () => {
    const { edits, session, write, cellId, loadSource } = await setup();
    write('m');
    write('mi');
    session.editor.edit({ type: 'rename-cell', cellId, title: 'Mine' });
    edits.takeBack();
    expect(session.notebook.cells.map((cell) => [cell.title, sourceOf(cell)])).toEqual([
      ['cell of Report', 'before'],
    ]);
    await expect.poll(loadSource).toBe('before');
    write('mine');
    expect(edits.question).not.toBeNull();
  });

  it('can pause the schedule', async () => {
    const { edits, write, schedules, session, loadSource } = await setup();
    write('mine');
    await edits.pause();
    expect(schedules.schedules.map(({ paused }) => paused)).toEqual([{ reason: null }]);
    expect(edits.listForeign(session.notebook.id)).toEqual([]);
    await expect.poll(loadSource).toBe('mine');
  });

  it('is not run before it was decided on, also where the notebook is left meanwhile', async () => {
    const { edits, write, time, ...tab } = await setup();
    write('mine');
    await time.pass(10 * 60_000);
    await tab.workspace.createNotebook('Other');
    expect(tab.findRunning()).toBeNull();
    edits.takeBack();
    const kernel = await awaitJob({ ...tab });
    expect(kernel.request?.source).toBe('before');
    await endDone(kernel);
  });

  it('is taken back also after the notebook was left', async () => {
    const { edits, write, workspace, loadSource } = await setup();
    write('mine');
    await workspace.createNotebook('Other');
    expect(await loadSource()).toBe('mine');
    edits.takeBack();
    await settle();
    expect(await loadSource()).toBe('before');
  });

  it('is saved in a tab that is closed before', async () => {
    const { write, workspace, loadSource } = await setup();
    write('mine');
    workspace.saveNow();
    await settle();
    expect(await loadSource()).toBe('mine');
  });

  it('is asked about for each person, but not for the owner, nor for a title', async () => {
    const { edits, write, session, workspace, ada } = await setup();
    session.editor.edit({ type: 'rename-notebook', title: 'Sums' });
    expect(edits.question).toBeNull();
    workspace.profiles.switchTo(ada);
    write('hers');
    expect(edits.question).toBeNull();
    await workspace.profiles.add({ username: 'cleo', displayName: 'Cleo' });
    for (const { id, username } of workspace.profiles.profiles) {
      if (id === ada) continue;
      workspace.profiles.switchTo(id);
      write(`of ${username}`);
      expect(edits.question).not.toBeNull();
      edits.goOn();
    }
  });
});
