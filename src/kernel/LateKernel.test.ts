import { succeed } from '../shared/result.ts';
import { standardGenerating } from '../model/data-generator.ts';
import { describe, expect, it } from 'vitest';
import { CellId, JobId, SessionId } from '../model/ids.ts';
import type { JobEnding } from '../model/job.ts';
import type { JobRequest } from '../model/job-request.ts';
import { createDeferred } from '../shared/deferred.ts';
import { FakeKernel } from './FakeKernel.ts';
import type { JobListener } from './Kernel.ts';
import { LateKernel, type KernelMaker } from './LateKernel.ts';

const done: JobEnding = { status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } };

function buildRequest(title: string): JobRequest {
  return {
    id: JobId.from(title),
    kind: 'data-generator',
    authorize: () => Promise.resolve(succeed('Bearer token')),
    sessionId: SessionId.from('session'),
    cellId: CellId.from('cell'),
    variables: [],
    neededPackages: [],
    models: [],
    files: [],
    title,
    source: 'pass',
    configuration: { timeoutSeconds: 2, ...standardGenerating, generateEmptyDataset: true },
    packages: { requirements: [], wheels: [] },
  };
}

interface Setup {
  readonly kernel: LateKernel;
  readonly made: FakeKernel;
  /** The packages that kernels were made with. */
  readonly makings: string[];
  /** The state and the Python, each time a change was told. */
  readonly heard: unknown[];
  readonly listener: JobListener;
  /** From now on the kernel can be made. */
  readonly allow: () => Promise<void>;
}

function setup(): Setup {
  const maker = createDeferred<KernelMaker>();
  const made = new FakeKernel();
  const makings: string[] = [];
  const heard: unknown[] = [];
  const kernel = new LateKernel(maker.promise, ['numpy']);
  kernel.subscribe((state) => heard.push([state.status, kernel.kernelId]));
  const allow = async (): Promise<void> => {
    maker.resolve((packages) => {
      makings.push(packages.join(' '));
      return made;
    });
    await maker.promise;
  };
  const ignore = (): void => undefined;
  const listener: JobListener = {
    onHandedOver: () => heard.push('handed over'),
    onPackagesFound: ignore,
    onPackagesInstalled: ignore,
    onPackagesReady: ignore,
    onLoading: ignore,
    onScriptStarted: ignore,
    onInputAsked: ignore,
    onLog: ignore,
    onProgress: ignore,
    onPreview: ignore,
    onFilesChanged: ignore,
    onFilesOpened: ignore,
  };
  return { kernel, made, makings, heard, listener, allow };
}

describe('a kernel that cannot be made yet', () => {
  it('starts until it can, tells so, and is what was made then', async () => {
    const { kernel, made, makings, heard, allow } = setup();
    expect([kernel.state, kernel.kernelId, kernel.kernelIds.size]).toEqual([
      { status: 'starting', progress: null },
      null,
      0,
    ]);
    kernel.setPackages(['pandas']);
    await allow();
    made.takeOver();
    expect(heard).toEqual([
      ['ready', 'kernel 1'],
      ['ready', 'kernel 2'],
    ]);
    expect([kernel.state, kernel.kernelIds]).toEqual([made.state, made.kernelIds]);
    kernel.setPackages(['six']);
    kernel.answerInput('Ada');
    kernel.restart();
    kernel.dispose();
    expect([makings, made.packages, made.asked]).toEqual([
      ['pandas'],
      ['six'],
      ['answer Ada', 'restart', 'dispose'],
    ]);
  });

  it('keeps a job until then, and runs it and those that come later', async () => {
    const { kernel, made, heard, listener, allow } = setup();
    const first = kernel.run(buildRequest('first'), listener);
    expect(() => kernel.run(buildRequest('other'), listener)).toThrow('one job at a time');
    await allow();
    expect(heard).toEqual([['ready', 'kernel 1'], 'handed over']);
    made.end(done);
    expect(await first).toEqual(done);
    const second = kernel.run(buildRequest('second'), listener);
    kernel.stop();
    expect(await second).toEqual({ status: 'stopped', level: 'soft' });
    expect(made.asked).toEqual(['run first', 'run second', 'stop']);
  });

  it('gives a job back that is stopped or whose Python is restarted before, and runs the next', async () => {
    const { kernel, made, listener, allow } = setup();
    const first = kernel.run(buildRequest('first'), listener);
    kernel.stop();
    const second = kernel.run(buildRequest('second'), listener);
    kernel.restart();
    expect(await Promise.all([first, second])).toEqual([
      { status: 'stopped', level: 'soft' },
      { status: 'stopped', level: 'hard' },
    ]);
    void kernel.run(buildRequest('third'), listener);
    await allow();
    expect(made.asked).toEqual(['run third']);
  });

  it('is never made when it is not needed any more', async () => {
    const { kernel, makings, heard, listener, allow } = setup();
    const ending = kernel.run(buildRequest('first'), listener);
    kernel.dispose();
    await allow();
    expect([await ending, makings, heard]).toEqual([{ status: 'stopped', level: 'hard' }, [], []]);
  });

  it('is broken where the kernel cannot be made, and fails the job that waited and those that come', async () => {
    const kernel = new LateKernel(Promise.reject(new Error('no worker')), []);
    const heard: unknown[] = [];
    kernel.subscribe((state) => heard.push(state));
    const { listener } = setup();
    const waited = await kernel.run(buildRequest('a'), listener);
    const state = { status: 'broken', message: 'Python could not be started: no worker' };
    expect([heard, kernel.state]).toEqual([[state], state]);
    expect(waited).toMatchObject({ status: 'failed', error: { kind: 'kernel' } });
    expect(await kernel.run(buildRequest('b'), listener)).toEqual(waited);
  });
});
