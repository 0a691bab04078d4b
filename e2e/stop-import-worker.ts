import type { Page } from '@playwright/test';

const stopped = 'the import stands still';

/**
 * Makes the worker that has read a workspace file stand still at its `count`-th write, counted from 1, or when its
 * transaction is complete, whichever comes first. What is returned waits until it does.
 */
export async function arrangeStop(page: Page, count: number): Promise<() => Promise<void>> {
  const standing = page.waitForEvent('console', {
    predicate: (message) => message.text() === stopped,
    timeout: 20_000,
  });
  standing.catch(() => undefined);
  const workers = page.workers().filter((worker) => worker.url().includes('import-worker'));
  if (workers.length === 0) throw new Error('no worker has read a file');
  for (const worker of workers) {
    await worker.evaluate(
      ({ count, stopped }) => {
        const standStill = (): void => {
          console.debug(stopped);
          for (;;);
        };
        const { transaction } = IDBDatabase.prototype;
        IDBDatabase.prototype.transaction = function (...given) {
          const begun = transaction.apply(this, given);
          // Before whoever tells the page of it, which would load itself anew.
          if (begun.mode === 'readwrite') begun.addEventListener('complete', standStill);
          return begun;
        };
        let written = 0;
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (...given) {
          if (++written === count) standStill();
          return put.apply(this, given);
        };
      },
      { count, stopped },
    );
  }
  return async () => {
    await standing;
  };
}
