import { describe, expect, it } from 'vitest';
import { CellId } from '../../model/ids.ts';
import { buildConnection } from '../../model/testing/builders.ts';
import type { GraphLayout } from './graph-layout.ts';
import { walkGraph } from './walk-graph.ts';

/** a → b, a → c, b → d, c → d; e and f are loose. */
const layout: GraphLayout = {
  width: 0,
  height: 0,
  looseTop: null,
  boxes: [
    { cellId: CellId.from('a'), x: 0, y: 40, height: 40 },
    { cellId: CellId.from('b'), x: 100, y: 0, height: 40 },
    { cellId: CellId.from('c'), x: 100, y: 60, height: 40 },
    { cellId: CellId.from('d'), x: 200, y: 10, height: 40 },
    { cellId: CellId.from('e'), x: 0, y: 120, height: 40 },
    { cellId: CellId.from('f'), x: 100, y: 120, height: 40 },
  ],
  lines: [
    { connection: buildConnection('a.x', 'b.x'), points: [] },
    { connection: buildConnection('a.x', 'c.x'), points: [] },
    { connection: buildConnection('b.x', 'd.x'), points: [] },
    { connection: buildConnection('c.x', 'd.y'), points: [] },
  ],
};

/** Where each of the cells is led by a key; a dot where it leads nowhere. */
function walk(key: string): string {
  return layout.boxes.map(({ cellId }) => walkGraph(layout, cellId, key) ?? '.').join(' ');
}

describe('the keys of the graph', () => {
  it('go along connections to the nearest cell, and through loose cells one by one', () => {
    expect(walk('ArrowRight')).toBe('c d d . f .');
    expect(walk('ArrowLeft')).toBe('. a a b d e');
  });

  it('go through all cells in reading order', () => {
    expect(walk('ArrowDown')).toBe('b c d e f .');
    expect(walk('ArrowUp')).toBe('. a b c d e');
    expect(walk('Home')).toBe('a a a a a a');
    expect(walk('End')).toBe('f f f f f f');
  });

  it('that mean nothing here lead nowhere, and so do those of a cell that is not there', () => {
    expect(walk('x')).toBe('. . . . . .');
    expect(walkGraph(layout, CellId.from('gone'), 'ArrowRight')).toBe(null);
  });
});
