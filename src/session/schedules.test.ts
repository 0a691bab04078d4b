// Longer than most files: all its tests stand on the same tabs, whose time passes as they say.
import { describe, expect, it, vi } from 'vitest';
import { NotebookId, type ProfileId } from '../model/ids.ts';
import type { Notebook } from '../model/notebook.ts';
import { sourceOf } from '../model/testing/builders.ts';
import { weekdays } from '../model/rhythm.ts';
import type { Schedule } from '../model/schedule.ts';
import { fail } from '../shared/result.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import {
  addNotebook,
  awaitJob,
  describeToken,
  endDone,
  endFailed,
  openTab,
  type OpenTab,
} from './testing/open-tab.ts';
import { settle, TestTabs, TestTime } from './testing/time.ts';

const minute = 60_000;

interface Setup extends OpenTab {
  readonly storage: MemoryStorage;
  readonly time: TestTime;
  readonly tabs: TestTabs;
  readonly report: Notebook;
  /** The profile that is active, whose username is “ada”. */
  readonly ada: ProfileId;
  readonly addBob: () => Promise<ProfileId>;
  readonly addSchedule: (title: string, minutes: number, id?: NotebookId) => Promise<Schedule>;
  readonly get: (title: string) => Schedule;
}

/** A tab in which the notebooks “Report” and “Other” are, of which the other one is shown. */
async function setup(cellTitles?: readonly string[]): Promise<Setup> {
  const [storage, time, tabs] = [new MemoryStorage(), new TestTime(minute), new TestTabs()];
  const tab = await openTab(storage, time, tabs);
  const { workspace, schedules } = tab;
  const ada = workspace.profiles.active.id;
  await workspace.profiles.change(ada, { username: 'ada', displayName: 'Ada' });
  const report = await addNotebook(workspace, 'Report', cellTitles);
  await addNotebook(workspace, 'Other');
  const get = (title: string): Schedule => {
    const found = schedules.schedules.find((schedule) => schedule.title === title);
    if (!found) throw new Error(`there is no schedule ${title}`);
    return found;
  };
  return {
    ...tab,
    storage,
    time,
    tabs,
    report,
    ada,
    get,
    addBob: async () => {
      await workspace.profiles.add({ username: 'bob', displayName: 'Bob' });
      const bob = workspace.profiles.profiles.find(({ username }) => username === 'bob');
      if (!bob) throw new Error('there is no Bob');
      workspace.profiles.switchTo(bob.id);
      return bob.id;
    },
    addSchedule: async (title, minutes, notebookId = report.id) => {
      const target = { type: 'notebook', notebookId } as const;
      await schedules.add({ title, target, rhythm: { type: 'interval', minutes } });
      return get(title);
    },
  };
}

/** What is kept of the runs of a schedule, newest first. */
function listRuns({ runs }: Schedule): string[] {
  return runs.map(({ status, reason, ranAs, dueAt }) => {
    const due = dueAt === null ? 'by hand' : `due ${dueAt / minute}`;
    return `${due}: ${status}${reason === null ? '' : ` (${reason})`} as ${ranAs}`;
  });
}

describe('a schedule that is due', () => {
  it('runs its notebook in the background as its owner, whoever is active', async () => {
    const given = await setup(['one', 'two']);
    await given.addSchedule('Nightly', 10);
    await given.addBob();
    await given.time.pass(10 * minute - 1);
    expect(given.findRunning()).toBeNull();
    await given.time.pass(1);
    const kernel = await awaitJob(given);
    expect(given.workspace.session?.notebook.title).toBe('Other');
    expect([kernel.request?.title, await describeToken(kernel)]).toEqual(['one', 'ada by schedule']);
    await endDone(kernel);
    expect(await describeToken(await awaitJob(given))).toBe('ada by schedule');
    await endDone(kernel);
    expect(kernel.asked.at(-1)).toBe('dispose');
    const [session] = (await given.storage.loadSessions(given.report.id)).values;
    expect(session).toMatchObject({
      cause: { type: 'schedule', title: 'Nightly', ownerName: 'Ada' },
      ranBy: 'Ada',
      profileId: given.ada,
    });
    expect(listRuns(given.get('Nightly'))).toEqual(['due 11: done as Ada']);
    expect(given.get('Nightly').runs[0]?.steps).toEqual([
      { notebookId: given.report.id, title: 'Report', sessionId: session?.id, status: 'done', reason: null },
    ]);
    expect(given.notices.list).toEqual([]);
  });

  it('says what failed until it runs well, and leads to the list', async () => {
    const given = await setup(['one', 'two']);
    await given.addSchedule('Nightly', 10);
    await given.time.pass(10 * minute);
    await endFailed(await awaitJob(given), 'there is no file');
    await endDone(await awaitJob(given));
    const reason = '“one” failed: there is no file';
    expect(listRuns(given.get('Nightly'))).toEqual([`due 11: failed (${reason}) as Ada`]);
    expect(given.notices.list.map(({ text }) => text)).toEqual([
      `The schedule “Nightly” failed in “Report”. ${reason}`,
    ]);
    given.notices.list[0]?.action?.run();
    expect(given.schedules.isShown).toBe(true);
    await given.time.pass(10 * minute);
    await endDone(await awaitJob(given));
    await endDone(await awaitJob(given));
    expect(given.notices.list).toEqual([]);
  });

  it('runs in the notebook that is open, with what was just written there', async () => {
    const given = await setup();
    await given.workspace.openNotebook(given.report.id);
    await given.addSchedule('Nightly', 10);
    const { session } = given.workspace;
    const [cell] = session?.notebook.cells ?? [];
    if (!session || !cell) throw new Error('the notebook is not open');
    await given.time.pass(10 * minute - 1);
    session.editor.edit({ type: 'set-source', cellId: cell.id, source: 'x = 1' });
    await given.time.pass(1);
    const kernel = await awaitJob(given);
    expect([kernel.request?.source, session.getState(cell)]).toEqual(['x = 1', 'running']);
    const stored = await given.storage.loadNotebook(given.report.id);
    expect(sourceOf(stored?.cells[0])).toBe('x = 1');
    await endDone(kernel);
    expect(session.getState(cell)).toBe('done');
  });

  it('asks for hosts in the name of the schedule, and waits no longer than the job does', async () => {
    const given = await setup();
    await given.addSchedule('Nightly', 10);
    await given.time.pass(10 * minute);
    const kernel = await awaitJob(given);
    const { network } = given.workspace;
    const request = { kernelId: kernel.kernelId, method: 'GET', url: 'https://host.example/' };
    const verdict = network.decide(request);
    await vi.waitFor(() => {
      expect(network.question?.asker).toEqual({
        notebookTitle: 'Report',
        job: {
          id: kernel.request?.id,
          cellTitle: 'cell of Report',
          schedule: { title: 'Nightly', ownerName: 'Ada' },
        },
      });
    });
    await endFailed(kernel, 'timed out after 300 s');
    expect([network.question, (await verdict)?.isAllowed]).toEqual([null, false]);
  });

  it('waits for what runs in the notebook, which stays with who ran it', async () => {
    const given = await setup(['one', 'two']);
    await given.addSchedule('Nightly', 10);
    await given.addBob();
    await given.workspace.openNotebook(given.report.id);
    given.workspace.session?.run({ type: 'all' });
    const kernel = await awaitJob(given);
    await given.time.pass(10 * minute);
    expect(given.schedules.getOngoing(given.get('Nightly').id)?.title).toBe('Report');
    const tokens = [await describeToken(kernel)];
    for (let job = 0; job < 3; job += 1) {
      await endDone(kernel);
      tokens.push(await describeToken(await awaitJob(given)));
    }
    await endDone(kernel);
    expect(tokens).toEqual(['bob by manual', 'bob by manual', 'ada by schedule', 'ada by schedule']);
    expect(listRuns(given.get('Nightly'))).toEqual(['due 11: done as Ada']);
  });

  it('runs the notebook as it is stored, where another tab has changed it', async () => {
    const given = await setup();
    await given.addSchedule('Nightly', 10);
    const [cell] = given.report.cells;
    if (!cell) throw new Error('there is no cell');
    const cells = [{ ...cell, source: 'y = 2' }];
    await given.storage.saveNotebook({ ...given.report, cells, changedAt: Date.now() + 1_000 });
    await given.time.pass(10 * minute);
    expect((await awaitJob(given)).request?.source).toBe('y = 2');
  });

  it('opens the notebook anew where it is shown and another tab has changed it', async () => {
    const given = await setup();
    await given.workspace.openNotebook(given.report.id);
    await given.addSchedule('Nightly', 10);
    const [cell] = given.report.cells;
    if (!cell) throw new Error('there is no cell');
    const cells = [{ ...cell, source: 'y = 2' }];
    await given.storage.saveNotebook({ ...given.report, cells, changedAt: Date.now() + 1_000 });
    await given.time.pass(10 * minute);
    const kernel = await awaitJob(given);
    expect(kernel.request?.source).toBe('y = 2');
    const { session } = given.workspace;
    expect([sourceOf(session?.notebook.cells[0]), session?.isBusy]).toEqual(['y = 2', true]);
    await endDone(kernel);
    expect(sourceOf((await given.storage.loadNotebook(given.report.id))?.cells[0])).toBe('y = 2');
  });

  it('waits where two others are run in the background already', async () => {
    const given = await setup();
    const ids: NotebookId[] = [];
    for (const title of ['One', 'Two', 'Three']) ids.push((await addNotebook(given.workspace, title)).id);
    await given.workspace.createNotebook('Shown');
    for (const [index, id] of ids.entries()) await given.addSchedule(`Of ${index + 1}`, 10, id);
    await given.time.pass(10 * minute);
    const running = () =>
      given.kernels.filter(({ isRunning }) => isRunning).map(({ request }) => request?.title);
    await vi.waitFor(() => {
      expect(running()).toEqual(['cell of One', 'cell of Two']);
    });
    const tellWaiting = () =>
      given.schedules.schedules.map(({ id }) => given.schedules.getOngoing(id)?.isWaiting ?? null);
    expect(tellWaiting()).toEqual([false, false, true]);
    await endDone(await awaitJob(given));
    await vi.waitFor(() => {
      expect(running()).toEqual(['cell of Two', 'cell of Three']);
    });
    expect(tellWaiting()).toEqual([null, false, false]);
    void given.schedules.stop(given.get('Of 2').id);
    void given.schedules.stop(given.get('Of 3').id);
    await settle();
    expect(running()).toEqual([]);
  });

  it('has one run at a time, and notes what comes due meanwhile', async () => {
    const given = await setup();
    await given.addSchedule('Nightly', 1);
    await given.time.pass(minute);
    const kernel = await awaitJob(given);
    await given.time.pass(2 * minute);
    expect(kernel.asked).toEqual(['run cell of Report']);
    await endDone(kernel);
    expect(given.get('Nightly').missed).toMatchObject({ whileClosed: 0, whileRunning: 2 });
    await given.time.pass(minute);
    await endDone(await awaitJob(given));
    expect(listRuns(given.get('Nightly'))).toEqual(['due 5: done as Ada', 'due 2: done as Ada']);
  });

  it('is run once where somebody asks for it as it is looked at', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    for (let turn = 0; turn < 8; turn += 1) {
      const asked = given.schedules.runNow(id);
      for (let microtask = 0; microtask < turn; microtask += 1) await Promise.resolve();
      await Promise.all([asked, given.schedules.check()]);
      await settle();
      expect([given.get('Nightly').running?.dueAt, given.get('Nightly').runs.length]).toEqual([null, turn]);
      await endDone(await awaitJob(given));
    }
    expect(listRuns(given.get('Nightly'))).toEqual(Array.from({ length: 8 }, () => 'by hand: done as Ada'));
  });

  it('can be stopped, also while it waits', async () => {
    const given = await setup(['one', 'two']);
    const { id } = await given.addSchedule('Nightly', 10);
    await given.time.pass(10 * minute);
    const kernel = await awaitJob(given);
    void given.schedules.stop(id);
    await settle();
    expect(kernel.asked).toEqual(['run one', 'stop', 'dispose']);
    const [session] = (await given.storage.loadSessions(given.report.id)).values;
    expect(session?.skipped.map(({ title, reason }) => [title, reason])).toEqual([
      ['two', 'Not run: its run was stopped.'],
    ]);
    await given.workspace.openNotebook(given.report.id);
    given.workspace.session?.run({ type: 'all' });
    await awaitJob(given);
    await given.time.pass(10 * minute);
    void given.schedules.stop(id);
    await settle();
    expect(listRuns(given.get('Nightly'))).toEqual([
      'due 21: stopped (It was stopped.) as Ada',
      'due 11: stopped (It was stopped.) as Ada',
    ]);
    expect(given.findRunning()?.request?.title).toBe('one');
  });

  it('fails where its notebook is in the trash, which was said when that was deleted', async () => {
    const given = await setup();
    await given.addSchedule('Nightly', 10);
    await given.workspace.deleteNotebook(given.report.id);
    expect(given.notices.list.map(({ text }) => text)).toEqual([
      '“Report” was deleted. Until it is restored, the schedule “Nightly” will fail.',
    ]);
    await given.time.pass(10 * minute);
    await settle();
    expect(listRuns(given.get('Nightly'))).toEqual([
      'due 11: failed (“Report” is in the trash. Restore it, or choose another one for what runs it.) as Ada',
    ]);
  });

  it('fails where its notebook is gone, has no cells, or is deleted while it runs', async () => {
    const given = await setup();
    await given.addSchedule('Gone', 10, NotebookId.from('nothing'));
    await given.addSchedule('Empty', 10, (await addNotebook(given.workspace, 'Empty', [])).id);
    await given.addSchedule('Deleted', 10);
    await given.time.pass(10 * minute);
    await awaitJob(given);
    await given.workspace.deleteNotebook(given.report.id);
    await settle();
    expect(['Gone', 'Empty', 'Deleted'].flatMap((title) => listRuns(given.get(title)))).toEqual([
      'due 11: failed (The notebook is not there any more. Choose another one for what runs it.) as Ada',
      'due 11: failed (There is no cell in it that could be run.) as Ada',
      'due 11: stopped (The notebook was deleted.) as Ada',
    ]);
  });

  it('is looked at no later than half a minute from now, and when the clock was set', async () => {
    const given = await setup();
    expect(given.time.nextWake).toBeNull();
    const rhythm = { type: 'times', times: ['08:00'], weekdays } as const;
    const target = { type: 'notebook', notebookId: given.report.id } as const;
    await given.schedules.add({ title: 'Morning', target, rhythm });
    expect(given.time.nextWake).toBe(30_000);
    given.time.set(8 * 60 * minute - 40_000);
    await given.time.pass(30_000);
    expect(given.time.nextWake).toBe(10_000);
    await given.time.pass(10_000);
    await endDone(await awaitJob(given));
    // Set back by an hour, the time comes again, and is not run again.
    given.time.set(7 * 60 * minute);
    await given.time.pass(2 * 60 * minute);
    expect(listRuns(given.get('Morning'))).toEqual(['due 480: done as Ada']);
    expect(given.get('Morning').missed.latest).toEqual([]);
  });
});

describe('a run whose end cannot be stored', () => {
  const full = fail({ kind: 'full', message: 'no room' } as const);

  it('is noted as what it was once there is room, and nothing else of it is told', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    await given.time.pass(10 * minute);
    const kernel = await awaitJob(given);
    const refused = vi.spyOn(given.storage, 'changeSchedule').mockResolvedValue(full);
    await endDone(kernel);
    expect([given.schedules.getOngoing(id), given.schedules.getUnstored(id)?.status]).toEqual([null, 'done']);
    await given.time.pass(minute);
    expect(given.notices.list.map(({ text }) => text)).toEqual([
      'How the schedule “Nightly” ran could not be stored. Make room: it is tried again while this tab is open.',
    ]);
    refused.mockRestore();
    await given.time.pass(minute);
    expect([given.schedules.getUnstored(id), given.get('Nightly').running]).toEqual([null, null]);
    expect(listRuns(given.get('Nightly'))).toEqual(['due 11: done as Ada']);
    await given.time.pass(8 * minute);
    await endDone(await awaitJob(given));
    expect(listRuns(given.get('Nightly'))).toEqual(['due 21: done as Ada', 'due 11: done as Ada']);
  });

  it('is tried again also in a tab that does not lead', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    const later = new TestTime(given.time.now());
    const second = await openTab(given.storage, later, given.tabs);
    await second.schedules.runNow(id);
    const kernel = await awaitJob(second);
    const refused = vi.spyOn(given.storage, 'changeSchedule').mockResolvedValue(full);
    await endFailed(kernel, 'there is no file');
    refused.mockRestore();
    await later.pass(minute);
    expect(listRuns(second.schedules.find(id) ?? given.get('Nightly'))).toEqual([
      'by hand: failed (“cell of Report” failed: there is no file) as Ada',
    ]);
    expect(later.nextWake).toBeNull();
  });
});

describe('what a schedule missed', () => {
  it('while the computer slept is not made up for, unless somebody says so', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    await given.time.sleep(45 * minute);
    await settle();
    expect(given.findRunning()).toBeNull();
    expect(given.get('Nightly').missed).toMatchObject({ whileClosed: 4, whileRunning: 0 });
    await given.addBob();
    void given.schedules.runNow(id);
    const kernel = await awaitJob(given);
    expect(await describeToken(kernel)).toBe('ada by schedule');
    expect(given.get('Nightly').missed).toMatchObject({ whileClosed: 0, latest: [] });
    await endDone(kernel);
    expect(listRuns(given.get('Nightly'))).toEqual(['by hand: done as Ada']);
  });

  it('while the app was closed is there when it is opened, and can be dismissed', async () => {
    const { storage, time, addSchedule } = await setup();
    const { id } = await addSchedule('Nightly', 10);
    // The first tab was closed, and so its timers are gone.
    time.set(31 * minute + 1);
    const later = await openTab(storage, time, new TestTabs());
    expect(later.findRunning()).toBeNull();
    expect(later.schedules.find(id)?.missed.latest.map(({ at }) => at / minute)).toEqual([31, 21, 11]);
    await later.schedules.dismissMissed(id);
    expect(later.schedules.find(id)?.missed.latest).toEqual([]);
  });

  it('in a pause is nothing', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    await given.schedules.pause(id);
    expect(given.time.nextWake).toBeNull();
    await given.time.pass(95 * minute);
    await given.schedules.resume(id);
    expect(given.get('Nightly').missed.latest).toEqual([]);
    await given.time.pass(10 * minute);
    await endDone(await awaitJob(given));
    expect(listRuns(given.get('Nightly'))).toEqual(['due 106: done as Ada']);
  });
});

describe('schedules in two tabs', () => {
  it('are run by one of them, and by the other when that is closed', async () => {
    const given = await setup();
    const { storage, time, tabs } = given;
    const later = new TestTime(time.now());
    const second = await openTab(storage, later, tabs);
    const { id } = await given.addSchedule('Nightly', 10);
    expect(second.schedules.find(id)?.title).toBe('Nightly');
    await time.pass(10 * minute);
    await endDone(await awaitJob(given));
    expect(second.findRunning()).toBeNull();
    expect(listRuns(second.schedules.find(id) ?? given.get('Nightly'))).toEqual(['due 11: done as Ada']);
    await time.pass(10 * minute);
    await awaitJob(given);
    // It is closed while it runs: its Python and its timers are gone.
    later.set(time.now());
    tabs.closeFirst();
    await settle();
    const [run] = second.schedules.find(id)?.runs ?? [];
    expect(run).toMatchObject({
      status: 'stopped',
      reason: 'The tab that it ran in was closed.',
      dueAt: 21 * minute,
    });
    expect(second.schedules.find(id)?.running).toBeNull();
    await later.pass(10 * minute);
    await endDone(await awaitJob(second));
    expect(second.schedules.find(id)?.runs.map(({ status }) => status)).toEqual(['done', 'stopped', 'done']);
  });

  it('run once where both would run what is due', async () => {
    const given = await setup();
    const { storage, time } = given;
    await given.addSchedule('Nightly', 10);
    // Where tabs do not know of each other, each takes itself for the one that leads.
    const second = await openTab(storage, time, new TestTabs());
    await time.pass(10 * minute);
    await settle();
    const running = [given.findRunning(), second.findRunning()].filter((kernel) => kernel !== null);
    expect(running.length).toBe(1);
  });

  it('know of profiles that were added in the other one', async () => {
    const given = await setup();
    const { storage, time, tabs } = given;
    const second = await openTab(storage, time, tabs);
    await second.workspace.profiles.add({ username: 'bob', displayName: 'Bob' });
    const bob = second.workspace.profiles.profiles.find(({ username }) => username === 'bob');
    if (bob) second.workspace.profiles.switchTo(bob.id);
    const target = { type: 'notebook', notebookId: given.report.id } as const;
    await second.schedules.add({ title: 'Of Bob', target, rhythm: { type: 'interval', minutes: 10 } });
    await time.pass(10 * minute);
    expect(await describeToken(await awaitJob(given))).toBe('bob by schedule');
  });

  it('show in both what they came to, and what is kept for the next run', async () => {
    const given = await setup();
    const { storage, time, report } = given;
    const [cell] = report.cells;
    if (!cell) throw new Error('there is no cell');
    const second = await openTab(storage, time, given.tabs);
    await second.workspace.openNotebook(report.id);
    const { session } = second.workspace;
    const describe = () => [
      session?.getRun(cell.id).lastJob?.outcome.status,
      session?.checkpoints.get(cell.id)?.history[0].value?.text,
      session?.history.sessions.length,
    ];
    await session?.history.load();
    await given.addSchedule('Nightly', 10);
    expect(describe()).toEqual([undefined, undefined, 0]);
    for (const [text, status] of [
      ['1', 'done'],
      ['2', 'failed'],
    ] as const) {
      await time.pass(10 * minute);
      const kernel = await awaitJob(given);
      const at = Number(text);
      const value = { type: 'integer', text } as const;
      await storage.saveCheckpoint({
        ...{ cellId: cell.id, notebookId: report.id, column: 'n' },
        history: [{ value, at, origin: null }],
      });
      if (status === 'done') await endDone(kernel);
      else await endFailed(kernel, 'no');
      await vi.waitFor(() => {
        expect(describe()).toEqual([status, text, at]);
      });
    }
    expect(second.workspace.session).toBe(session);
    expect(second.findRunning()).toBeNull();
  });

  it('stop where the other one asks for it', async () => {
    const given = await setup(['one', 'two']);
    const second = await openTab(given.storage, given.time, given.tabs);
    const { id } = await given.addSchedule('Nightly', 10);
    await given.time.pass(10 * minute);
    await awaitJob(given);
    await settle();
    expect([second.schedules.getOngoing(id), second.schedules.find(id)?.running?.isStopAsked]).toEqual([
      null,
      false,
    ]);
    await second.schedules.stop(id);
    expect(second.schedules.find(id)?.running?.isStopAsked).toBe(true);
    await settle();
    expect([given.findRunning(), second.schedules.find(id)?.running]).toEqual([null, null]);
    expect(second.schedules.find(id)?.runs).toMatchObject([
      { status: 'stopped', reason: 'It was stopped.', steps: [{ title: 'Report', status: 'stopped' }] },
    ]);
    await second.schedules.stop(id);
    expect(second.schedules.find(id)?.running).toBeNull();
  });

  it('are noted as stopped where the tab is gone that is to be asked', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    await given.schedules.runNow(id);
    await awaitJob(given);
    // Another tab leads, and has not looked yet.
    const tabs = new TestTabs();
    tabs.add('tab that leads');
    const second = await openTab(given.storage, new TestTime(given.time.now()), tabs);
    expect(second.schedules.find(id)?.running).not.toBeNull();
    await second.schedules.stop(id);
    expect([second.schedules.find(id)?.running, second.schedules.find(id)?.runs[0]?.reason]).toEqual([
      null,
      'The tab that it ran in was closed.',
    ]);
  });

  it('stop where the other one deletes them', async () => {
    const given = await setup();
    const second = await openTab(given.storage, given.time, given.tabs);
    const { id } = await given.addSchedule('Nightly', 10);
    await given.time.pass(10 * minute);
    await awaitJob(given);
    await settle();
    await second.schedules.remove(id);
    await settle();
    expect([given.findRunning(), given.schedules.schedules, given.notices.list]).toEqual([null, [], []]);
  });
});

describe('the owner of a schedule', () => {
  it('stays as long as the schedule does', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    await given.addBob();
    expect(await given.workspace.profiles.remove(given.ada)).toBe(
      'The schedule “Nightly” runs as “Ada”. Delete it first, or make it anew as another profile.',
    );
    await given.schedules.edit(id, { ...given.get('Nightly'), title: 'Daily' });
    expect(given.get('Daily').ownerId).toBe(given.ada);
    await given.schedules.remove(id);
    expect(await given.workspace.profiles.remove(given.ada)).toBeNull();
  });

  it('that is not there any more has it paused', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    await given.addBob();
    await given.storage.changeProfiles(() => ({
      isOk: true,
      value: { type: 'remove', profileId: given.ada },
    }));
    await given.workspace.profiles.refresh();
    await given.time.pass(10 * minute);
    expect(given.schedules.find(id)?.paused).toEqual({
      reason: 'The profile that it runs as is not there any more. Delete it and make another one.',
    });
    expect(given.findRunning()).toBeNull();
  });
});

describe('a schedule that is deleted', () => {
  it('stops, and comes back without what was due meanwhile', async () => {
    const given = await setup();
    const { id } = await given.addSchedule('Nightly', 10);
    await given.time.pass(10 * minute);
    await awaitJob(given);
    await given.schedules.remove(id);
    await settle();
    expect([given.findRunning(), given.schedules.schedules]).toEqual([null, []]);
    await given.time.pass(15 * minute);
    given.notices.list.at(-1)?.action?.run();
    await settle();
    expect(given.get('Nightly')).toMatchObject({ id, running: null, missed: { latest: [] } });
    await given.time.pass(5 * minute);
    await endDone(await awaitJob(given));
    await vi.waitFor(() => {
      expect(listRuns(given.get('Nightly'))).toEqual(['due 31: done as Ada']);
    });
  });
});
