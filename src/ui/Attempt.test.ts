import { expect, it } from 'vitest';
import { createDeferred } from '../shared/deferred.ts';
import { Attempt } from './Attempt.svelte.ts';

it('says why something did not go well, until something does', async () => {
  const attempt = new Attempt();
  const told: unknown[] = [];
  for (const act of [
    () => Promise.resolve('It is gone.'),
    () => Promise.reject(new Error('no room')),
    () => Promise.resolve(null),
  ]) {
    told.push([await attempt.make(act), attempt.problem, attempt.isBusy]);
  }
  expect(told).toEqual([
    [false, 'It is gone.', false],
    [false, 'That did not go well (no room). Try again.', false],
    [true, null, false],
  ]);
});

it('does one thing at a time', async () => {
  const attempt = new Attempt();
  const first = createDeferred<null>();
  const made = attempt.make(() => first.promise);
  let isAsked = false;
  const second = await attempt.make(() => {
    isAsked = true;
    return Promise.resolve(null);
  });
  expect([second, isAsked, attempt.isBusy]).toEqual([false, false, true]);
  first.resolve(null);
  expect([await made, attempt.isBusy]).toEqual([true, false]);
});
