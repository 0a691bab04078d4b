import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildHash, buildNotebookWheel } from '../model/testing/builders.ts';
import { buildRequest, doneEnding, doneEvent, startKernel } from './testing/scripted-workers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a kernel that is idle', () => {
  it('makes a snapshot of the packages, then a spare, which takes over from a Python that is ended', async () => {
    const { kernel, workers, latest, listener } = startKernel({}, ['numpy']);
    latest().start();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(latest().receivedTypes).toEqual(['make-snapshot']);
    expect(latest().plan.packages).toEqual(['numpy']);
    latest().say({ type: 'snapshot-made', byteSize: 1 });
    const [first, maker, spare] = workers;
    expect([maker?.isTerminated, spare?.receivedTypes]).toEqual([true, ['start']]);
    spare?.start({ isFromSnapshot: true });
    expect([...kernel.kernelIds]).toEqual([first?.plan.kernelId, spare?.plan.kernelId]);

    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    kernel.stop();
    expect(await ending).toEqual({ status: 'stopped', level: 'hard' });
    expect([first?.isTerminated, kernel.state.status, workers.length]).toEqual([true, 'ready', 3]);
    expect([...kernel.kernelIds]).toEqual([spare?.plan.kernelId]);
    const next = kernel.run(buildRequest('b'), listener);
    spare?.report('b', doneEvent);
    expect(await next).toEqual(doneEnding);
  });

  it('makes no snapshot where one was restored, and none twice', async () => {
    const { kernel, workers, latest, listener } = startKernel({ canHaveSpare: false }, ['numpy']);
    latest().start({ isFromSnapshot: true });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(workers.length).toBe(1);
    kernel.setPackages(['numpy', 'pandas']);
    await vi.advanceTimersByTimeAsync(4_000);
    latest().say({ type: 'snapshot-failed', reason: 'no room' });
    expect(workers.map((worker) => worker.receivedTypes)).toEqual([['start'], ['make-snapshot']]);
    const ending = kernel.run(buildRequest('a'), listener);
    workers[0]?.report('a', doneEvent);
    await ending;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(workers.length).toBe(2);
  });

  it('has wheels packed that a job had to unpack, each once, by a worker that may fetch them', async () => {
    const { kernel, workers, latest, listener } = startKernel();
    const [python] = workers;
    python?.start({ isFromSnapshot: true });
    const [own, other] = [buildNotebookWheel('own', 'a'), buildNotebookWheel('other', 'b')];
    const wheels = [own, other].map((wheel) => ({ ...wheel, content: new Blob([wheel.name]) }));
    const request = { ...buildRequest('a'), packages: { requirements: [], wheels } };
    const unpacked = {
      type: 'wheels-unpacked',
      locked: ['xlrd'],
      added: [own.blob, buildHash('f')],
    } as const;
    const runOnce = async (): Promise<void> => {
      const ending = kernel.run(request, listener);
      python?.report('a', unpacked);
      python?.report('a', doneEvent);
      await ending;
      await vi.advanceTimersByTimeAsync(4_000);
    };
    await runOnce();
    const packer = latest();
    expect(packer.received.map((message) => message.type === 'pack-wheels' && message.wheels)).toEqual([
      { locked: ['xlrd'], added: [wheels[0]] },
    ]);
    expect(kernel.kernelIds.has(packer.plan.kernelId)).toBe(true);

    // A job comes first; what was not packed is packed later.
    await runOnce();
    expect(packer.isTerminated).toBe(true);
    expect(latest().receivedTypes).toEqual(['pack-wheels']);
    latest().say({ type: 'wheels-packed', byteSize: 1 });
    expect([latest().isTerminated, kernel.kernelIds.has(latest().plan.kernelId)]).toEqual([true, false]);

    const count = workers.length;
    await runOnce();
    expect(workers.length).toBe(count);
  });

  it('gives up a snapshot that is being made when a job comes, and makes it later', async () => {
    const { kernel, workers, latest, listener } = startKernel({ canHaveSpare: false });
    latest().start();
    await vi.advanceTimersByTimeAsync(4_000);
    const ending = kernel.run(buildRequest('a'), listener);
    expect(latest().isTerminated).toBe(true);
    workers[0]?.report('a', doneEvent);
    await ending;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(workers.map((worker) => worker.receivedTypes.at(0))).toEqual([
      'start',
      'make-snapshot',
      'make-snapshot',
    ]);
  });

  it('makes a spare beside a job that takes long', async () => {
    const { kernel, workers, latest, listener } = startKernel();
    latest().start();
    void kernel.run(buildRequest('a', 100), listener);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(workers.map((worker) => worker.receivedTypes)).toEqual([['start', 'run-job'], ['start']]);
  });

  it('makes the spare anew when the notebook imports other packages', async () => {
    const { kernel, workers, latest } = startKernel({}, ['numpy']);
    latest().start({ isFromSnapshot: true });
    await vi.advanceTimersByTimeAsync(4_000);
    kernel.setPackages(['pandas']);
    await vi.advanceTimersByTimeAsync(4_000);
    latest().say({ type: 'snapshot-made', byteSize: 1 });
    expect(workers.map((worker) => [worker.plan.packages, worker.isTerminated])).toEqual([
      [['numpy'], false],
      [['numpy'], true],
      [['pandas'], true],
      [['pandas'], false],
    ]);
  });

  it('tells by an id which Python runs the jobs, also of a spare that takes over at once', async () => {
    const { kernel, workers, latest } = startKernel();
    const heard: unknown[] = [];
    kernel.subscribe((state) => heard.push([state.status, kernel.kernelId]));
    latest().start({ isFromSnapshot: true });
    await vi.advanceTimersByTimeAsync(4_000);
    latest().start();
    expect([...kernel.kernelIds]).toEqual(workers.map(({ plan }) => plan.kernelId));
    kernel.restart();
    const [first, spare] = workers.map(({ plan }) => plan.kernelId);
    expect(heard).toEqual([
      ['ready', first],
      ['ready', spare],
    ]);
    kernel.dispose();
    expect([kernel.kernelId, kernel.kernelIds.size]).toEqual([null, 0]);
  });
});

describe('a kernel that restores a snapshot', () => {
  it('starts without a snapshot that does not work, and says so in the log of the next job', async () => {
    const { kernel, workers, latest, heard, listener } = startKernel();
    latest().say({ type: 'snapshot-refused', reason: 'it was made by another build' });
    expect([workers[0]?.isTerminated, latest().plan.snapshot]).toEqual([true, 'discard']);
    latest().start();
    void kernel.run(buildRequest('a'), listener);
    expect(heard).toEqual([
      'handed over',
      expect.stringMatching(/^warning Python was started without its snapshot.*made by another build/),
    ]);
  });

  it('waits 15 s for a snapshot to be restored, and no longer', async () => {
    const { workers, latest } = startKernel();
    latest().say({ type: 'snapshot-found' });
    await vi.advanceTimersByTimeAsync(14_999);
    expect(workers.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect([workers[0]?.isTerminated, latest().plan.snapshot]).toEqual([true, 'discard']);
  });

  it('takes a worker that breaks while it restores a snapshot for a snapshot that does not work', () => {
    const { workers, latest } = startKernel();
    latest().say({ type: 'snapshot-found' });
    latest().say({ type: 'kernel-failed', message: 'function signature mismatch' });
    expect([workers.length, latest().plan.snapshot]).toEqual([2, 'discard']);
  });
});
