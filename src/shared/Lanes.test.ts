import { describe, expect, it } from 'vitest';
import { createDeferred } from './deferred.ts';
import { Lanes } from './Lanes.ts';

describe('work in lanes', () => {
  it('is begun as one before it ends, in order, but for what was called off', async () => {
    const lanes = new Lanes(2);
    const told: string[] = [];
    const works = ['one', 'two', 'three', 'four', 'five'].map((name) => {
      const [ending, calling] = [createDeferred<null>(), new AbortController()];
      const done = lanes.run(async () => {
        told.push(name);
        await ending.promise;
        return name;
      }, calling.signal);
      return { ending, calling, done };
    });
    await Promise.resolve();
    expect(told).toEqual(['one', 'two']);
    works[2]?.calling.abort();
    expect(await works[2]?.done).toBeNull();
    works[1]?.ending.resolve(null);
    expect(await works[1]?.done).toBe('two');
    await Promise.resolve();
    expect(told).toEqual(['one', 'two', 'four']);
    for (const { ending } of works) ending.resolve(null);
    expect(await Promise.all(works.map(({ done }) => done))).toEqual(['one', 'two', null, 'four', 'five']);
    const late = new AbortController();
    late.abort();
    expect(await lanes.run(() => Promise.resolve('six'), late.signal)).toBeNull();
    expect(await lanes.run(() => Promise.resolve('seven'), new AbortController().signal)).toBe('seven');
  });

  it('leaves its place where it fails', async () => {
    const lanes = new Lanes(1);
    const { signal } = new AbortController();
    await expect(lanes.run(() => Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
    expect(await lanes.run(() => Promise.resolve('next'), signal)).toBe('next');
  });
});
