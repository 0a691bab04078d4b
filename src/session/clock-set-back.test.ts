import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CellId, NotebookId, SessionId } from '../model/ids.ts';
import { listCurrentJobs } from '../model/job.ts';
import { listOldSessions } from '../model/session-retention.ts';
import { buildCell, buildJob, buildNotebook, buildSession } from '../model/testing/builders.ts';
import { isTrashOver, trashTime } from '../model/trash-time.ts';
import { createRandom } from '../shared/testing/create-random.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { Autosave } from './Autosave.ts';
import { settleTimes } from './settle-times.ts';
import { openSession } from './testing/open-session.ts';

const rounds = Number(process.env['CAHIER_FAULT_ROUNDS'] ?? 50);
const day = 86_400_000;
const today = 1_790_000_000_000;

describe('where the clock was set back', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(today);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('what is typed is saved as soon as ever', () => {
    const saved: number[] = [];
    const autosave = new Autosave<number>((value) => saved.push(value));
    for (let keystroke = 1; keystroke <= 40; keystroke += 1) {
      if (keystroke === 5) vi.setSystemTime(today - 30 * day);
      autosave.schedule(keystroke);
      vi.advanceTimersByTime(100);
    }
    // Half a second apart.
    expect(saved.slice(0, 3)).toEqual([5, 10, 15]);
  });

  it('a notebook that is changed counts as newer than it was', () => {
    const { session } = openSession(buildNotebook(['one'], { changedAt: today }));
    vi.setSystemTime(today - day);
    const times = ['a', 'b', 'c'].map((source) => {
      session.editor.edit({ type: 'set-source', cellId: CellId.from('one'), source });
      return session.notebook.changedAt;
    });
    expect(times).toEqual([today + 1, today + 2, today + 3]);
    vi.setSystemTime(today + day);
    session.editor.edit({ type: 'set-source', cellId: CellId.from('one'), source: 'd' });
    expect(session.notebook.changedAt).toBe(today + day);
  });

  it('a cell shows what it came to last, whatever the clock said at each run', () => {
    const cell = buildCell('one');
    const random = createRandom(7);
    for (let round = 0; round < rounds; round += 1) {
      let last: ReturnType<typeof buildJob> | null = null;
      const jobs: ReturnType<typeof buildJob>[] = [];
      for (let run = 0; run < 5; run += 1) {
        const startedAt = today + Math.floor((random() - 0.5) * 100 * day);
        const job = { startedAt };
        const finishedAt = settleTimes(job, last, startedAt + Math.floor((random() - 0.2) * 1_000));
        expect(finishedAt).toBeGreaterThanOrEqual(job.startedAt);
        expect(finishedAt - job.startedAt).toBeLessThanOrEqual(1_000);
        last = buildJob(cell, finishedAt, {
          startedAt: job.startedAt,
          outcome: { status: 'done', outputs: [], images: [] },
        });
        jobs.push(last);
      }
      expect(listCurrentJobs(jobs)).toEqual([last]);
    }
  });

  it('the newest session is the last that goes', async () => {
    const storage = new MemoryStorage();
    const notebookId = NotebookId.from('notebook');
    for (let index = 0; index < 50; index += 1) {
      const id = SessionId.from(`session ${index}`);
      await storage.saveSession(buildSession(today + index, { notebookId, id }));
    }
    vi.setSystemTime(today - 300 * day);
    const { session } = openSession(
      buildNotebook(['one'], { id: notebookId }),
      undefined,
      undefined,
      storage,
    );
    await session.history.load();
    const id = session.history.begin({ type: 'all' });
    const job = buildJob(buildCell('one'), today + 100, { sessionId: id });
    const begun = session.history.addJob(id, job, { files: [], packages: [] });
    if (!begun) throw new Error('it runs');
    expect(begun.startedAt).toBe(today + 50);
    const all = [...session.history.sessions.filter((each) => each.id !== id), begun];
    const weighed = all.map((each) => ({ ...each, group: each.id, weights: [] }));
    const { tooMany } = listOldSessions(weighed, new Set(), { most: 50 });
    expect(tooMany.map((each) => each.id)).toEqual(['session 0']);
  });

  it('nothing leaves the trash early', () => {
    const random = createRandom(3);
    for (let round = 0; round < rounds; round += 1) {
      const deletedAt = today + Math.floor(random() * 400 * day);
      expect(isTrashOver(deletedAt, today)).toBe(false);
      expect(isTrashOver(deletedAt, deletedAt + trashTime)).toBe(false);
    }
    expect(isTrashOver(today, today + trashTime + 1)).toBe(true);
  });
});
