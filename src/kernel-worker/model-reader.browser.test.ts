import { expect, it } from 'vitest';
import type { ReadingOrder } from './testing/model-reader-worker.ts';

/** Reads in a worker: a page has no way to read at once. */
async function readInWorker(order: ReadingOrder): Promise<unknown> {
  const worker = new Worker(new URL('./testing/model-reader-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        resolve(data);
      });
      worker.addEventListener('error', ({ message }) => {
        reject(new Error(message));
      });
      worker.postMessage(order);
    });
  } finally {
    worker.terminate();
  }
}

it('pickles of models are read at once, in parts, by the names of the models', async () => {
  const models = ['one', 'two'].map((name) => ({ name, pickle: new Blob([`pickle of ${name}`]) }));
  const texts = await readInWorker({
    models,
    reads: [
      ['two', 0, 6],
      ['one', 10, 3],
      ['one', 10, 100],
      ['one', 13, 100],
      ['three', 0, 1],
    ],
  });
  expect(texts).toEqual(['pickle', 'one', 'one', '', expect.stringContaining('Error: ')]);
});
