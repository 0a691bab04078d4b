import { describe, expect, it } from 'vitest';
import type { RunPhase } from '../../model/run-state.ts';
import { createCell } from '../../model/create-cell.ts';
import {
  buildCell,
  buildConnection,
  buildDatasetCell,
  buildHash,
  buildScriptlet,
} from '../../model/testing/builders.ts';
import { describeBoxState, describeLinks, nameBox } from './describe-box.ts';

const resting: RunPhase = { phase: 'resting' };

describe('a box of the graph', () => {
  it('is named by its cell, what that is and does, takes and hands on', () => {
    expect(nameBox(buildScriptlet('clean'), 'Done', 'takes a from load, hands b to plot')).toBe(
      'clean: Scriptlet, done, takes a from load, hands b to plot',
    );
  });

  it('names the cells at the other ends, and counts them where they are many', () => {
    const takers = ['a', 'b', 'c', 'd', 'e'].map((title) => buildScriptlet(title, ['in']));
    const cells = [
      buildCell('load'),
      buildScriptlet('clean', ['frame', 'names'], ['rows']),
      buildCell('aside'),
      ...takers,
    ];
    const connections = [
      buildConnection('load.sales', 'clean.frame'),
      buildConnection('load.regions', 'clean.names'),
      ...takers.map(({ title }) => buildConnection('clean.rows', `${title}.in`)),
    ];
    expect([...describeLinks(cells, connections).values()]).toEqual([
      'hands sales to clean and regions to clean',
      'takes frame from load and names from load, hands rows to a and b and c and 2 others',
      'not connected',
      ...takers.map(() => 'takes in from clean'),
    ]);
  });

  it('says how far its cell is where that is known', () => {
    const running: RunPhase = { phase: 'running', startedAt: 0, loading: null, prompt: null, progress: 41.8 };
    const cell = buildCell('load');
    expect([
      describeBoxState(cell, 'stale', resting),
      describeBoxState(cell, 'running', running),
      describeBoxState(cell, 'running', { ...running, progress: null }),
    ]).toEqual([
      { icon: 'stale', text: 'Stale' },
      { icon: 'running', text: 'Running 41 %' },
      { icon: 'running', text: 'Running' },
    ]);
  });

  it('says of a cell that is not run what it holds', () => {
    const chart = createCell('chart', 'Sales');
    expect([
      describeBoxState(buildDatasetCell('a.csv', buildHash('1')), 'done', resting),
      describeBoxState(createCell('dataset', 'b.csv'), 'idle', resting),
      describeBoxState(chart, 'idle', resting),
      describeBoxState(createCell('note', 'Read me'), 'idle', resting),
    ]).toEqual([
      { icon: 'table', text: '1 row' },
      { icon: 'table', text: 'No data yet' },
      { icon: 'chart', text: '' },
      { icon: 'note', text: '' },
    ]);
    expect(nameBox(chart, '', 'takes data from a.csv')).toBe('Sales: Chart, takes data from a.csv');
  });
});
