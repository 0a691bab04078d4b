import { expect, it } from 'vitest';
import { createDeferred } from '../../shared/deferred.ts';
import { Loading } from './Loading.svelte.ts';

function begin() {
  const released: string[] = [];
  const loading = new Loading<string>((value) => released.push(value));
  const load = () => {
    const deferred = createDeferred<string>();
    loading.begin(() => deferred.promise);
    return deferred;
  };
  return { loading, released, load };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}

it('keeps what was there until the next has come, and lets go of it then', async () => {
  const { loading, released, load } = begin();
  load().resolve('one');
  await settle();
  expect(loading.state).toEqual({ status: 'ready', shown: { value: 'one' } });
  const two = load();
  expect(loading.state).toEqual({ status: 'loading', shown: { value: 'one' } });
  two.resolve('two');
  await settle();
  expect([loading.state, released]).toEqual([{ status: 'ready', shown: { value: 'two' } }, ['one']]);
});

it('drops what comes late, whether it is a value or a problem', async () => {
  const { loading, released, load } = begin();
  const [one, two, three] = [load(), load(), load()];
  three.resolve('three');
  one.resolve('one');
  two.reject(new Error('late'));
  await settle();
  expect([loading.state, released]).toEqual([{ status: 'ready', shown: { value: 'three' } }, ['one']]);
});

it('tells a problem, and lets go of all when it is stopped', async () => {
  const { loading, released, load } = begin();
  load().resolve('one');
  await settle();
  load().reject(new Error('It is gone.'));
  await settle();
  expect(loading.state).toEqual({ status: 'failed', shown: null, problem: 'It is gone.' });
  const last = load();
  loading.stop();
  last.resolve('last');
  await settle();
  expect(released).toEqual(['one', 'last']);
});
