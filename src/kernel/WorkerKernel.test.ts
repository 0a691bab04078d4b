import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CellId, JobId, SessionId } from '../model/ids.ts';
import type { JobEnding } from '../model/job.ts';
import type { JobRequest } from '../model/job-request.ts';
import { buildHash, buildNotebookWheel } from '../model/testing/builders.ts';
import type {
  FromWorker,
  JobEvent,
  PythonAddresses,
  PythonStart,
  StartPlan,
  ToWorker,
} from '../protocol/messages.ts';
import type { JobListener } from './Kernel.ts';
import type { KernelServices } from './PythonWorkers.ts';
import type { ChannelListener, WorkerChannel } from './WorkerChannel.ts';
import { WorkerKernel } from './WorkerKernel.ts';

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

const plainStart: PythonStart = {
  pythonVersion: '3.13.2',
  memory: { heapBytes: 10, limitBytes: 1_000 },
  isFromSnapshot: false,
  notes: [],
  libraries: [],
};

/** Stands at the other end of the port and says what the test wants said. */
class ScriptedWorker implements WorkerChannel {
  #listener: ChannelListener | null = null;
  readonly received: ToWorker[] = [];
  isTerminated = false;

  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  send(message: ToWorker): void {
    this.received.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(message: FromWorker | { type: 'nonsense' }): void {
    if (!this.isTerminated) this.#listener?.onMessage(message);
  }

  start(partial: Partial<PythonStart> = {}): void {
    this.say({ type: 'started', start: { ...plainStart, ...partial } });
  }

  /** The plan that the worker was started by. */
  get plan(): StartPlan {
    const [message] = this.received;
    if (!message || !('plan' in message)) throw new Error('no plan was sent');
    return message.plan;
  }

  get receivedTypes(): string[] {
    return this.received.map((message) => message.type);
  }

  report(id: string, event: JobEvent): void {
    this.say({ type: 'job-event', runId: JobId.from(id), event });
  }
}

function buildRequest(id: string, timeoutSeconds = 2): JobRequest {
  return {
    id: JobId.from(id),
    kind: 'data-generator',
    sessionId: SessionId.from('session'),
    cellId: CellId.from('cell'),
    variables: [],
    neededPackages: [],
    files: [],
    title: 'Cell',
    source: 'pass',
    configuration: { timeoutSeconds, generateEmptyDataset: true },
    packages: { requirements: [], wheels: [] },
  };
}

const doneEvent: JobEvent = {
  type: 'job-finished',
  outcome: { status: 'done', outputs: [], images: [], modules: [], ranBlocks: [] },
};
const doneEnding: JobEnding = {
  status: 'done',
  products: { outputs: [], images: [], modules: [], ranBlocks: [] },
};

interface Setup {
  readonly kernel: WorkerKernel;
  readonly workers: readonly ScriptedWorker[];
  /** The worker made last. */
  readonly latest: () => ScriptedWorker;
  readonly heard: string[];
  readonly listener: JobListener;
  /** What was left in the mailboxes, in order. */
  readonly mail: unknown[];
}

function setup(services: Partial<KernelServices> = {}, packages: readonly string[] = []): Setup {
  const workers: ScriptedWorker[] = [];
  const heard: string[] = [];
  const mail: unknown[] = [];
  const kernel = new WorkerKernel(
    {
      makeWorker: () => {
        const worker = new ScriptedWorker();
        workers.push(worker);
        return worker;
      },
      addresses,
      core: new Promise(() => undefined),
      mailbox: {
        post: (kernelId, content) => mail.push([kernelId, content]),
        empty: (kernelId) => mail.push([kernelId, 'emptied']),
        endRequests: (kernelId) => mail.push([kernelId, 'requests ended']),
      },
      canShareMemory: false,
      memoryLimitBytes: 1_000,
      canHaveSpare: true,
      ...services,
    },
    packages,
  );
  const listener: JobListener = {
    onHandedOver: () => heard.push('handed over'),
    onPackagesFound: (names) => heard.push(`found ${names.join(' ')}`),
    onPackagesReady: (packages) =>
      heard.push(`has ${packages.map(({ name, version }) => `${name} ${version}`).join(', ')}`),
    onPackagesInstalled: (installed) =>
      heard.push(`installed ${installed.map(({ name }) => name).join(' ')}`),
    onLoading: ({ names }) => heard.push(`loading ${names.join(' ')}`),
    onScriptStarted: () => heard.push('script started'),
    onInputAsked: (prompt) => heard.push(`asked ${prompt}`),
    onLog: (entries) => heard.push(...entries.map((entry) => `${entry.stream} ${entry.text}`)),
    onProgress: (percent) => heard.push(`${percent} %`),
    onPreview: ({ content }) => heard.push(`preview ${content.type}`),
    onFilesChanged: ({ directory, removed }) =>
      heard.push(`removed ${removed.join(' ')} of the ${directory}`),
  };
  const latest = (): ScriptedWorker => {
    const worker = workers.at(-1);
    if (!worker) throw new Error('no worker was made');
    return worker;
  };
  return { kernel, workers, latest, heard, listener, mail };
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
    ]);
    expect(kernel.state).toMatchObject({ status: 'ready', pythonVersion: '3.13.2' });
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

  it('asks a script to stop by every way that reaches it, and keeps its Python', async () => {
    const { kernel, workers, latest, listener, mail } = setup();
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
    const { kernel, latest, listener, mail } = setup({ canShareMemory: true });
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
    const { kernel, workers, latest, heard, listener } = setup({ canHaveSpare: false });
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
    const { kernel, workers, latest, listener } = setup();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    kernel.stop();
    expect(await ending).toEqual({ status: 'stopped', level: 'hard' });
    expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false]);
  });

  it('hands the libraries that one Python has compiled to those after it', () => {
    const { kernel, latest } = setup();
    // The smallest module there is: its magic and its version.
    const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    const libraries = [{ path: '/packages/numpy/core.so', module }];
    latest().start({ libraries });
    const [first] = [latest()];
    kernel.restart();
    expect([first.plan.libraries, latest().plan.libraries]).toEqual([[], libraries]);
  });

  it('takes a job back that waits for Python, and lets Python go on starting', async () => {
    const { kernel, workers, latest, listener } = setup();
    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    expect(await ending).toEqual({ status: 'stopped', level: 'soft' });
    latest().start();
    expect([workers.length, latest().receivedTypes, kernel.state.status]).toEqual([1, ['start'], 'ready']);
  });

  it('takes what a job has reached that ends by itself after it was asked to stop', async () => {
    const { kernel, latest, listener } = setup();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    kernel.stop();
    latest().report('a', doneEvent);
    expect(await ending).toEqual(doneEnding);
  });

  it('hands an answer to the script by every way that reaches it', () => {
    const { kernel, latest, heard, listener, mail } = setup();
    latest().start();
    void kernel.run(buildRequest('a'), listener);
    latest().report('a', { type: 'input-asked', prompt: 'Name? ' });
    kernel.answerInput('Ada');
    expect(heard.at(-1)).toBe('asked Name? ');
    expect(latest().received.at(-1)).toEqual({ type: 'answer-input', runId: 'a', answer: 'Ada' });
    expect(mail.at(-1)).toEqual([latest().plan.kernelId, { isStopAsked: false, answer: 'Ada' }]);
  });

  it('does not touch Python when there is nothing to stop', () => {
    const { kernel, workers, latest } = setup();
    latest().start();
    kernel.stop();
    expect([workers.length, kernel.state.status]).toEqual([1, 'ready']);
  });

  it('asks a job that takes longer than its timeout to stop, counted from the handing over', async () => {
    const { kernel, workers, latest, listener } = setup();
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
    const { kernel, workers, latest, listener } = setup({ canHaveSpare: false });
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await ending).toMatchObject({ status: 'failed', error: { kind: 'timeout' } });
    expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false]);
  });

  it('fails a job that came to its end only after its time was over', async () => {
    const { kernel, latest, listener } = setup();
    latest().start();
    const ending = kernel.run(buildRequest('a'), listener);
    await vi.advanceTimersByTimeAsync(2_000);
    latest().report('a', doneEvent);
    expect(await ending).toMatchObject({ status: 'failed', error: { kind: 'timeout' } });
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

  describe('while it is idle', () => {
    it('makes a snapshot of the packages, then a spare, which takes over from a Python that is ended', async () => {
      const { kernel, workers, latest, listener } = setup({}, ['numpy']);
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
      const { kernel, workers, latest, listener } = setup({ canHaveSpare: false }, ['numpy']);
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
      const { kernel, workers, latest, listener } = setup();
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
      const { kernel, workers, latest, listener } = setup({ canHaveSpare: false });
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
      const { kernel, workers, latest, listener } = setup();
      latest().start();
      void kernel.run(buildRequest('a', 100), listener);
      await vi.advanceTimersByTimeAsync(6_000);
      expect(workers.map((worker) => worker.receivedTypes)).toEqual([['start', 'run-job'], ['start']]);
    });

    it('makes the spare anew when the notebook imports other packages', async () => {
      const { kernel, workers, latest } = setup({}, ['numpy']);
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
  });

  it('starts without a snapshot that does not work, and says so in the log of the next job', async () => {
    const { kernel, workers, latest, heard, listener } = setup();
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
    const { workers, latest } = setup();
    latest().say({ type: 'snapshot-found' });
    await vi.advanceTimersByTimeAsync(14_999);
    expect(workers.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect([workers[0]?.isTerminated, latest().plan.snapshot]).toEqual([true, 'discard']);
  });

  it('takes a worker that breaks while it restores a snapshot for a snapshot that does not work', () => {
    const { workers, latest } = setup();
    latest().say({ type: 'snapshot-found' });
    latest().say({ type: 'kernel-failed', message: 'function signature mismatch' });
    expect([workers.length, latest().plan.snapshot]).toEqual([2, 'discard']);
  });

  it('tells by an id which Python runs the jobs, also of a spare that takes over at once', async () => {
    const { kernel, workers, latest } = setup();
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

  it('tells how much memory Python has taken', () => {
    const { kernel, latest } = setup();
    latest().start();
    latest().say({ type: 'memory-changed', memory: { heapBytes: 800, limitBytes: 1_000 } });
    expect(kernel.state).toMatchObject({ memory: { heapBytes: 800, limitBytes: 1_000 } });
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
