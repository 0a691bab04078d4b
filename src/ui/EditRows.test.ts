import { describe, expect, it } from 'vitest';
import { EditRows } from './EditRows.svelte.ts';

function setup(...names: string[]) {
  const focused: number[] = [];
  const list = new EditRows(
    names.map((name) => ({ name })),
    (index) => focused.push(index),
  );
  return { list, focused, listNames: () => list.rows.map(({ name }) => name) };
}

describe('rows that are written in', () => {
  it('are added, changed and taken away, and the focus goes to the row, the next or the last', async () => {
    const { list, focused, listNames } = setup('a', 'b');
    await list.add({ name: 'c' });
    list.change(1, { name: 'B' });
    expect(listNames()).toEqual(['a', 'B', 'c']);
    await list.remove(0);
    await list.remove(1);
    await list.remove(0);
    expect([listNames(), focused]).toEqual([[], [2, 0, 0, -1]]);
  });

  it('are moved, and no further than to the ends, each with the key that it has', async () => {
    const { list, focused } = setup('a', 'b', 'c');
    await list.move(0, 1);
    await list.move(1, 1);
    await list.move(2, 1);
    await list.move(0, -1);
    await list.move(7, -1);
    expect(list.rows).toEqual([
      { name: 'b', key: 1 },
      { name: 'c', key: 2 },
      { name: 'a', key: 0 },
    ]);
    expect(focused).toEqual([1, 2]);
  });
});
