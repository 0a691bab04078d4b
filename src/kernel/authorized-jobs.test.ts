import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { standardGenerating } from '../model/data-generator.ts';
import type { DataGeneratorRequest } from '../model/job-request.ts';
import { createDeferred } from '../shared/deferred.ts';
import { fail, succeed, type Result } from '../shared/result.ts';
import { buildRequest, doneEnding, doneEvent, startKernel } from './testing/scripted-workers.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a Data Generator', () => {
  function buildCommon(): Omit<DataGeneratorRequest, 'kind' | 'configuration' | 'authorize'> {
    const { id, sessionId, cellId, title, source, packages, neededPackages, files, variables } =
      buildRequest('a');
    const common = { id, sessionId, cellId, title, source, packages, neededPackages, files, variables };
    return { ...common, models: [] };
  }

  function buildGenerator(authorize: DataGeneratorRequest['authorize']): DataGeneratorRequest {
    const configuration = { timeoutSeconds: 2, ...standardGenerating };
    return { ...buildCommon(), kind: 'data-generator', configuration, authorize };
  }

  it('is given what proves as whom it runs, made when its time begins', async () => {
    const { kernel, latest, listener } = startKernel();
    const authorize = vi.fn(() => Promise.resolve(succeed('Bearer token')));
    const request = buildGenerator(authorize);
    const ending = kernel.run(request, listener);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(authorize).not.toHaveBeenCalled();
    latest().start();
    await vi.advanceTimersByTimeAsync(0);
    const { kind, configuration } = request;
    expect(latest().received.at(-1)).toEqual({
      type: 'run-job',
      job: { ...buildCommon(), kind, configuration, authorization: 'Bearer token' },
    });
    latest().report('a', doneEvent);
    expect(await ending).toEqual(doneEnding);
  });

  it.each([
    [
      'that is refused',
      () => Promise.resolve(fail('The profile “Ada” was deleted.')),
      'The profile “Ada” was deleted.',
    ],
    ['that fails', () => Promise.reject(new Error('no key')), 'no key.'],
  ])('does not run without it: %s', async (_how, authorize, message) => {
    const { kernel, latest, listener } = startKernel();
    latest().start();
    expect(await kernel.run(buildGenerator(authorize), listener)).toMatchObject({
      status: 'failed',
      error: { kind: 'rule', message },
    });
    expect([latest().receivedTypes, kernel.state.status]).toEqual([['start'], 'ready']);
    const next = kernel.run(buildRequest('b'), listener);
    latest().report('b', doneEvent);
    expect(await next).toEqual(doneEnding);
  });

  it('that is stopped before it was given it is stopped all the same', async () => {
    const { kernel, latest, listener } = startKernel();
    latest().start();
    const { promise, resolve } = createDeferred<Result<string, string>>();
    const ending = kernel.run(
      buildGenerator(() => promise),
      listener,
    );
    kernel.stop();
    resolve(succeed('Bearer token'));
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().receivedTypes).toEqual(['start', 'stop-job', 'run-job', 'stop-job']);
    latest().report('a', { type: 'job-finished', outcome: { status: 'stopped' } });
    expect(await ending).toEqual({ status: 'stopped', level: 'soft' });
  });

  it('is not handed to a Python that has taken over meanwhile', async () => {
    const { kernel, latest, listener } = startKernel({ canHaveSpare: false });
    latest().start();
    const { promise, resolve } = createDeferred<Result<string, string>>();
    const ending = kernel.run(
      buildGenerator(() => promise),
      listener,
    );
    kernel.restart();
    latest().start();
    resolve(succeed('Bearer token'));
    await vi.advanceTimersByTimeAsync(0);
    expect(latest().receivedTypes).toEqual(['start']);
    expect(await ending).toEqual({ status: 'stopped', level: 'hard' });
  });
});
