import { describe, expect, it } from 'vitest';
import { makeRoom, type CountedStore } from './make-room.ts';

/** Files by name, with the times they were written at, as far as they can be told. */
type Times = Readonly<Record<string, number | 'untold' | 'unreadable'>>;

function storeWith(times: Times): CountedStore {
  return {
    list: () => Promise.resolve(Object.keys(times)),
    readTime: (name) => {
      const time = times[name] ?? 'untold';
      if (time === 'unreadable') return Promise.reject(new DOMException('It is locked', 'NotReadableError'));
      return Promise.resolve(time === 'untold' ? 0 : time);
    },
  };
}

/** The names of the files that go when another comes, in order. */
async function findGone(
  times: Times,
  { coming = 'new', most = 3, used = [] as readonly string[] } = {},
): Promise<string[]> {
  const gone: string[] = [];
  await makeRoom(storeWith(times), coming, most, (name) => {
    if (used.includes(name)) return Promise.resolve(false);
    gone.push(name);
    return Promise.resolve(true);
  });
  return gone;
}

describe('room for a file', () => {
  it('is made by removing those that were written longest ago, whatever they are called', async () => {
    expect(await findGone({ a: 40, b: 10, c: 30, d: 20 })).toEqual(['b', 'd']);
  });

  it('is there where few are kept, or where the file takes the place of one', async () => {
    expect(await findGone({ a: 2, b: 1 })).toEqual([]);
    expect(await findGone({ a: 2, b: 1, new: 3 })).toEqual([]);
  });

  it('is made by the next oldest where one is in use', async () => {
    expect(await findGone({ a: 3, b: 1, c: 2 }, { used: ['b'] })).toEqual(['c']);
    expect(await findGone({ a: 3, b: 1, c: 2 }, { used: ['a', 'b', 'c'] })).toEqual([]);
  });

  it('is not made by a file that is being written', async () => {
    expect(await findGone({ a: 'unreadable', b: 2, c: 3 })).toEqual(['b']);
  });

  it('is made in the order of the list where no times are told', async () => {
    expect(await findGone({ b: 'untold', a: 'untold', c: 'untold', d: 'untold' })).toEqual(['b', 'a']);
  });
});
