import { expect, it } from 'vitest';
import { FakeKernel } from '../kernel/FakeKernel.ts';
import type { JobListener } from '../kernel/Kernel.ts';
import type { JobRequest } from '../model/job-request.ts';
import { GuardedKernel } from './GuardedKernel.ts';

interface Setup {
  readonly guard: GuardedKernel;
  /** The packages of each Python that was made. */
  readonly made: (readonly string[])[];
  readonly kernels: FakeKernel[];
  /** What those who listen were told. */
  readonly told: string[];
  /** Why none may work now. */
  readonly state: { refusal: string | null };
}

const refusal = 'It is not trusted.';
// Nothing of these is looked at before Python has them.
const request = { title: 'cell' } as JobRequest;
const listener = { onHandedOver: () => undefined } as JobListener;

function setup(start: string | null): Setup {
  const [made, kernels, told]: [(readonly string[])[], FakeKernel[], string[]] = [[], [], []];
  const state = { refusal: start };
  const createKernel = (packages: readonly string[]): FakeKernel => {
    made.push(packages);
    const kernel = new FakeKernel(`kernel ${kernels.length}`);
    kernels.push(kernel);
    return kernel;
  };
  const guard = new GuardedKernel({ createKernel, findRefusal: () => state.refusal }, ['numpy']);
  guard.subscribe(({ status }) => told.push(status));
  return { guard, made, kernels, told, state };
}

it('a notebook that may run has its Python at once', async () => {
  const { guard, made, kernels } = setup(null);
  expect([made, guard.state.status, guard.kernelId, guard.kernelIds]).toEqual([
    [['numpy']],
    'ready',
    'kernel 0 1',
    new Set(['kernel 0 1', 'kernel 0 spare']),
  ]);
  const ending = guard.run(request, listener);
  kernels[0]?.end({ status: 'stopped', level: 'soft' });
  expect(await ending).toEqual({ status: 'stopped', level: 'soft' });
  guard.stop();
  guard.answerInput('yes');
  guard.restart();
  guard.dispose();
  expect(kernels[0]?.asked).toEqual(['run cell', 'stop', 'answer yes', 'restart', 'dispose']);
});

it('a notebook that may not run has none, and says why', async () => {
  const { guard, made } = setup(refusal);
  expect([guard.state, guard.kernelId, guard.kernelIds]).toEqual([{ status: 'off' }, null, new Set()]);
  expect(await guard.run(request, listener)).toMatchObject({
    status: 'failed',
    error: { kind: 'rule', message: refusal },
  });
  expect(await guard.checkStatement('import os')).toBeNull();
  guard.stop();
  guard.answerInput('yes');
  guard.restart();
  guard.setPackages(['pandas']);
  guard.dispose();
  expect(made).toEqual([]);
});

it('it gets one when it may run, with the packages that it has by then, and loses it when it may no more', async () => {
  const given = setup(refusal);
  const { guard, made, kernels, told } = given;
  guard.setPackages(['pandas']);
  given.state.refusal = null;
  guard.noteRefusal();
  guard.noteRefusal();
  expect([made, guard.kernelId]).toEqual([[['pandas']], 'kernel 0 1']);
  const ending = guard.run(request, listener);
  given.state.refusal = refusal;
  guard.noteRefusal();
  expect(await ending).toEqual({ status: 'stopped', level: 'hard' });
  // What the Python that was ended still tells is heard by nobody.
  kernels[0]?.takeOver();
  expect([guard.state.status, told]).toEqual(['off', ['ready', 'off']]);
  given.state.refusal = null;
  guard.noteRefusal();
  expect([kernels.length, guard.kernelId]).toEqual([2, 'kernel 1 1']);
});

it('what is refused a moment before a run is refused, though nobody has told it yet', async () => {
  const given = setup(null);
  given.state.refusal = refusal;
  expect(await given.guard.run(request, listener)).toMatchObject({ status: 'failed' });
  expect(given.kernels[0]?.asked).toEqual(['dispose']);
});

it('a notebook that was closed gets no Python any more', async () => {
  const given = setup(refusal);
  given.guard.dispose();
  given.state.refusal = null;
  given.guard.noteRefusal();
  expect(await given.guard.run(request, listener)).toMatchObject({
    status: 'failed',
    error: { message: 'The notebook was closed.' },
  });
  expect(given.made).toEqual([]);
});
