import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import type { FromWorker, PythonAddresses, ToWorker } from '../protocol/messages.ts';
import { WorkerErrand, type Errand } from './WorkerErrand.ts';

const packedFile = { url: '', sizeBytes: 0, unpackedBytes: 0, sha256: '' };
const packed = { archive: packedFile, sources: packedFile };

const addresses: PythonAddresses = {
  siteUrl: '',
  pyodideUrl: '',
  servedFiles: {},
  wheelCdnUrl: '',
  stdlib: packed,
  sdk: packed,
  archives: [],
  pythonBuildId: '',
};

const errand: Errand = {
  type: 'make-snapshot',
  plan: {
    kernelId: 'k',
    addresses,
    packages: [],
    memoryLimitBytes: 1_000,
    snapshot: 'use',
    interruptBuffer: null,
    hasServiceWorker: true,
  },
};

/** Stands in for the worker and says what the test wants said. */
class SentWorker extends EventTarget {
  readonly received: ToWorker['type'][] = [];
  isTerminated = false;

  postMessage({ type }: ToWorker): void {
    this.received.push(type);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(message: FromWorker | { type: 'nonsense' }): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }
}

interface Setup {
  readonly worker: SentWorker;
  readonly errand: WorkerErrand;
  /** How it ended, each time that was told. */
  readonly ends: boolean[];
}

function send(core = new Promise<WebAssembly.Module | null>(() => undefined)): Setup {
  const worker = new SentWorker();
  const ends: boolean[] = [];
  const sent = new WorkerErrand(worker as unknown as Worker, errand, core, (isDone) => ends.push(isDone));
  return { worker, errand: sent, ends };
}

const made: FromWorker = { type: 'snapshot-made', byteSize: 1 };

describe('an errand', () => {
  let warnings: MockInstance;
  beforeEach(() => {
    vi.useFakeTimers();
    warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('is done when the worker says so, and ends the worker', async () => {
    const { worker, ends } = send(Promise.resolve(null));
    await vi.advanceTimersByTimeAsync(0);
    worker.say(made);
    expect([worker.received, worker.isTerminated, ends]).toEqual([
      ['make-snapshot', 'use-core'],
      true,
      [true],
    ]);
  });

  it.each<[string, (worker: SentWorker) => void]>([
    ['the worker says so', (worker) => worker.say({ type: 'snapshot-failed', reason: 'no room' })],
    ['Python breaks', (worker) => worker.say({ type: 'kernel-failed', message: 'out of bounds' })],
    ['what it says is no message', (worker) => worker.say({ type: 'nonsense' })],
    ['what it says cannot be taken apart', (worker) => worker.dispatchEvent(new Event('messageerror'))],
    ['the worker cannot be loaded', (worker) => worker.dispatchEvent(new Event('error'))],
    ['it takes two minutes', () => vi.advanceTimersByTime(120_000)],
  ])('has failed when %s, which the console tells once', (_what, fail) => {
    const { worker, ends } = send();
    fail(worker);
    expect([worker.isTerminated, ends]).toEqual([true, [false]]);
    expect(warnings).toHaveBeenCalledOnce();
  });

  it('ends once, whatever is heard of the worker afterwards', () => {
    const { worker, ends } = send();
    worker.say(made);
    worker.say(made);
    worker.say({ type: 'nonsense' });
    worker.dispatchEvent(new Event('messageerror'));
    worker.dispatchEvent(new Event('error'));
    expect(ends).toEqual([true]);
    expect(warnings).not.toHaveBeenCalled();
  });

  it('tells nothing any more once it was given up, and sends nothing', async () => {
    const { worker, errand: given, ends } = send(Promise.resolve(null));
    given.giveUp();
    await vi.advanceTimersByTimeAsync(0);
    worker.say(made);
    worker.say({ type: 'snapshot-failed', reason: 'no room' });
    expect([worker.received, worker.isTerminated, ends]).toEqual([['make-snapshot'], true, []]);
    expect(warnings).not.toHaveBeenCalled();
  });
});
