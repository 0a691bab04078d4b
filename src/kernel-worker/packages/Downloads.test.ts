import { describe, expect, it } from 'vitest';
import { Downloads } from './Downloads.ts';

/** A network that never answers, but tells how a request ended. */
const hangingFetch: typeof fetch = (_input, options) =>
  new Promise((_resolve, reject) => {
    const { signal } = options ?? {};
    const end = (): void => {
      reject(signal?.reason instanceof Error ? signal.reason : new Error('ended without a reason'));
    };
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
  });

const [jobIsStopped, ownReason] = [new Error('the job is stopped'), new Error('the request was given up')];

describe('what is downloaded for a job', () => {
  it('ends with the job, what was asked for before and after', async () => {
    const downloads = new Downloads(hangingFetch);
    const stop = new AbortController();
    await downloads.endedBy(stop.signal, async () => {
      const before = downloads.fetch('https://wheels.example/one.whl');
      stop.abort(jobIsStopped);
      await expect(before).rejects.toBe(jobIsStopped);
      await expect(downloads.fetch('https://wheels.example/two.whl')).rejects.toBe(jobIsStopped);
      expect(() => {
        downloads.throwIfEnded();
      }).toThrow(jobIsStopped);
    });
  });

  it('ends also by a signal of its own', async () => {
    const downloads = new Downloads(hangingFetch);
    const own = new AbortController();
    await downloads.endedBy(new AbortController().signal, async () => {
      const given = downloads.fetch('https://wheels.example/one.whl', { signal: own.signal });
      const ofRequest = downloads.fetch(new Request('https://wheels.example/', { signal: own.signal }));
      own.abort(ownReason);
      await expect(given).rejects.toBe(ownReason);
      await expect(ofRequest).rejects.toBe(ownReason);
    });
  });

  it('is what was fetched for it, and nothing else', async () => {
    const asked: (RequestInit | undefined)[] = [];
    const downloads = new Downloads((_input, options) => {
      asked.push(options);
      return Promise.resolve(new Response('python'));
    });
    const stop = new AbortController();
    const failing = downloads.endedBy(stop.signal, () => Promise.reject(new Error('no such package')));
    await expect(failing).rejects.toThrow('no such package');
    stop.abort(jobIsStopped);
    downloads.throwIfEnded();
    const options = { method: 'POST' };
    expect(await (await downloads.fetch('https://data.example/', options)).text()).toBe('python');
    expect(asked).toEqual([options]);
  });
});
