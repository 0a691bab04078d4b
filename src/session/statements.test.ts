import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as build from '../data/testing/build-dataset.ts';
import { longestHistory, type CheckpointValue } from '../model/checkpoint.ts';
import { createStatement } from '../model/create-cell.ts';
import type { Cycles } from '../model/cycles.ts';
import { SchemaId, type DataSchema } from '../model/data-schema.ts';
import { WorkspaceId } from '../model/ids.ts';
import { createPlainError, isDone, type Job, type JobEnding } from '../model/job.ts';
import { listTableFiles } from '../model/outputs.ts';
import { groupSessions } from '../model/session.ts';
import { mostSessions } from '../model/session-retention.ts';
import type { StatementConfiguration } from '../model/statement.ts';
import { buildNotebook, buildScriptlet } from '../model/testing/builders.ts';
import { fail } from '../shared/result.ts';
import { openSession, waitForEnd, type OpenSession } from './testing/open-session.ts';

const schema: DataSchema = {
  id: SchemaId.from('rows'),
  workspaceId: WorkspaceId.from('workspace'),
  name: 'Rows',
  description: '',
  fields: [{ name: 'id', type: 'integer', isNullable: false, description: '' }],
  createdAt: 1,
  changedAt: 1,
};
const failed: JobEnding = { status: 'failed', error: createPlainError('exception', 'no') };
const cell = createStatement('Load');

function put(ids: readonly bigint[], checkpoint: CheckpointValue | null = null): JobEnding {
  const dataset = build.dataset(build.int64('id', ids));
  const outputs = [{ handle: 'output', value: { kind: 'dataset', dataset } }] as const;
  return { status: 'done', products: { outputs, images: [], modules: [], ranBlocks: [], checkpoint } };
}

function setup(change: Partial<StatementConfiguration> = {}): OpenSession {
  const configuration = { ...cell.configuration, outputSchema: schema.id, ...change };
  return openSession(buildNotebook([], { cells: [{ ...cell, configuration }] }), undefined, (id) =>
    id === schema.id ? schema : null,
  );
}

/** Waits until Python was handed a job, ends it, and waits until its cell is done with it. */
async function end({ kernel, session }: OpenSession, ending: JobEnding): Promise<void> {
  await vi.waitFor(() => {
    expect(kernel.isRunning).toBe(true);
  });
  const { length } = kernel.asked;
  kernel.end(ending);
  await vi.waitFor(() => {
    const isOver = !session.getRun(cell.id).isBusy || kernel.asked.length > length;
    expect(isOver).toBe(true);
  });
}

function countRows({ session }: OpenSession): number {
  const job = session.getRun(cell.id).doneJob;
  const output = job && isDone(job) ? job.outcome.outputs[0] : undefined;
  return output?.kind === 'dataset' ? output.summary.rowCount : 0;
}

describe('the checkpoint of a Statement', () => {
  const seven: CheckpointValue = { type: 'integer', text: '7' };

  it('is what the last run left, and the next is given it', async () => {
    const given = setup({ checkpointColumn: 'id' });
    given.session.runCell(cell.id);
    await end(given, put([7n], seven));
    expect(given.session.checkpoints.get(cell.id)?.history.map(({ value }) => value)).toEqual([seven]);
    given.session.runCell(cell.id);
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    expect(given.kernel.request).toMatchObject({ checkpoint: { column: 'id', value: seven } });
    given.kernel.end(failed);
    await vi.waitFor(() => {
      expect(given.session.getRun(cell.id).isBusy).toBe(false);
    });
    // A run that fails leaves it, and so does one that leaves the same value.
    given.session.runCell(cell.id);
    await end(given, put([7n], seven));
    expect(given.session.checkpoints.get(cell.id)?.history).toHaveLength(1);
    const { values } = await given.storage.loadCheckpoints(given.session.notebook.id);
    expect(values).toEqual([given.session.checkpoints.get(cell.id)]);
  });

  it('stays as a person set it during a run that returned no rows, also in storage', async () => {
    const given = setup({ checkpointColumn: 'id' });
    given.session.checkpoints.set(cell.id, 'id', seven);
    given.session.runCell(cell.id);
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    given.session.checkpoints.set(cell.id, 'id', null);
    await end(given, put([], seven));
    expect(given.session.checkpoints.get(cell.id)?.history[0].value).toBe(null);
  });

  it.each([
    ['was reset', null],
    ['was set to what it was', seven],
  ])('stays as a person left it during a run that returned rows, where it %s', async (_, set) => {
    const given = setup({ checkpointColumn: 'id' });
    given.session.checkpoints.set(cell.id, 'id', seven);
    given.session.runCell(cell.id);
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    given.session.checkpoints.set(cell.id, 'id', set);
    await end(given, put([8n], { type: 'integer', text: '8' }));
    expect(countRows(given)).toBe(1);
    expect(given.session.checkpoints.get(cell.id)?.history.map(({ value }) => value)).toEqual([set, seven]);
    const { values } = await given.storage.loadCheckpoints(given.session.notebook.id);
    expect(values).toEqual([given.session.checkpoints.get(cell.id)]);
  });

  it('is set and reset by hand', async () => {
    const given = setup({ checkpointColumn: 'id' });
    given.session.checkpoints.set(cell.id, 'id', seven);
    given.session.checkpoints.set(cell.id, 'id', null);
    const { values } = await given.storage.loadCheckpoints(given.session.notebook.id);
    expect(values[0]?.history.map(({ value, origin }) => [value, origin])).toEqual([
      [null, null],
      [seven, null],
    ]);
  });
});

describe('earlier results of a Statement that are put back', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000 });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const integer = (id: number): CheckpointValue => ({ type: 'integer', text: String(id) });

  /** Runs it, a second after what was before. */
  async function append(given: OpenSession, id: number, left = integer(id)): Promise<void> {
    vi.advanceTimersByTime(1_000);
    given.session.runCell(cell.id);
    await end(given, put([BigInt(id)], left));
  }

  /** Puts the results of the session with this number back, from 0. */
  async function restore(given: OpenSession, index: number): Promise<string | null> {
    await vi.waitFor(() => {
      expect(given.session.isBusy).toBe(false);
    });
    await given.session.history.load();
    const session = given.session.history.sessions.toReversed()[index];
    if (!session) throw new Error('there is such a session');
    vi.advanceTimersByTime(1_000);
    return await given.session.restore(session);
  }

  const setUp = () => setup({ checkpointColumn: 'id', isAppending: true });

  it('come with the checkpoint that was stored with them, in one', async () => {
    const given = setUp();
    for (const id of [1, 2, 3]) await append(given, id);
    const add = vi.spyOn(given.storage, 'addRestored');
    expect(await restore(given, 0)).toBe(null);
    const checkpoint = given.session.checkpoints.get(cell.id);
    expect(checkpoint?.history.map(({ value }) => value?.text)).toEqual(['1', '3', '2', '1']);
    expect(checkpoint?.history[0].origin).toEqual({
      jobId: given.session.getRun(cell.id).doneJob?.id,
      sessionId: given.session.history.sessions[0]?.id,
    });
    expect(add.mock.lastCall?.[0].checkpoints).toEqual([checkpoint]);
    expect((await given.storage.loadCheckpoints(given.session.notebook.id)).values).toEqual([checkpoint]);
    await append(given, 2);
    expect(countRows(given)).toBe(2);
  });

  it('come with it also where their job left what it was given', async () => {
    const given = setUp();
    await append(given, 1);
    await append(given, 1);
    await append(given, 3);
    expect(await restore(given, 1)).toBe(null);
    const [cellNow] = given.session.notebook.cells;
    expect(cellNow?.kind === 'statement' && given.session.checkpoints.getValue(cellNow)).toEqual(integer(1));
    expect(countRows(given)).toBe(2);
  });

  it('leave the cell as it is where the checkpoint of then is no longer known', async () => {
    const given = setUp();
    await append(given, 1);
    const checkpoint = given.session.checkpoints.get(cell.id);
    if (!checkpoint) throw new Error('there is one');
    given.session.checkpoints.take({ ...checkpoint, history: [{ ...checkpoint.history[0], value: null }] });
    for (let id = 0; id < longestHistory; id += 1) {
      vi.advanceTimersByTime(1_000);
      given.session.checkpoints.set(cell.id, 'id', integer(id));
    }
    const before = given.session.checkpoints.get(cell.id);
    expect(await restore(given, 0)).toBe(
      '“Load” keeps the results that it has: the checkpoint that belongs to the others is no longer known.',
    );
    expect(given.session.checkpoints.get(cell.id)).toBe(before);
    expect(given.session.history.sessions).toHaveLength(1);
  });

  it('leave the cell as it is where it has another checkpoint column now', async () => {
    const given = setUp();
    await append(given, 1);
    const configuration = { ...cell.configuration, outputSchema: schema.id };
    given.session.editor.edit({ type: 'configure-cell', kind: 'statement', cellId: cell.id, configuration });
    await append(given, 2);
    expect(await restore(given, 0)).toBe(
      '“Load” keeps the results that it has: its data checkpoint column was another. Choose “id” again to put these back.',
    );
    expect(given.session.history.sessions).toHaveLength(2);
  });

  it('leave the checkpoint where they cannot be stored', async () => {
    const given = setUp();
    for (const id of [1, 2]) await append(given, id);
    const before = given.session.checkpoints.get(cell.id);
    vi.spyOn(given.storage, 'addRestored').mockResolvedValue(
      fail({ kind: 'failed', message: 'the disk is gone' }),
    );
    expect(await restore(given, 0)).toBe('The results could not be put back: the disk is gone.');
    expect(given.session.checkpoints.get(cell.id)).toBe(before);
  });
});

describe('a Statement that appends', () => {
  it('adds its rows to those before, and stays done', async () => {
    const given = setup({ isAppending: true });
    given.session.runCell(cell.id);
    await end(given, put([1n, 2n]));
    given.session.runCell(cell.id);
    await end(given, put([3n]));
    expect(countRows(given)).toBe(3);
    expect(given.session.getState(given.session.notebook.cells[0] ?? cell)).toBe('done');
  });

  it('has all of its rows in whatever reads them, in however many files they are', async () => {
    const given = setup({ isAppending: true });
    const ids = Array.from({ length: 200 }, (_, id) => BigInt(id));
    const commit = vi.spyOn(given.storage, 'commitJob');
    for (const some of [ids, [200n], [], [201n]]) {
      given.session.runCell(cell.id);
      await end(given, put(some));
    }
    const job = given.session.getRun(cell.id).doneJob;
    const output = job?.outcome.outputs[0];
    if (output?.kind !== 'dataset') throw new Error('it put a dataset out');
    const hashes = listTableFiles(output).map(({ blob }) => blob);
    expect(hashes).toHaveLength(2);
    // All of them are at hand for the storage, which may have lost one.
    expect(commit.mock.lastCall?.[1].map(({ hash }) => hash)).toEqual(hashes);
    const everything = { start: 0, end: 1_000 };
    const all = Array.from({ length: 202 }, (_, id) => String(id));
    given.session.getRun(cell.id).closeTables();
    const reader = given.session.results.createJobReader(job as Job);
    for (const opening of [given.session.results.openTable(cell.id, output), reader.openTable(output)]) {
      const { cells } = await (await opening).readWindow(everything, everything);
      expect(cells[0]?.texts).toEqual(all);
    }
    const [source] = await given.session.datasets.list();
    const [offered] = source?.datasets ?? [];
    if (!offered) throw new Error('it is offered');
    expect(await given.session.datasets.choose(cell.id, 'input', offered)).toBe(null);
    given.session.runCell(cell.id);
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    expect(given.kernel.request).toMatchObject({ input: { kind: 'dataset', dataset: { rowCount: 202 } } });
  });

  it('fails where the columns are others now, and keeps what it had', async () => {
    const given = setup({ isAppending: true });
    given.session.runCell(cell.id);
    await end(given, put([1n]));
    const dataset = build.dataset(build.string('id', ['x']));
    const outputs = [{ handle: 'output', value: { kind: 'dataset', dataset } }] as const;
    given.session.runCell(cell.id);
    await end(given, { status: 'done', products: { outputs, images: [], modules: [], ranBlocks: [] } });
    expect(given.session.getRun(cell.id).lastJob?.outcome).toMatchObject({
      status: 'failed',
      error: {
        message: expect.stringContaining('the column “id” held whole numbers, and holds texts now') as string,
      },
    });
    expect(countRows(given)).toBe(1);
  });
});

describe('a Statement that runs in cycles', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function start(cycles: Cycles, change: Partial<StatementConfiguration> = {}): OpenSession {
    const given = setup({ cycles, ...change });
    given.session.runCell(cell.id);
    return given;
  }

  async function endCycle(given: OpenSession, ending: JobEnding): Promise<void> {
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    const run = given.session.getRun(cell.id);
    const before = run.lastJob;
    given.kernel.end(ending);
    await vi.waitFor(() => {
      expect(run.lastJob).not.toBe(before);
    });
    await vi.advanceTimersByTimeAsync(1);
  }

  it('runs a number of times, a session for each', async () => {
    const given = start({ type: 'times', count: 3 }, { isAppending: true });
    expect(given.session.cycles.get(cell.id)).toMatchObject({ cycle: 1, total: 3, nextAt: null });
    for (const id of [1n, 2n, 3n]) await endCycle(given, put([id]));
    expect(given.kernel.asked).toEqual(['run Load', 'run Load', 'run Load']);
    expect(given.session.cycles.get(cell.id)).toBe(null);
    expect(given.session.isBusy).toBe(false);
    expect(countRows(given)).toBe(3);
    given.session.runCell(cell.id);
    await endCycle(given, failed);
    const { history } = given.session;
    await history.load();
    expect(groupSessions(history.sessions).map(({ sessions }) => sessions.map(({ cause }) => cause))).toEqual(
      [
        [{ type: 'one', cellTitle: 'Load', cycle: 1, cyclesId: expect.any(String) as string }],
        [3, 2, 1].map((cycle) => ({ ...history.sessions[1]?.cause, cycle })),
      ],
    );
  });

  it('keeps the record of each of many cycles, and what was run before them', async () => {
    const given = start({ type: 'once' });
    await endCycle(given, put([1n]));
    const cycles: Cycles = { type: 'times', count: mostSessions + 5 };
    const configuration = { ...cell.configuration, outputSchema: schema.id, isAppending: true, cycles };
    given.session.editor.edit({
      type: 'configure-cell',
      kind: 'statement',
      cellId: cell.id,
      configuration,
    });
    const load = vi.spyOn(given.storage, 'loadSessions');
    given.session.runCell(cell.id);
    for (let id = 0n; id < cycles.count; id += 1n) await endCycle(given, put([id]));
    await vi.waitFor(() => {
      expect(given.session.history.untrimmedCount).toBe(0);
    });
    // The history is not looked through after each of them.
    expect(load.mock.calls.length).toBeLessThanOrEqual(2);
    const { values } = await given.storage.loadSessions(given.session.notebook.id);
    expect(groupSessions(values).map(({ sessions }) => sessions.length)).toEqual([cycles.count, 1]);
  });

  it('runs until there are no more rows, also where they are added to those before', async () => {
    const given = start({ type: 'until-empty' }, { isAppending: true });
    await endCycle(given, put([1n]));
    await endCycle(given, put([2n]));
    await endCycle(given, put([]));
    expect(given.kernel.asked).toHaveLength(3);
    expect(given.session.cycles.get(cell.id)).toBe(null);
    expect(countRows(given)).toBe(2);
  });

  it('runs no further once it fails', async () => {
    const given = start({ type: 'times', count: 3 });
    await endCycle(given, failed);
    expect(given.kernel.asked).toHaveLength(1);
    expect(given.session.cycles.get(cell.id)).toBe(null);
  });

  it.each([{ type: 'times', count: 3 } as const, { type: 'interval', seconds: 10 } as const])(
    'says that there are no more of them once one fails: %o',
    async (cycles) => {
      const given = start(cycles);
      await endCycle(given, put([1n]));
      await vi.advanceTimersByTimeAsync(10_000);
      await endCycle(given, failed);
      expect(given.notices.list.map(({ text }) => text)).toEqual([
        '“Load” runs in no further cycles: cycle 2 failed. The cell says why. Press Run to begin again.',
      ]);
    },
  );

  function edit({ session }: OpenSession, source: string): void {
    session.editor.edit({ type: 'set-source', cellId: cell.id, source });
  }

  async function listCycles({ session }: OpenSession): Promise<unknown[]> {
    await session.history.load();
    return session.history.sessions
      .map(({ cause }) => (cause.type === 'one' ? cause.cycle : cause.type))
      .reverse();
  }

  it('goes on when Run is pressed during one', async () => {
    const given = start({ type: 'times', count: 3 });
    await endCycle(given, put([1n]));
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    given.session.runCell(cell.id);
    expect(given.session.cycles.get(cell.id)).toEqual({ cycle: 2, total: 3, nextAt: null });
    for (const id of [2n, 3n]) await endCycle(given, put([id]));
    expect(await listCycles(given)).toEqual([1, 2, 3]);
    expect(given.session.isBusy).toBe(false);
  });

  it('begins anew after the cycle that runs when Run is pressed on what was edited meanwhile', async () => {
    const given = start({ type: 'until-empty' }, { isAppending: true });
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    edit(given, 'return [{"id": 1}]');
    given.session.runCell(cell.id);
    given.session.runCell(cell.id);
    await endCycle(given, put([1n]));
    expect(given.session.cycles.get(cell.id)).toMatchObject({ cycle: 1 });
    for (const ids of [[2n], []]) await endCycle(given, put(ids));
    expect(await listCycles(given)).toEqual([1, 1, 2]);
    expect(given.session.isBusy).toBe(false);
  });

  it('begins anew when Run is pressed in the very task in which one ended', async () => {
    const given = start({ type: 'times', count: 2 });
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    given.kernel.end(failed);
    await waitForEnd(given.session.getRun(cell.id));
    given.session.runCell(cell.id);
    expect(given.session.cycles.get(cell.id)).toEqual({ cycle: 1, total: 2, nextAt: null });
    for (const id of [2n, 3n]) await endCycle(given, put([id]));
    expect(await listCycles(given)).toEqual([1, 1, 2]);
    expect(given.session.isBusy).toBe(false);
  });

  it('waits for the end of another run that has the cell, whose end is not its own', async () => {
    const given = start({ type: 'interval', seconds: 10 });
    await endCycle(given, put([1n]));
    given.session.run({ type: 'all' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(given.session.cycles.get(cell.id)).toEqual({ cycle: 2, total: null, nextAt: null });
    await endCycle(given, failed);
    await endCycle(given, put([2n]));
    await vi.advanceTimersByTimeAsync(10_000);
    await endCycle(given, put([3n]));
    expect(await listCycles(given)).toEqual([1, 'all', 2, 3]);
    given.session.stopCell(cell.id);
  });

  it('goes on after another run for which the cell was queued again during a cycle', async () => {
    const given = start({ type: 'times', count: 2 });
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    edit(given, 'return [{"id": 1}]');
    given.session.run({ type: 'all' });
    for (const id of [1n, 2n, 3n]) await endCycle(given, put([id]));
    expect(await listCycles(given)).toEqual([1, 'all', 2]);
    expect(given.session.isBusy).toBe(false);
  });

  it('is stopped, with the other run that it waits for, at one press', async () => {
    const given = start({ type: 'interval', seconds: 10 });
    await endCycle(given, put([1n]));
    given.session.run({ type: 'all' });
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    given.session.stopCell(cell.id);
    await vi.waitFor(() => {
      expect(given.session.getRun(cell.id).lastJob?.outcome.status).toBe('stopped');
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(given.kernel.asked).toEqual(['run Load', 'run Load', 'stop']);
    expect(given.session.isBusy).toBe(false);
  });

  it('says nothing of more cycles once the last of them fails', async () => {
    const given = start({ type: 'times', count: 2 });
    await endCycle(given, put([1n]));
    await endCycle(given, failed);
    expect(given.notices.list).toEqual([]);
  });

  it('waits between two cycles, in which it is stopped at once', async () => {
    const given = start({ type: 'interval', seconds: 10 });
    await endCycle(given, put([]));
    expect(given.session.cycles.get(cell.id)).toMatchObject({ cycle: 1, total: null });
    expect(given.session.isBusy).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(given.session.cycles.get(cell.id)).toMatchObject({ cycle: 2, nextAt: null });
    await endCycle(given, put([1n]));
    given.session.stopCell(cell.id);
    expect(given.session.isBusy).toBe(false);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(given.kernel.asked).toHaveLength(2);
  });

  it('ends with the cycle that is stopped', async () => {
    const given = start({ type: 'times', count: 3 });
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    given.session.stopCell(cell.id);
    await vi.waitFor(() => {
      expect(given.session.getRun(cell.id).lastJob?.outcome.status).toBe('stopped');
    });
    await vi.advanceTimersByTimeAsync(1);
    expect(given.kernel.asked).toEqual(['run Load', 'stop']);
    expect(given.notices.list).toEqual([]);
    expect(given.session.isBusy).toBe(false);
  });

  it('ends when what it depends on fails', async () => {
    const source = buildScriptlet('Source', [], ['rows']);
    const configuration = { ...cell.configuration, outputSchema: schema.id };
    const statement = {
      ...cell,
      configuration: { ...configuration, cycles: { type: 'times', count: 3 } },
    } as const;
    const connections = [
      { from: { cellId: source.id, handle: 'rows' }, to: { cellId: cell.id, handle: 'input' } },
    ];
    const given = openSession(
      buildNotebook([], { cells: [source, statement], connections }),
      undefined,
      () => schema,
    );
    given.session.runCell(cell.id);
    await vi.waitFor(() => {
      expect(given.kernel.isRunning).toBe(true);
    });
    given.kernel.end(failed);
    await vi.waitFor(() => {
      expect(given.session.isBusy).toBe(false);
    });
    expect(given.session.cycles.get(cell.id)).toBe(null);
    expect(given.kernel.asked).toEqual(['run Source']);
    expect(given.notices.list.map(({ text }) => text)).toEqual([
      '“Load” runs in no further cycles: cycle 1 was not run. The cell says why. Press Run to begin again.',
    ]);
  });

  it('ends when its cell is deleted', async () => {
    const given = start({ type: 'interval', seconds: 10 });
    await endCycle(given, put([]));
    given.session.editor.edit({ type: 'remove-cell', cellId: cell.id });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(given.session.isBusy).toBe(false);
    expect(given.kernel.asked).toEqual(['run Load']);
  });
});
