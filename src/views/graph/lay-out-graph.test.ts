import { describe, expect, it } from 'vitest';
import { buildCell, buildConnection, buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import { readGraph } from './graph.ts';
import { layOutGraph } from './lay-out-graph.ts';

const small = buildNotebook([], {
  cells: [
    buildCell('load'),
    buildScriptlet('clean', ['frame'], ['rows', 'count']),
    buildCell('aside'),
    buildScriptlet('plot', ['count', 'rows', 'frame', 'unused']),
  ],
  connections: [
    buildConnection('load.sales', 'clean.frame'),
    buildConnection('clean.rows', 'plot.rows'),
    buildConnection('clean.count', 'plot.count'),
    buildConnection('load.sales', 'plot.frame'),
  ],
});

describe('the graph of a notebook', () => {
  it('has of each cell the handles that are connected', () => {
    expect(readGraph(small).cells).toEqual([
      { cellId: 'load', inputs: [], outputs: ['sales'] },
      { cellId: 'clean', inputs: ['frame'], outputs: ['rows', 'count'] },
      { cellId: 'aside', inputs: [], outputs: [] },
      { cellId: 'plot', inputs: ['count', 'rows', 'frame'], outputs: [] },
    ]);
  });

  it('is laid out in layers, with lines from output to input around the boxes, and loose cells below', () => {
    expect(layOutGraph(readGraph(small))).toEqual({});
  });
});
