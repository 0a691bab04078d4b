import type { SnapshotStore } from './snapshot/SnapshotStore.ts';

/** What making room needs of a store. */
export type CountedStore = Pick<SnapshotStore, 'readTime' | 'list'>;

/**
 * Removes the files that were written longest ago, until there are no more than so many with the one that comes. Those
 * of other builds count like any: another site of the same origin may keep them here, and one day's build may be back
 * the next.
 * @param remove tells whether it removed the file: one that is in use stays, and the next oldest goes in its place
 */
export async function makeRoom(
  store: CountedStore,
  coming: string,
  most: number,
  remove: (name: string) => Promise<boolean>,
): Promise<void> {
  const others = (await store.list()).filter((name) => name !== coming);
  let surplus = others.length + 1 - most;
  if (surplus <= 0) return;
  const dated = await Promise.all(
    others.map(async (name) => ({ name, writtenAt: await readTime(store, name) })),
  );
  // Where there are no times, as in a cache, they are listed in the order in which they were written.
  for (const { name } of dated.sort((one, other) => one.writtenAt - other.writtenAt)) {
    if (surplus === 0) return;
    if (await remove(name)) surplus -= 1;
  }
}

/** When a file was written, in milliseconds since 1970; 0 where the store does not tell. */
async function readTime(store: CountedStore, name: string): Promise<number> {
  try {
    return await store.readTime(name);
  } catch {
    // It is being written, and cannot be read until that is done.
    return Infinity;
  }
}
