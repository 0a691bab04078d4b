import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildRequest, doneEnding, doneEvent, plainStart, startKernel } from './testing/scripted-workers.ts';

describe('the kernel', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps a job until Python has started, then tells of it from beginning to end', async () => {
    const { kernel, latest, heard, listener } = startKernel();
    const ending = kernel.run(buildRequest('a'), listener);
    expect(latest().received.map((message) => message.type)).toEqual(['start']);
    latest().start();
    latest().report('a', { type: 'packages-found', names: ['numpy'] });
    latest().report('a', {
      type: 'packages-progressed',
      names: ['numpy'],
      progress: { loadedBytes: 1, totalBytes: 2 },
    });
    latest().report('a', { type: 'packages-ready', packages: [{ name: 'numpy', version: '2.2.5' }] });
    latest().report('a', { type: 'script-started' });
    latest().report('a', { type: 'log-added', entries: [{ time: 1, stream: 'stdout', text: 'hello' }] });
    expect(kernel.state).toEqual({
      status: 'busy',
      pythonVersion: '3.13.2',
      memory: plainStart.memory,
      isFromSnapshot: false,
      isStopping: false,
    });
    latest().report('a', {
      type: 'files-changed',
      change: { directory: 'session', written: [], removed: ['a.txt'] },
    });
    latest().report('a', { type: 'files-opened', paths: ['b.csv', 'c.csv'] });
    latest().report('a', doneEvent);
    expect(await ending).toEqual(doneEnding);
    expect(heard).toEqual([
      'handed over',
      'found numpy',
      'loading numpy',
      'has numpy 2.2.5',
      'script started',
      'stdout hello',
      'removed a.txt of the session',
      'opened b.csv c.csv',
    ]);
    expect(kernel.state).toMatchObject({ status: 'ready', pythonVersion: '3.13.2' });
  });

  it('drops late news of a job that has ended', async () => {
    const { kernel, latest, heard, listener } = startKernel();
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

  it('asks a script to stop by every way that reaches it, and keeps its Python', async () => {
    const { kernel, workers, latest, listener, mail } = startKernel();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    const { kernelId } = latest().plan;
    expect(latest().received.at(-1)).toEqual({ type: 'stop-job', runId: 'a' });
    expect(mail).toEqual([
      [kernelId, { isStopAsked: true }],
      [kernelId, 'requests ended'],
    ]);
    expect(kernel.state).toMatchObject({ status: 'busy', isStopping: true });
    latest().report('a', { type: 'job-finished', outcome: { status: 'stopped' } });
    expect(await ending).toEqual({ status: 'stopped', level: 'soft' });
    expect(mail.at(-1)).toEqual([kernelId, 'emptied']);
    expect([workers.length, kernel.state.status]).toEqual([1, 'ready']);
  });

  it('asks through shared memory where there is some', async () => {
    const { kernel, latest, listener, mail } = startKernel({ canShareMemory: true });
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    const { interruptBuffer } = latest().plan;
    kernel.stop();
    expect(interruptBuffer?.[0]).toBe(2);
    latest().report('a', { type: 'job-finished', outcome: { status: 'stopped' } });
    await ending;
    expect([interruptBuffer?.[0], mail]).toEqual([0, [[latest().plan.kernelId, 'requests ended']]]);
  });

  it('ends Python when the script has not stopped after 2 s, and hears it no more', async () => {
    const { kernel, workers, latest, heard, listener } = startKernel({ canHaveSpare: false });
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    heard.length = 0;
    await vi.advanceTimersByTimeAsync(1_000);
    kernel.stop();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(workers.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ending).toEqual({ status: 'stopped', level: 'hard' });
    const [old] = workers;
    expect([workers.length, old?.isTerminated, kernel.state.status]).toEqual([2, true, 'starting']);
    expect(heard).toEqual([expect.stringContaining('Python was ended')]);
    const next = kernel.run(buildRequest('b'), listener);
    old?.report('b', { type: 'log-added', entries: [{ time: 1, stream: 'stdout', text: 'old' }] });
    latest().start();
    latest().report('b', doneEvent);
    expect(await next).toEqual(doneEnding);
    expect(heard.slice(1)).toEqual(['handed over']);
  });

  it('ends Python at once when it is asked to stop a second time', async () => {
    const { kernel, workers, latest, listener } = startKernel();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    kernel.stop();
    expect(await ending).toEqual({ status: 'stopped', level: 'hard' });
    expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false]);
  });

  it('hands the libraries that one Python has compiled to those after it', () => {
    const { kernel, latest } = startKernel();
    // The smallest module there is: its magic and its version.
    const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    const libraries = [{ path: '/packages/numpy/core.so', module }];
    latest().start({ libraries });
    const [first] = [latest()];
    kernel.restart();
    expect([first.plan.libraries, latest().plan.libraries]).toEqual([[], libraries]);
  });

  it('takes a job back that waits for Python, and lets Python go on starting', async () => {
    const { kernel, workers, latest, listener } = startKernel();
    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    expect(await ending).toEqual({ status: 'stopped', level: 'soft' });
    latest().start();
    expect([workers.length, latest().receivedTypes, kernel.state.status]).toEqual([1, ['start'], 'ready']);
  });

  it('takes what a job has reached that ends by itself after it was asked to stop', async () => {
    const { kernel, latest, listener } = startKernel();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    latest().report('a', doneEvent);
    expect(await ending).toEqual(doneEnding);
  });

  it('hands an answer to the script by every way that reaches it', () => {
    const { kernel, latest, heard, listener, mail } = startKernel();
    latest().start();
    void kernel.run(buildRequest('a'), listener);
    latest().report('a', { type: 'input-asked', prompt: 'Name? ' });
    kernel.answerInput('Ada');
    expect(heard.at(-1)).toBe('asked Name? ');
    expect(latest().received.at(-1)).toEqual({ type: 'answer-input', runId: 'a', answer: 'Ada' });
    expect(mail.at(-1)).toEqual([latest().plan.kernelId, { isStopAsked: false, answer: 'Ada' }]);
  });

  it('does not touch Python when there is nothing to stop', () => {
    const { kernel, workers, latest } = startKernel();
    latest().start();
    kernel.stop();
    expect([workers.length, kernel.state.status]).toEqual([1, 'ready']);
  });

  it('asks a job that takes longer than its timeout to stop, counted from the handing over', async () => {
    const { kernel, workers, latest, listener } = startKernel();
    const ending = kernel.run(buildRequest('a'), listener);
    await vi.advanceTimersByTimeAsync(60_000);
    latest().start();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(latest().receivedTypes).toEqual(['start', 'run-job']);
    await vi.advanceTimersByTimeAsync(1);
    expect(latest().receivedTypes).toEqual(['start', 'run-job', 'stop-job']);
    latest().report('a', { type: 'job-finished', outcome: { status: 'stopped' } });
    expect(await ending).toMatchObject({
      status: 'failed',
      error: { kind: 'timeout', message: expect.stringContaining('timed out after 2 s') as string },
    });
    expect(workers.length).toBe(1);
  });

  it('ends Python 2 s after the timeout of a job that does not stop', async () => {
    const { kernel, workers, latest, listener } = startKernel({ canHaveSpare: false });
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await ending).toMatchObject({ status: 'failed', error: { kind: 'timeout' } });
    expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false]);
  });

  it('fails a job that came to its end only after its time was over', async () => {
    const { kernel, latest, listener } = startKernel();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    await vi.advanceTimersByTimeAsync(2_000);
    latest().report('a', doneEvent);
    expect(await ending).toMatchObject({ status: 'failed', error: { kind: 'timeout' } });
  });

  it('tells a job that Python broke, and takes a new worker', async () => {
    const { kernel, workers, latest, listener } = startKernel();
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
    const { kernel, latest, listener } = startKernel();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    latest().say({ type: 'nonsense' });
    expect(await ending).toMatchObject({ status: 'failed', error: { kind: 'kernel' } });
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it('says why Python could not be started, and tries again for the next job', async () => {
    const { kernel, workers, latest, listener } = startKernel();
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

  it('tells how much memory Python has taken', () => {
    const { kernel, latest } = startKernel();
    latest().start();
    latest().say({ type: 'memory-changed', memory: { heapBytes: 800, limitBytes: 1_000 } });
    expect(kernel.state).toMatchObject({ memory: { heapBytes: 800, limitBytes: 1_000 } });
  });

  it('runs one job at a time', () => {
    const { kernel, listener } = startKernel();
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
