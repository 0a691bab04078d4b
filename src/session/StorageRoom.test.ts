import { describe, expect, it, vi } from 'vitest';
import { NotebookId, SessionId } from '../model/ids.ts';
import { buildSession } from '../model/testing/builders.ts';
import { MemoryStorage } from '../storage/MemoryStorage.ts';
import { Notices } from './Notices.svelte.ts';
import { StorageRoom } from './StorageRoom.svelte.ts';

interface Browser {
  used: number;
  isAgreeable: boolean;
}

function setup() {
  const browser: Browser = { used: 0, isAgreeable: true };
  const notices = new Notices();
  const storage = new MemoryStorage();
  const asked: string[] = [];
  let isKept = false;
  let hasAsked = false;
  const room = new StorageRoom({
    storage,
    notices,
    manager: {
      estimate: () => Promise.resolve({ usage: browser.used, quota: 1_000_000_000 }),
      persist: () => {
        asked.push('persist');
        isKept = browser.isAgreeable;
        return Promise.resolve(isKept);
      },
      persisted: () => Promise.resolve(isKept),
    },
    hasAsked: () => hasAsked,
    noteAsked: () => {
      hasAsked = true;
    },
  });
  return { room, browser, notices, storage, asked };
}

describe('the room of a browser', () => {
  it('is asked for good with the first thing that is stored, and not again', async () => {
    const { room, browser, asked } = setup();
    browser.isAgreeable = false;
    await room.noteStored();
    await room.noteStored();
    await vi.waitFor(() => {
      expect([asked, room.isKept]).toEqual([['persist'], false]);
    });
    browser.isAgreeable = true;
    expect(await room.keep()).toBe(true);
    expect(room.isKept).toBe(true);
  });

  it('is told of when it runs short, with the way to what takes it, until there is more', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { room, browser, notices } = setup();
      const tell = async (used: number): Promise<string[]> => {
        browser.used = used;
        vi.advanceTimersByTime(20_000);
        await room.noteStored();
        return notices.list.map(({ text }) => text);
      };
      expect(await tell(900_000_000)).toEqual([]);
      expect(await tell(950_000_000)).toEqual([
        'This browser has only 50.0 MB of room left for what is stored here.',
      ]);
      notices.list[0]?.action?.run();
      expect(room.isShown).toBe(true);
      expect(await tell(800_000_000)).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is freed of the history, but for what runs', async () => {
    const { room, storage } = setup();
    const notebookId = NotebookId.from('notebook');
    for (const name of ['earlier', 'running']) {
      await storage.saveSession(buildSession(1_000, { notebookId, id: SessionId.from(name) }));
    }
    const isRunning = (id: SessionId): boolean => id === SessionId.from('running');
    expect(await room.removeHistory([{ id: notebookId, isRunning }])).toBeNull();
    expect((await storage.loadSessions(notebookId)).values.map(({ id }) => id)).toEqual(['running']);
  });

  it('may be unknown', async () => {
    const room = new StorageRoom({
      storage: new MemoryStorage(),
      notices: new Notices(),
      manager: null,
      hasAsked: () => true,
      noteAsked: () => undefined,
    });
    await room.noteStored();
    await room.refresh();
    expect([room.size, room.isKept]).toEqual([null, null]);
  });
});
