import type { Page } from '@playwright/test';
import { createRandom } from '../kill-tabs.ts';

/** When a tab is killed, counted in cycles from its opening. */
export type KillMoment =
  /** While the cycle is stored: at what is written to one store, before it or behind it. */
  | {
      readonly type: 'storing';
      readonly cycle: number;
      readonly store: 'blobs' | 'jobs' | 'logs' | 'sessions' | 'checkpoints';
      readonly side: 'before' | 'behind';
    }
  /** As soon as the cycle is stored, before the page hears of it. */
  | { readonly type: 'stored'; readonly cycle: number }
  /** So many milliseconds after the cycle was stored: while the next runs, or wherever that has come to. */
  | { readonly type: 'later'; readonly cycle: number; readonly milliseconds: number };

/** How many cycles are stored when the tab has been killed, if that is sure. */
export function countStored({ type, cycle }: KillMoment): number | null {
  return type === 'later' ? null : type === 'stored' ? cycle : cycle - 1;
}

/** The last cycle that a tab comes to. */
export const mostCycles = 4;

const stores = ['blobs', 'jobs', 'logs', 'sessions', 'checkpoints'] as const;

/** Moments at random in all that a cycle does; the same ones for the same seed. */
export function chooseMoments(count: number, seed: number): KillMoment[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (): KillMoment => {
    const cycle = 1 + random(mostCycles);
    const kind = random(10);
    if (kind === 0) return { type: 'stored', cycle };
    if (kind < 3) return { type: 'later', cycle, milliseconds: random(120) };
    const store = stores[random(stores.length)] ?? 'jobs';
    return { type: 'storing', cycle, store, side: random(2) === 0 ? 'before' : 'behind' };
  });
}

const stopped = 'the page stands still';

/** Makes the page stand still at the moment. What is returned waits until it does. */
export async function arrangeMoment(page: Page, moment: KillMoment): Promise<() => Promise<void>> {
  const standing = page.waitForEvent('console', {
    predicate: (message) => message.text() === stopped,
    timeout: 60_000,
  });
  standing.catch(() => undefined);
  await page.evaluate(
    ({ moment, stopped }) => {
      let count = 0;
      const standStill = (): void => {
        console.debug(stopped);
        for (;;);
      };
      const store = moment.type === 'storing' ? moment.store : 'jobs';
      // What else is written to the store belongs to no cycle.
      const isCounted = ({ name, transaction }: IDBObjectStore): boolean =>
        name === store && transaction.objectStoreNames.contains('jobs') && ++count === moment.cycle;
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...given) {
        const isDue = isCounted(this);
        if (isDue && moment.type === 'storing' && moment.side === 'before') standStill();
        const request = put.apply(this, given);
        if (!isDue) return request;
        if (moment.type === 'storing') standStill();
        this.transaction.addEventListener('complete', () => {
          if (moment.type === 'later') setTimeout(standStill, moment.milliseconds);
          else standStill();
        });
        return request;
      };
    },
    { moment, stopped },
  );
  return async () => {
    await standing;
  };
}

/** What is stored of the one Statement of the one notebook. */
export interface StoredCycles {
  /** Rows of the newest output. */
  readonly rowCount: number;
  readonly checkpoint: number;
  readonly sessionCount: number;
  /** Jobs that were done. */
  readonly jobCount: number;
  /** Values that a job names and that are not there, and such that nothing names. */
  readonly strayCount: number;
}

/** Reads the storage past the app. */
export async function readStoredCycles(page: Page): Promise<StoredCycles> {
  return await page.evaluate(async () => {
    const settle = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the request failed'));
      });
    const database = await settle(indexedDB.open('cahier'));
    const transaction = database.transaction(['jobs', 'sessions', 'checkpoints', 'blobs']);
    interface Job {
      blobs: string[];
      outcome: { status: string; outputs: { summary: { rowCount: number } }[] };
    }
    const [jobs, sessions, checkpoints, blobs] = (await Promise.all([
      settle(transaction.objectStore('jobs').getAll()),
      settle(transaction.objectStore('sessions').getAll()),
      settle(transaction.objectStore('checkpoints').getAll()),
      settle(transaction.objectStore('blobs').getAllKeys()),
    ])) as [Job[], unknown[], { history: { value: { text: string } }[] }[], string[]];
    database.close();
    const done = jobs.filter(({ outcome }) => outcome.status === 'done');
    const named = new Set(jobs.flatMap((job) => job.blobs));
    const rowCounts = done.map(({ outcome }) => outcome.outputs[0]?.summary.rowCount ?? 0);
    return {
      rowCount: Math.max(0, ...rowCounts),
      checkpoint: Number(checkpoints[0]?.history[0]?.value.text ?? 0),
      sessionCount: sessions.length,
      jobCount: done.length,
      strayCount:
        [...named].filter((hash) => !blobs.includes(hash)).length +
        blobs.filter((hash) => !named.has(hash)).length,
    };
  });
}

/** How the one Statement of the one notebook runs in cycles, as it is stored. */
export interface StoredWay {
  readonly isAppending: boolean;
  readonly cycles: { readonly type: string; readonly count?: number };
}

/** Reads the storage past the app. */
export async function readStoredWay(page: Page): Promise<StoredWay | undefined> {
  return await page.evaluate(async () => {
    const settle = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the request failed'));
      });
    const database = await settle(indexedDB.open('cahier'));
    const [notebook] = (await settle(
      database.transaction('notebooks').objectStore('notebooks').getAll(),
    )) as { cells: { configuration: StoredWay }[] }[];
    database.close();
    const configuration = notebook?.cells[0]?.configuration;
    return configuration && { isAppending: configuration.isAppending, cycles: configuration.cycles };
  });
}
