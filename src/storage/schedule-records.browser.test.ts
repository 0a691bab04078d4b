import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { LineRunId } from '../model/ids.ts';
import { advanceSchedule, endRun, type Schedule } from '../model/schedule.ts';
import { buildLine, buildRun, buildSchedule } from '../model/testing/build-schedules.ts';
import { createPlace } from '../model/testing/places.ts';
import { closeDatabases, createName, openDatabase } from './testing/databases.ts';

afterEach(() => {
  closeDatabases();
});

const line = buildLine('line', ['one', 'two', 'one']);
const schedule: Schedule = {
  ...endRun(buildSchedule('Nightly'), buildRun('run', 5)),
  rhythm: { type: 'times', times: ['08:00'], weekdays: [1, 7] },
  paused: { reason: 'Its owner is gone.' },
  missed: { whileClosed: 1, whileRunning: 0, latest: [{ at: 3, reason: 'closed' }] },
  running: { runId: LineRunId.from('run 2'), tabId: 'tab', dueAt: null, startedAt: 7, isStopAsked: true },
};

describe('schedules and production lines in storage', () => {
  it('are added, changed and removed by what is there', async () => {
    const database = await openDatabase();
    await database.changeProductionLine(line.id, () => line);
    await database.changeSchedule(schedule.id, () => schedule);
    expect(await database.loadProductionLines()).toEqual({ values: [line], problems: [] });
    expect(await database.loadSchedules()).toEqual({ values: [schedule], problems: [] });
    const changed = await database.changeSchedule(schedule.id, (stored) =>
      stored ? { ...stored, title: 'Daily' } : null,
    );
    expect(changed).toEqual({ isOk: true, value: { ...schedule, title: 'Daily' } });
    expect(await database.changeSchedule(schedule.id, () => null)).toEqual({ isOk: true, value: null });
    await database.changeProductionLine(line.id, () => null);
    expect([await database.loadSchedules(), await database.loadProductionLines()]).toEqual([
      { values: [], problems: [] },
      { values: [], problems: [] },
    ]);
  });

  it('are claimed by one of two tabs that look at once', async () => {
    const name = createName();
    const tabs = [await openDatabase(name), await openDatabase(name)];
    const due = buildSchedule('Nightly');
    await tabs[0]?.changeSchedule(due.id, () => due);
    const claimed: (string | undefined)[] = [];
    for (let turn = 1; turn <= 5; turn += 1) {
      const now = turn * 600_000;
      await Promise.all(
        tabs.map((tab, index) =>
          tab.changeSchedule(due.id, (stored) => {
            if (!stored) return null;
            const runId = LineRunId.from(`run ${turn} of tab ${index}`);
            const look = { now, openSince: 0, mark: { runId, tabId: `${index}` }, getOffset: createPlace(0) };
            const advanced = advanceSchedule(stored, look);
            if (advanced.running?.runId === runId) claimed.push(`turn ${turn}`);
            return advanced;
          }),
        ),
      );
      await tabs[0]?.changeSchedule(due.id, (stored) =>
        stored?.running ? endRun(stored, buildRun(stored.running.runId, now)) : stored,
      );
    }
    expect(claimed).toEqual(['turn 1', 'turn 2', 'turn 3', 'turn 4', 'turn 5']);
  });

  it('are read as builds before wrote them, which asked no other tab to stop', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    const running = { runId: LineRunId.from('run 2'), tabId: 'tab', dueAt: null, startedAt: 7 };
    await raw.put('schedules', { ...schedule, running });
    raw.close();
    expect(await database.loadSchedules()).toEqual({
      values: [{ ...schedule, running: { ...running, isStopAsked: false } }],
      problems: [],
    });
  });

  it('stay as they are where they cannot be read, and lose no more than the runs that cannot', async () => {
    const name = createName();
    const database = await openDatabase(name);
    const raw = await openDB(name);
    const broken = { ...schedule, rhythm: { type: 'interval', minutes: 0 } };
    await raw.put('schedules', broken);
    const problem = 'at rhythm.minutes: expected >=1, got 0';
    expect(await database.loadSchedules()).toEqual({
      values: [],
      problems: [`A stored schedule cannot be read (${problem}). It was left as it is.`],
    });
    expect(await database.changeSchedule(schedule.id, () => null)).toEqual({
      isOk: false,
      problem: { kind: 'failed', message: `what is stored of it cannot be read: ${problem}` },
    });
    expect(await raw.getAll('schedules')).toEqual([broken]);
    await raw.put('schedules', { ...schedule, runs: [...schedule.runs, { id: 'wrong' }] });
    expect((await database.loadSchedules()).values).toEqual([schedule]);
    raw.close();
  });
});
