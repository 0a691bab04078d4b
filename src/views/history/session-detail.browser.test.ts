import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { userEvent } from 'vitest/browser';
import { dataset, float64, int64 } from '../../data/testing/build-dataset.ts';
import { createCell } from '../../model/create-cell.ts';
import type { JobEnding } from '../../model/job.ts';
import { CyclesId } from '../../model/ids.ts';
import { buildNotebook, buildSession } from '../../model/testing/builders.ts';
import { openNotebook } from '../testing/open-notebook.ts';
import HistoryDialog from './HistoryDialog.svelte';

const done = {
  status: 'done',
  products: { outputs: [], images: [], modules: [], ranBlocks: [] },
} satisfies JobEnding;

/** Runs all, ends the first job and opens the history. */
async function open() {
  const { session, kernel } = openNotebook(buildNotebook(['one', 'two', 'three']));
  session.run({ type: 'all' });
  kernel.end(done);
  await expect.poll(() => kernel.asked.at(-1)).toBe('run two');
  return { session, kernel };
}

describe('a session that is shown while it runs', () => {
  it('leaves the job open that is, shows the next ones, and can be deleted when it has ended', async () => {
    const { session, kernel } = await open();
    const screen = await render(HistoryDialog, { session, onClose: () => undefined });
    const jobs = screen.getByRole('list', { name: 'Jobs' });
    await expect.element(jobs.getByRole('button', { name: 'one', expanded: true })).toBeVisible();
    const remove = screen.getByRole('button', { name: 'Delete' });
    await expect.element(remove).toHaveAttribute('aria-disabled', 'true');
    await expect
      .element(remove)
      .toHaveAccessibleDescription('It runs, and can be deleted when it has ended.');
    kernel.end(done);
    await expect.element(jobs.getByRole('button', { name: 'two', expanded: false })).toBeVisible();
    await expect.element(jobs.getByRole('button', { name: 'one', expanded: true })).toBeVisible();
    kernel.end(done);
    await expect.element(remove).not.toHaveAttribute('aria-disabled');
    await userEvent.click(remove);
    await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
    await expect.element(screen.getByText('Nothing was run yet.', { exact: false })).toBeVisible();
  });

  it('is not said to be nothing before its first job has ended', async () => {
    const { session, kernel } = openNotebook(buildNotebook(['one']));
    session.run({ type: 'all' });
    const screen = await render(HistoryDialog, { session, onClose: () => undefined });
    await expect
      .element(screen.getByText('The first job has not ended yet.', { exact: false }))
      .toBeVisible();
    await expect.poll(() => kernel.asked.at(-1)).toBe('run one');
    kernel.end(done);
    await expect.element(screen.getByRole('list', { name: 'Sessions' })).toBeVisible();
  });

  it('shows the newest answer, however late an earlier one comes', async () => {
    const { session, kernel } = await open();
    const load = session.history.loadJobs.bind(session.history);
    let answerLate: () => void = () => undefined;
    vi.spyOn(session.history, 'loadJobs').mockImplementationOnce(async (shown) => {
      const early = await load(shown);
      await new Promise<void>((resolve) => (answerLate = resolve));
      return early;
    });
    const screen = await render(HistoryDialog, { session, onClose: () => undefined });
    await expect.poll(() => session.history.sessions.length).toBe(1);
    kernel.end(done);
    const jobs = screen.getByRole('list', { name: 'Jobs' });
    await expect.element(jobs.getByRole('button', { name: 'two' })).toBeVisible();
    answerLate();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect.element(jobs.getByRole('button', { name: 'two' })).toBeVisible();
    kernel.end(done);
  });

  it('says so when its jobs cannot be read', async () => {
    const { session, kernel } = await open();
    vi.spyOn(session.history, 'loadJobs').mockRejectedValue(new Error('no access'));
    const screen = await render(HistoryDialog, { session, onClose: () => undefined });
    await expect
      .element(screen.getByRole('alert'))
      .toHaveTextContent('The jobs cannot be read: no access. Close the history and open it again.');
    kernel.end(done);
  });
});

describe('the record of a Data Generator', () => {
  it('has the types that its columns were given, and shows tables with them', async () => {
    const cell = createCell('data-generator', 'Sales');
    if (cell.kind !== 'data-generator') throw new Error('it is a Data Generator');
    const manualTypes = [
      { column: 'month', scale: 'ordinal', representation: 'int' },
      { column: 'gone', scale: 'nominal', representation: 'string' },
    ] as const;
    const typed = { ...cell, configuration: { ...cell.configuration, manualTypes } };
    const { session, kernel } = openNotebook(buildNotebook([], { cells: [typed] }));
    session.runCell(cell.id);
    await expect.poll(() => kernel.asked.at(-1)).toBe('run Sales');
    const columns = dataset({ ...int64('month', [1n]), scale: 'ordinal' }, float64('sum', [0.5]));
    const outputs = [{ handle: 'sales', value: { kind: 'dataset', dataset: columns } }] as const;
    kernel.end({ status: 'done', products: { ...done.products, outputs } });
    await expect.poll(() => session.isBusy).toBe(false);

    const screen = await render(HistoryDialog, { session, onClose: () => undefined });
    const record = screen.getByRole('region', { name: 'Job: Sales' });
    await expect.element(record.getByText('month: ordinal, int', { exact: true })).toBeVisible();
    await expect.element(record.getByText('gone: nominal, string', { exact: true })).toBeVisible();
    await record.getByRole('tab', { name: 'Result Table' }).click();
    await expect.element(record.getByRole('columnheader', { name: 'month int64 · ordinal' })).toBeVisible();
    await expect.element(record.getByRole('columnheader', { name: 'sum float64 · ratio' })).toBeVisible();
  });
});

/** Runs one after another cell of a notebook, and opens the history: one session a cell, the last one first. */
async function openThree() {
  const { session, kernel } = openNotebook(buildNotebook(['one', 'two', 'three']));
  for (const { id, title } of session.notebook.cells) {
    session.runCell(id);
    await expect.poll(() => kernel.asked.at(-1)).toBe(`run ${title}`);
    kernel.end(done);
    await expect.poll(() => session.isBusy).toBe(false);
  }
  const screen = await render(HistoryDialog, { session, onClose: () => undefined });
  const sessions = screen.getByRole('list', { name: 'Sessions' });
  await expect.element(sessions.getByRole('button', { name: /^two/ })).toBeVisible();
  return { screen, sessions };
}

describe('a session that is deleted', () => {
  it('goes at the second press, and leaves the place and the focus to the one below', async () => {
    const { screen, sessions } = await openThree();
    await userEvent.click(sessions.getByRole('button', { name: /^two/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete', exact: true }));
    expect(sessions.getByRole('button').elements().length).toBe(3);
    await userEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
    await expect.element(sessions.getByRole('button', { name: /^one/ })).toHaveFocus();
    expect(sessions.getByRole('button').elements().length).toBe(2);
    await expect.element(screen.getByRole('region', { name: 'one', exact: true })).toBeVisible();
  });

  it('stays when something else is pressed in between', async () => {
    const { screen, sessions } = await openThree();
    await userEvent.click(screen.getByRole('button', { name: 'Delete', exact: true }));
    await userEvent.click(sessions.getByRole('button', { name: /^three/ }));
    await expect.element(screen.getByRole('button', { name: 'Delete', exact: true })).toBeVisible();
    expect(sessions.getByRole('button').elements().length).toBe(3);
  });
});

describe('the cycles of a Statement', () => {
  it('stand together, and are shown one by one when they are asked for', async () => {
    const { session, storage } = openNotebook(buildNotebook(['cell']));
    const cyclesId = CyclesId.create();
    for (const cycle of [1, 2, 3]) {
      const cause = { type: 'one', cellTitle: 'Load', cycle, cyclesId } as const;
      await storage.saveSession(buildSession(1_000 + cycle, { cause }));
    }
    await storage.saveSession(buildSession(2_000));
    const screen = await render(HistoryDialog, { session, onClose: () => undefined });
    const sessions = screen.getByRole('list', { name: 'Sessions' });
    const cycles = sessions.getByRole('button', { name: 'Load, cycles 1 to 3' });
    await expect.element(cycles).toHaveAttribute('aria-expanded', 'false');
    expect(sessions.getByRole('listitem').elements()).toHaveLength(2);
    await userEvent.click(cycles);
    const each = screen.getByRole('list', { name: 'Load, cycles 1 to 3' }).getByRole('button');
    expect(each.elements().map((button) => button.querySelector('span')?.textContent)).toEqual([
      'Load, cycle 3',
      'Load, cycle 2',
      'Load, cycle 1',
    ]);
    await userEvent.click(each.nth(1));
    await expect.element(screen.getByRole('region', { name: 'Load, cycle 2' })).toBeVisible();
    await userEvent.click(cycles);
    await expect.element(cycles).toHaveAttribute('aria-current', 'true');
    await userEvent.click(cycles);
    await userEvent.click(screen.getByRole('button', { name: 'Delete all 3' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete all for good' }));
    await expect.element(sessions.getByRole('button', { name: 'All cells' })).toHaveFocus();
    expect((await storage.loadSessions(session.notebook.id)).values).toHaveLength(1);
  });
});
