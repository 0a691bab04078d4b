import { describe, expect, it, vi } from 'vitest';
import type { FakeKernel } from '../kernel/FakeKernel.ts';
import type { CellId, ProfileId } from '../model/ids.ts';
import { fail } from '../shared/result.ts';
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
    const { id } = tab.session.notebook;
    expect(tab.schedules.listWaitingFor(id).map(({ title }) => title)).toEqual(['Nightly']);
    expect(edits.question?.notebookId).toBe(id);
    edits.takeBack();
    const kernel = await awaitJob({ ...tab });
    expect([kernel.request?.source, tab.schedules.listWaitingFor(id)]).toEqual(['before', []]);
    await endDone(kernel);
  });

  it.each([
    ['is kept with its content where somebody agrees', true, ['tools.py']],
    ['is gone where it is taken back', false, []],
  ])('that is a file %s, and not before', async (_, isAgreed, kept) => {
    const { edits, session, storage } = await setup();
    const list = async (): Promise<unknown> =>
      (await storage.loadNotebook(session.notebook.id))?.files.map(({ path }) => path);
    expect(await session.files.add([new File(['mine'], 'tools.py')])).toEqual([]);
    await settle();
    const [blob] = session.notebook.files.map((file) => file.blob);
    expect([await list(), session.notebook.files.length, edits.question !== null]).toEqual([[], 1, true]);
    expect(await (blob && (await storage.readBlob(blob)))?.text()).toBe('mine');
    if (isAgreed) edits.goOn();
    else edits.takeBack();
    await expect.poll(list).toEqual(kept);
    expect(session.notebook.files.map(({ path }) => path)).toEqual(kept);
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

/** The job that runs changes this file of the notebook, and is done. */
async function endWithFile(kernel: FakeKernel | null, path: string): Promise<void> {
  const data = new TextEncoder().encode('mine');
  kernel?.changeFiles({ directory: 'notebook', written: [{ path, data }], removed: [] });
  await endDone(kernel);
}

describe('files that a job changes of a notebook that runs on behalf of somebody else', () => {
  async function runWithFile(given: Setup, path = 'tools.py'): Promise<void> {
    given.session.run({ type: 'all' });
    await endWithFile(await awaitJob(given), path);
  }

  function describeRun({ session, cellId }: Setup): unknown {
    const job = session.getRun(cellId).lastJob;
    return job?.outcome.status === 'failed' ? job.outcome.error.message : job?.outcome.status;
  }

  async function listStored({ storage, session }: Setup): Promise<string[] | undefined> {
    const { id } = session.notebook;
    return (await storage.loadNotebook(id))?.files.map(({ path }) => path);
  }

  it('are asked about before they are kept, once a visit', async () => {
    const given = await setup();
    const { edits, session } = given;
    await runWithFile(given);
    expect(edits.question).toMatchObject({
      notebookTitle: 'Report',
      schedules: [{ title: 'Nightly' }],
      changedPaths: ['tools.py'],
    });
    expect([await listStored(given), session.notebook.files]).toEqual([[], []]);
    edits.goOn();
    await settle();
    expect([describeRun(given), await listStored(given)]).toEqual(['done', ['tools.py']]);
    await runWithFile(given, 'more.py');
    expect([edits.question, await listStored(given)]).toEqual([null, ['more.py', 'tools.py']]);
    given.write('mine');
    expect(edits.question).toBeNull();
  });

  it('are not kept where somebody says so, and the job has failed', async () => {
    const given = await setup();
    await runWithFile(given);
    given.edits.takeBack();
    await settle();
    expect([describeRun(given), await listStored(given), given.session.notebook.files]).toEqual([
      'The script ran to its end, but files of the notebook that it changed are not kept, as you decided: the notebook is run on behalf of somebody else (“Nightly”). Files and earlier results are as they were.',
      [],
      [],
    ]);
    await runWithFile(given);
    expect(given.edits.question).not.toBeNull();
  });

  it('wait for the answer to what was asked of an edit before', async () => {
    const given = await setup();
    given.session.run({ type: 'all' });
    const kernel = await awaitJob(given);
    given.write('mine');
    await endWithFile(kernel, 'tools.py');
    expect([given.edits.question?.changedPaths, await listStored(given)]).toEqual([null, []]);
    given.edits.takeBack();
    await settle();
    expect(given.edits.question?.changedPaths).toEqual(['tools.py']);
    await given.edits.pause();
    await settle();
    expect([await listStored(given), given.schedules.schedules.map(({ paused }) => paused)]).toEqual([
      ['tools.py'],
      [{ reason: null }],
    ]);
  });

  it('are refused in what a schedule of another person runs, and kept in what the owner runs', async () => {
    const given = await setup();
    const [schedule] = given.schedules.schedules;
    if (!schedule) throw new Error('there is no schedule');
    const { id: nightly, target } = schedule;
    await given.schedules.add({ title: 'Of Bob', target, rhythm: { type: 'interval', minutes: 15 } });
    await given.schedules.pause(nightly);
    await given.time.pass(15 * 60_000);
    await endWithFile(await awaitJob(given), 'of-bob.py');
    expect([describeRun(given), await listStored(given)]).toEqual(['done', ['of-bob.py']]);
    await given.schedules.resume(nightly);
    await given.time.pass(10 * 60_000);
    await endWithFile(await awaitJob(given), 'of-ada.py');
    const reason =
      "The script ran to its end, but files of the notebook that it changed are not kept: the notebook is run on behalf of somebody else, too (“Of Bob”), and nobody was there to be asked. Run it by hand as You and agree, or have one person's schedules run it. Files and earlier results are as they were.";
    expect([describeRun(given), given.edits.question, await listStored(given)]).toEqual([
      reason,
      null,
      ['of-bob.py'],
    ]);
  });

  it('are not asked about where the job is one of the owner', async () => {
    const given = await setup();
    given.workspace.profiles.switchTo(given.ada);
    await runWithFile(given);
    expect([given.edits.question, await listStored(given)]).toEqual([null, ['tools.py']]);
  });
});

describe('the pause of a schedule for an edit', () => {
  it('that cannot be stored leaves the question open', async () => {
    const { edits, write, storage, notices, loadSource } = await setup();
    write('mine');
    vi.spyOn(storage, 'changeSchedule').mockResolvedValueOnce(fail({ kind: 'failed', message: 'no room' }));
    await edits.pause();
    expect([edits.question?.notebookTitle, await loadSource()]).toEqual(['Report', 'before']);
    expect(notices.list.map(({ text }) => text)).toEqual([
      'The schedule “Nightly” could not be stored: no room. It stays as it was.',
    ]);
  });
});
