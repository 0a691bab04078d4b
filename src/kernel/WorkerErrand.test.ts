import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import type { FromWorker, PythonAddresses, ToWorker } from '../protocol/messages.ts';
import type { ChannelListener, WorkerChannel } from './WorkerChannel.ts';
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
    libraries: [],
  },
};

/** Stands in for the worker and says what the test wants said. */
class SentWorker implements WorkerChannel {
  readonly received: ToWorker['type'][] = [];
  #listener: ChannelListener | null = null;
  isTerminated = false;

  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  send({ type }: ToWorker): void {
    this.received.push(type);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(message: FromWorker | { type: 'nonsense' }): void {
    if (!this.isTerminated) this.#listener?.onMessage(message);
  }

  fail(message: string): void {
    if (!this.isTerminated) this.#listener?.onFailure(message);
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
  const sent = new WorkerErrand(worker, errand, core, (isDone) => ends.push(isDone));
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
    ['the worker cannot be loaded', (worker) => worker.fail('it could not be loaded')],
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
    worker.fail('it broke');
    expect(ends).toEqual([true]);
    expect(warnings).not.toHaveBeenCalled();
  });

  it('tells nothing any more once it was ended', () => {
    const { worker, errand: given, ends } = send();
    given.terminate();
    worker.say(made);
    worker.say({ type: 'snapshot-failed', reason: 'no room' });
    expect([worker.received, worker.isTerminated, ends]).toEqual([['make-snapshot'], true, []]);
    expect(warnings).not.toHaveBeenCalled();
  });
});
