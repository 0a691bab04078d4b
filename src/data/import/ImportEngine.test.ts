import { describe, expect, it } from 'vitest';
import { createImportOptions } from '../../model/import-options.ts';
import type { ImportProgress } from '../../model/import-preview.ts';
import { ImportEngine } from './ImportEngine.ts';
import { FakeImportWorker } from './testing/FakeImportWorker.ts';

const file = new File(['a\n1\n'], 'a.csv');
const options = createImportOptions('csv');

/** A worker that does what the test says, and nothing by itself. */
class SilentWorker extends FakeImportWorker {
  override postMessage(): void {
    // It answers when the test says so.
  }

  say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

function setup(): { engine: ImportEngine; worker: SilentWorker } {
  const worker = new SilentWorker();
  return { engine: new ImportEngine(() => worker), worker };
}

describe('the worker that reads a file', () => {
  it('ends with what it was asked', async () => {
    const worker = new FakeImportWorker();
    await new ImportEngine(() => worker).preview(file, null, new AbortController().signal);
    expect(worker.isTerminated).toBe(true);
  });

  it('is ended when the import is cancelled', async () => {
    const { engine, worker } = setup();
    const controller = new AbortController();
    const loading = engine.load(file, options, { signal: controller.signal, onProgress: () => undefined });
    controller.abort();
    await expect(loading).rejects.toThrow('The import was cancelled.');
    expect(worker.isTerminated).toBe(true);
  });

  it('that dies, or says what cannot be read, is told of with the file', async () => {
    const dying = setup();
    const signal = new AbortController().signal;
    const preview = dying.engine.preview(file, null, signal);
    dying.worker.dispatchEvent(
      Object.assign(new Event('error', { cancelable: true }), { message: 'out of memory' }),
    );
    await expect(preview).rejects.toThrow(
      '“a.csv” could not be read: what reads it stopped (out of memory). Try again.',
    );
    const odd = setup();
    const other = odd.engine.preview(file, null, signal);
    odd.worker.say({ type: 'file-previewed', preview: 5 });
    await expect(other).rejects.toThrow(
      '“a.csv” could not be read: at preview: expected an object, got number 5.',
    );
  });

  it('tells how far it is', async () => {
    const { engine, worker } = setup();
    const told: ImportProgress[] = [];
    const loading = engine.load(file, options, {
      signal: new AbortController().signal,
      onProgress: (progress) => told.push(progress),
    });
    worker.say({ type: 'load-progressed', readBytes: 2, isSecond: false });
    worker.say({ type: 'import-failed', message: 'it is damaged.' });
    await expect(loading).rejects.toThrow('“a.csv” could not be read: it is damaged.');
    expect(told).toEqual([{ doneBytes: 2, allBytes: 4, isSecond: false }]);
  });
});
