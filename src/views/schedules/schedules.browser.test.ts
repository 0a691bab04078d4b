// Longer than most files: schedules, lines and the question about edits share what they are shown with.
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import { LineRunId, NotebookId, SessionId } from '../../model/ids.ts';
import { weekdays } from '../../model/rhythm.ts';
import type { Schedule } from '../../model/schedule.ts';
import { buildRun } from '../../model/testing/build-schedules.ts';
import { buildCell, buildNotebook, buildSession, sourceOf } from '../../model/testing/builders.ts';
import { fitWindow } from '../../ui/testing/mouse.ts';
import App from '../App.svelte';
import { openWorkspace } from '../testing/open-workspace.ts';

/** The app with the notebook “Report”, whose profile is Ada. */
async function showApp() {
  const notebook = buildNotebook([], { title: 'Report', cells: [buildCell('sums', { source: 'x = 1' })] });
  const opened = await openWorkspace(notebook);
  const { workspace } = opened;
  const ada = workspace.profiles.active.id;
  await workspace.profiles.change(ada, { username: 'ada', displayName: 'Ada' });
  await fitWindow(1280);
  const screen = await render(App, { workspace, packagesUrl: 'packages.json' });
  const show = async (name: 'Schedules' | 'Production lines') => {
    await screen.getByRole('button', { name, exact: true }).click();
    const dialog = screen.getByRole('dialog', { name });
    await expect.element(dialog).toBeVisible();
    return dialog;
  };
  return { ...opened, screen, notebook, show };
}

type Shown = Awaited<ReturnType<typeof showApp>>;

async function addSchedule(
  { workspace, notebook }: Shown,
  changes: Partial<Schedule> = {},
): Promise<Schedule> {
  const target = { type: 'notebook', notebookId: notebook.id } as const;
  await workspace.schedules.add({ title: 'Nightly', target, rhythm: { type: 'interval', minutes: 10 } });
  const [schedule] = workspace.schedules.schedules;
  if (!schedule) throw new Error('there is no schedule');
  return { ...schedule, ...changes };
}

/** Bob is active from here on. */
async function switchToBob({ workspace: { profiles } }: Shown): Promise<void> {
  await profiles.add({ username: 'bob', displayName: 'Bob' });
  const bob = profiles.profiles.find(({ username }) => username === 'bob');
  if (bob) profiles.switchTo(bob.id);
}

describe('the list of schedules', () => {
  test('begins empty, and gets one that runs the open notebook as the active profile', async () => {
    const shown = await showApp();
    const dialog = await shown.show('Schedules');
    await expect.element(dialog).toHaveTextContent(/There are none yet/);
    await dialog.getByRole('button', { name: 'New schedule' }).click();
    const form = shown.screen.getByRole('dialog', { name: 'New schedule' });
    await expect.element(form).toHaveTextContent(/Scripts act for “Ada”/);
    await form.getByLabelText('Title').fill('Nightly');
    await form.getByLabelText('Minutes between two runs').fill('90');
    await form.getByRole('button', { name: 'Save' }).click();
    const item = dialog.getByRole('listitem', { name: 'Nightly' });
    await expect
      .element(item)
      .toHaveTextContent(/Runs “Report” every 90 minutes, as “Ada”\s+Next in 90 minutes/);
    expect(shown.workspace.schedules.schedules).toMatchObject([
      {
        title: 'Nightly',
        rhythm: { type: 'interval', minutes: 90 },
        ownerId: shown.workspace.profiles.active.id,
      },
    ]);
  });

  test('runs, stops, pauses, resumes and deletes', async () => {
    const shown = await showApp();
    await addSchedule(shown);
    const dialog = await shown.show('Schedules');
    const item = dialog.getByRole('listitem', { name: 'Nightly' });
    const choose = async (action: string): Promise<void> => {
      await dialog.getByRole('button', { name: 'Actions for Nightly' }).click();
      await shown.screen.getByRole('menuitem', { name: action }).click();
    };
    await item.getByRole('button', { name: 'Run Nightly now' }).click();
    await expect.element(item).toHaveTextContent(/Runs now: “Report”/);
    await expect.poll(() => shown.kernel.isRunning).toBe(true);
    await item.getByRole('button', { name: 'Stop Nightly' }).click();
    await expect.element(item).toHaveTextContent(/Last run stopped, .*\. It was stopped\./);
    await item.getByText('1 run').click();
    await expect.element(item).toHaveTextContent(/stopped, .*, by hand, as “Ada”\s+Report: It was stopped\./);
    await choose('Pause');
    await expect.element(item).toHaveTextContent(/Paused/);
    await choose('Resume');
    await expect.element(item).toHaveTextContent(/Next in 10 minutes/);
    await choose('Delete');
    await expect.element(dialog).toHaveTextContent(/There are none yet/);
  });

  test('says what was missed, which is made up for or dismissed', async () => {
    const shown = await showApp();
    const { id } = await addSchedule(shown);
    const at = Date.now() - 60_000;
    const missed = { whileClosed: 2, whileRunning: 0, latest: [{ at, reason: 'closed' }] } as const;
    await shown.storage.changeSchedule(id, (stored) => stored && { ...stored, missed });
    await shown.workspace.schedules.refresh();
    await expect.element(shown.screen.getByRole('button', { name: 'Schedules: 2 missed' })).toBeVisible();
    shown.workspace.schedules.show();
    const item = shown.screen.getByRole('listitem', { name: 'Nightly' });
    await expect.element(item).toHaveTextContent(/Missed 2 times: .* and 1 more\. Cahier was closed/);
    await item.getByRole('button', { name: 'Dismiss what Nightly missed' }).click();
    await expect.element(item).not.toHaveTextContent(/Missed/);
    expect(shown.workspace.schedules.find(id)?.missed.latest).toEqual([]);
  });

  test('stops what runs in another tab by asking that, and notes where the tab is gone', async () => {
    const shown = await showApp();
    const { id } = await addSchedule(shown);
    const { schedules } = shown.workspace;
    const begin = async (): Promise<void> => {
      const running = {
        ...{ runId: LineRunId.from('run'), tabId: 'other', dueAt: null },
        ...{ startedAt: Date.now(), isStopAsked: false },
      };
      await shown.storage.changeSchedule(id, (stored) => stored && { ...stored, running });
      await schedules.refresh();
    };
    const isOpen = vi.spyOn(shown.tabs, 'isOpen').mockResolvedValue(true);
    await begin();
    const dialog = await shown.show('Schedules');
    const item = dialog.getByRole('listitem', { name: 'Nightly' });
    await expect.element(item).toHaveTextContent(/Runs now, in another tab/);
    await item.getByRole('button', { name: 'Stop Nightly' }).click();
    await expect.element(item).toHaveTextContent(/Asked to stop: the tab that it runs in has yet to answer/);
    isOpen.mockResolvedValue(false);
    await item.getByRole('button', { name: 'Stop Nightly' }).click();
    await expect
      .element(item)
      .toHaveTextContent(/Last run stopped, .*\. The tab that it ran in was closed\./);
    await expect.element(item.getByRole('button', { name: 'Run Nightly now' })).toBeVisible();
  });

  test('leads to the record of a run', async () => {
    const shown = await showApp();
    const { id } = await addSchedule(shown);
    const session = buildSession(5, {
      id: SessionId.from('session'),
      notebookId: shown.notebook.id,
      cause: { type: 'schedule', title: 'Nightly', ownerName: 'Ada' },
      ranBy: 'Ada',
    });
    await shown.storage.saveSession(session);
    const step = { title: 'Report', sessionId: session.id, status: 'done', reason: null } as const;
    const gone = { ...step, notebookId: NotebookId.from('gone'), title: 'Gone' };
    const run = buildRun('run', 5, { steps: [{ ...step, notebookId: shown.notebook.id }, gone] });
    await shown.storage.changeSchedule(id, (stored) => stored && { ...stored, runs: [run] });
    await shown.workspace.schedules.refresh();
    const dialog = await shown.show('Schedules');
    await dialog.getByText('1 run').click();
    expect(dialog.getByRole('button', { name: /^Record of/ }).elements().length).toBe(1);
    await dialog.getByRole('button', { name: /^Record of Report/ }).click();
    const history = shown.screen.getByRole('dialog', { name: 'History' });
    await expect
      .element(history.getByRole('region', { name: 'Schedule “Nightly”, as “Ada”' }))
      .toHaveTextContent(/Run as “Ada”/);
  });
});

describe('the form of a schedule', () => {
  test('says what is wrong where it stands, and takes times of day', async () => {
    const shown = await showApp();
    await addSchedule(shown);
    const dialog = await shown.show('Schedules');
    await dialog.getByRole('button', { name: 'New schedule' }).click();
    const form = shown.screen.getByRole('dialog', { name: 'New schedule' });
    await form.getByLabelText('Title').fill('Nightly');
    await form.getByLabelText('Minutes between two runs').fill('0');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.element(form.getByLabelText('Title')).toHaveFocus();
    await expect.element(form).toHaveTextContent(/Another schedule has this title\./);
    await expect.element(form).toHaveTextContent(/Write whole minutes from 1 to 1,440\./);
    await form.getByLabelText('Title').fill('Mornings');
    await form.getByLabelText('At times of day').click();
    await form.getByRole('button', { name: 'Add a time' }).click();
    await expect.element(form.getByLabelText('Time 2', { exact: true })).toHaveFocus();
    await form.getByLabelText('Time 2', { exact: true }).fill('06:30');
    for (const day of ['Saturday', 'Sunday']) await form.getByLabelText(day).click();
    await form.getByRole('button', { name: 'Save' }).click();
    const item = dialog.getByRole('listitem', { name: 'Mornings' });
    await expect.element(item).toHaveTextContent(/at 06:30.* and 08:00.* from Monday to Friday, as “Ada”/);
    expect(shown.workspace.schedules.schedules[0]?.rhythm).toEqual({
      type: 'times',
      times: ['06:30', '08:00'],
      weekdays: weekdays.slice(0, 5),
    });
  });

  test('keeps the owner, whoever edits it', async () => {
    const shown = await showApp();
    const { ownerId } = await addSchedule(shown);
    await switchToBob(shown);
    const dialog = await shown.show('Schedules');
    await dialog.getByRole('button', { name: 'Nightly', exact: true }).click();
    const form = shown.screen.getByRole('dialog', { name: 'Schedule Nightly' });
    await expect.element(form).toHaveTextContent(/It runs as the profile “Ada” that made it/);
    await form.getByLabelText('Title').fill('Daily');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => shown.workspace.schedules.schedules).toMatchObject([{ title: 'Daily', ownerId }]);
  });
});

describe('a production line', () => {
  test('is made of notebooks in an order, run, and kept while a schedule runs it', async () => {
    const shown = await showApp();
    await shown.workspace.createNotebook('Sums');
    const dialog = await shown.show('Production lines');
    await dialog.getByRole('button', { name: 'New production line' }).click();
    const form = shown.screen.getByRole('dialog', { name: 'New production line' });
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.element(form).toHaveTextContent(/Add a notebook that is to be run\./);
    for (let count = 0; count < 2; count += 1)
      await form.getByRole('button', { name: 'Add a notebook' }).click();
    await form.getByLabelText('Notebook 2', { exact: true }).element().focus();
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    await form.getByLabelText('Title').fill('Monthly');
    await form.getByRole('button', { name: 'Save' }).click();
    const item = dialog.getByRole('listitem', { name: 'Monthly' });
    await expect.element(item).toHaveTextContent(/Sums → Report/);
    const [line] = shown.workspace.lines.lines;
    if (!line) throw new Error('there is no line');
    const target = { type: 'production-line', lineId: line.id } as const;
    await shown.workspace.schedules.add({
      title: 'Nightly',
      target,
      rhythm: { type: 'interval', minutes: 5 },
    });
    await expect.element(item).toHaveTextContent(/Run by the schedule “Nightly”/);
    await dialog.getByRole('button', { name: 'Actions for Monthly' }).click();
    await shown.screen.getByRole('menuitem', { name: 'Delete' }).click();
    await expect
      .element(dialog.getByRole('alert'))
      .toHaveTextContent('“Monthly” cannot be deleted while it is run by the schedule “Nightly”.');
    await item.getByRole('button', { name: 'Run Monthly' }).click();
    await expect
      .element(item)
      .toHaveTextContent(/Last run failed, .*There is no cell in it that could be run\./);
  });
});

describe('a notebook that runs on behalf of somebody else', () => {
  test('says so, asks before the first change, and takes it back', async () => {
    const shown = await showApp();
    await addSchedule(shown);
    const note = shown.screen.getByRole('note', { name: 'Runs for others' });
    expect(note.elements()).toEqual([]);
    await switchToBob(shown);
    await expect
      .element(note)
      .toHaveTextContent(
        /This notebook runs every 10 minutes as “Ada”, by the schedule “Nightly”\. What you write here runs in the name of “Ada”\./,
      );
    const { editor, notebook } = shown.session;
    const [cell] = notebook.cells;
    if (!cell) throw new Error('there is no cell');
    const write = (): unknown => editor.edit({ type: 'set-source', cellId: cell.id, source: 'mine' });
    const question = shown.screen.getByRole('dialog', { name: 'This runs for somebody else' });
    write();
    await expect.element(question).toBeVisible();
    // Keys that were typed into the notebook answer nothing.
    await userEvent.keyboard('a {Enter}');
    expect(shown.workspace.scheduledEdits.question).not.toBeNull();
    await question.getByRole('button', { name: 'Take it back' }).click();
    await expect.poll(() => sourceOf(shown.session.notebook.cells[0])).toBe('x = 1');
    write();
    await question.getByRole('button', { name: 'Pause the schedule' }).click();
    await expect.poll(() => note.elements().length).toBe(0);
    expect(sourceOf(shown.session.notebook.cells[0])).toBe('mine');
    await shown.show('Schedules');
    await expect.element(shown.screen.getByRole('listitem', { name: 'Nightly' })).toHaveTextContent(/Paused/);
  });

  test('asks for the files that a job has changed, and says which schedule waits for the answer', async () => {
    const shown = await showApp();
    const { id } = await addSchedule(shown);
    await switchToBob(shown);
    shown.session.run({ type: 'all' });
    await expect.poll(() => shown.kernel.isRunning).toBe(true);
    shown.kernel.changeFiles({
      directory: 'notebook',
      written: [{ path: 'tools.py', data: new TextEncoder().encode('mine') }],
      removed: [],
    });
    shown.kernel.end({ status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } });
    const question = shown.screen.getByRole('dialog', { name: 'This runs for somebody else' });
    await expect
      .element(question)
      .toHaveTextContent(
        /What you ran has changed files of “Report”: tools\.py\. Nothing of that is kept yet\./,
      );
    await shown.workspace.schedules.runNow(id);
    await expect.element(question).toHaveTextContent(/Waiting for your answer to run: “Nightly”\./);
    shown.workspace.schedules.show();
    await expect
      .element(shown.screen.getByRole('listitem', { name: 'Nightly', includeHidden: true }))
      .toHaveTextContent(/Waits for your answer about “Report”/);
    shown.workspace.schedules.hide();
    await question.getByRole('button', { name: 'Keep the files' }).click();
    await expect.poll(() => shown.session.notebook.files.map(({ path }) => path)).toEqual(['tools.py']);
  });
});
