import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JobId } from '../model/ids.ts';
import type { JobEnding, JobRequest } from '../model/job.ts';
import type { FromWorker, JobEvent, ToWorker } from '../protocol/messages.ts';
import type { JobListener } from './Kernel.ts';
import { WorkerKernel } from './WorkerKernel.ts';

const packedFile = { url: '', sizeBytes: 0, unpackedBytes: 0, sha256: '' };

const addresses = {
  siteUrl: '',
  pyodideUrl: '',
  sdkUrl: '',
  wheelCdnUrl: '',
  servedFiles: {},
  sdkSizeBytes: 0,
  stdlib: { archive: packedFile, sources: packedFile },
  sdk: { archive: packedFile, sources: packedFile },
  archives: [],
  pythonBuildId: '',
};

/** Stands at the other end of the port and says what the test wants said. */
class ScriptedWorker extends EventTarget {
  readonly received: ToWorker[] = [];
  isTerminated = false;

  postMessage(message: ToWorker): void {
    this.received.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(message: FromWorker | { type: 'nonsense' }): void {
    this.dispatchEvent(new MessageEvent('message', { data: message }));
  }

  start(): void {
    this.say({ type: 'started', pythonVersion: '3.13.2' });
  }

  report(id: string, event: JobEvent): void {
    this.say({ type: 'job-event', runId: JobId.from(id), event });
  }
}

function buildRequest(id: string): JobRequest {
  return {
    id: JobId.from(id),
    kind: 'data-generator',
    title: 'Cell',
    source: 'pass',
    configuration: { timeoutSeconds: 2, generateEmptyDataset: true },
  };
}

const doneEvent: JobEvent = { type: 'job-finished', outcome: { status: 'done', outputs: [], images: [] } };
const doneEnding: JobEnding = { status: 'done', products: { outputs: [], images: [] } };

function setup(): {
  kernel: WorkerKernel;
  workers: ScriptedWorker[];
  latest: () => ScriptedWorker;
  heard: string[];
  listener: JobListener;
} {
  const workers: ScriptedWorker[] = [];
  const heard: string[] = [];
  const kernel = new WorkerKernel(() => {
    const worker = new ScriptedWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  }, addresses);
  const listener: JobListener = {
    onHandedOver: () => heard.push('handed over'),
    onLoading: ({ names }) => heard.push(`loading ${names.join(' ')}`),
    onScriptStarted: () => heard.push('script started'),
    onInputAsked: (prompt) => heard.push(`asked ${prompt}`),
    onLog: (entries) => heard.push(...entries.map((entry) => `log ${entry.text}`)),
  };
  const latest = (): ScriptedWorker => {
    const worker = workers.at(-1);
    if (!worker) throw new Error('no worker was made');
    return worker;
  };
  return { kernel, workers, latest, heard, listener };
}

describe('the kernel', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps a job until Python has started, then tells of it from beginning to end', async () => {
    const { kernel, latest, heard, listener } = setup();
    const ending = kernel.run(buildRequest('a'), listener);
    expect(latest().received.map((message) => message.type)).toEqual(['start']);
    latest().start();
    latest().report('a', {
      type: 'packages-progressed',
      names: ['numpy'],
      progress: { loadedBytes: 1, totalBytes: 2 },
    });
    latest().report('a', { type: 'script-started' });
    latest().report('a', { type: 'log-added', entries: [{ time: 1, stream: 'stdout', text: 'hello' }] });
    expect(kernel.state).toEqual({ status: 'busy', pythonVersion: '3.13.2' });
    latest().report('a', doneEvent);
    expect(await ending).toEqual(doneEnding);
    expect(heard).toEqual(['handed over', 'loading numpy', 'script started', 'log hello']);
    expect(kernel.state).toEqual({ status: 'ready', pythonVersion: '3.13.2' });
  });

  it('drops late news of a job that has ended', async () => {
    const { kernel, latest, heard, listener } = setup();
    latest().start();
    const first = kernel.run(buildRequest('a'), listener);
    latest().report('a', doneEvent);
    await first;
    const second = kernel.run(buildRequest('b'), listener);
    latest().report('a', { type: 'log-added', entries: [{ time: 1, stream: 'stdout', text: 'late' }] });
    latest().report('a', { type: 'job-finished', outcome: { status: 'failed', error: oldError } });
    latest().report('b', doneEvent);
    expect(await second).toEqual(doneEnding);
    expect(heard).toEqual(['handed over', 'handed over']);
  });

  it('stops a job by taking a new worker, and hears the old one no more', async () => {
    const { kernel, workers, latest, heard, listener } = setup();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    expect(await ending).toEqual({ status: 'stopped' });
    const [old] = workers;
    expect([workers.length, old?.isTerminated, kernel.state.status]).toEqual([2, true, 'starting']);
    const next = kernel.run(buildRequest('b'), listener);
    old?.report('b', { type: 'log-added', entries: [{ time: 1, stream: 'stdout', text: 'old' }] });
    latest().start();
    latest().report('b', doneEvent);
    expect(await next).toEqual(doneEnding);
    expect(heard).toEqual(['handed over', 'handed over']);
  });

  it('does not touch Python when there is nothing to stop', () => {
    const { kernel, workers, latest } = setup();
    latest().start();
    kernel.stop();
    expect([workers.length, kernel.state.status]).toEqual([1, 'ready']);
  });

  it('ends a job that takes longer than its timeout, counted from the handing over', async () => {
    const { kernel, workers, latest, listener } = setup();
    const ending = kernel.run(buildRequest('a'), listener);
    await vi.advanceTimersByTimeAsync(60_000);
    latest().start();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(workers.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ending).toMatchObject({
      status: 'failed',
      error: { kind: 'timeout', message: expect.stringContaining('timed out after 2 s') as string },
    });
    expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false]);
  });

  it('tells a job that Python broke, and takes a new worker', async () => {
    const { kernel, workers, latest, listener } = setup();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    latest().say({ type: 'kernel-failed', message: 'memory access out of bounds' });
    expect(await ending).toMatchObject({
      status: 'failed',
      error: { kind: 'kernel', message: expect.stringContaining('memory access out of bounds') as string },
    });
    expect([workers.length, kernel.state.status]).toEqual([2, 'starting']);
  });

  it('ends a job whose messages are not understood', async () => {
    const { kernel, latest, listener } = setup();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    latest().say({ type: 'nonsense' });
    expect(await ending).toMatchObject({ status: 'failed', error: { kind: 'kernel' } });
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it('says why Python could not be started, and tries again for the next job', async () => {
    const { kernel, workers, latest, listener } = setup();
    const first = kernel.run(buildRequest('a'), listener);
    latest().say({ type: 'start-failed', message: 'pyodide.asm.wasm answered with 404' });
    expect(await first).toMatchObject({ status: 'failed', error: { kind: 'kernel' } });
    expect(kernel.state).toEqual({
      status: 'broken',
      message: 'Python could not be started: pyodide.asm.wasm answered with 404',
    });
    const second = kernel.run(buildRequest('b'), listener);
    expect(workers.length).toBe(2);
    latest().start();
    latest().report('b', doneEvent);
    expect(await second).toEqual(doneEnding);
  });

  it('runs one job at a time', () => {
    const { kernel, listener } = setup();
    void kernel.run(buildRequest('a'), listener);
    expect(() => kernel.run(buildRequest('b'), listener)).toThrow('one job at a time');
  });
});

const oldError = {
  kind: 'rule',
  type: null,
  message: 'old',
  traceback: '',
  line: null,
  column: null,
  endLine: null,
  endColumn: null,
} as const;
