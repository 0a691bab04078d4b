import { describe, expect, it } from 'vitest';
import type { Notebook } from '../../model/notebook.ts';
import { buildCell, buildConnection, buildNotebook, buildScriptlet } from '../../model/testing/builders.ts';
import type { GraphLayout, GraphLine } from './graph-layout.ts';
import { readGraph } from './graph.ts';
import { layOutGraph } from './lay-out-graph.ts';

const sales = buildNotebook([], {
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

function layOut(notebook: Notebook): GraphLayout {
  return layOutGraph(readGraph(notebook));
}

function describeLine({ connection: { from, to }, points }: GraphLine): string {
  const places = points.map(({ x, y }) => `${x},${y}`).join(' ');
  return `${from.cellId}.${from.handle} → ${to.cellId}.${to.handle}: ${places}`;
}

function describeLayout({ width, height, boxes, lines, looseTop }: GraphLayout) {
  return {
    size: `${width} × ${height}`,
    boxes: boxes.map((box) => `${box.cellId} at ${box.x},${box.y}, ${box.height} high`),
    lines: lines.map(describeLine),
    looseTop,
  };
}

/** Cells in a row, each connected to the next and to some that come much later. */
function buildTangle(cellCount: number, connectionCount: number): Notebook {
  const ends = Array.from({ length: connectionCount }, (_, index) => {
    const to = index < cellCount - 1 ? index + 1 : 1 + ((index * 7919) % (cellCount - 1));
    const from = index < cellCount - 1 ? index : (index * 104_729) % to;
    return { from, to, input: `in${index}` };
  });
  return buildNotebook([], {
    cells: Array.from({ length: cellCount }, (_, index) =>
      buildScriptlet(
        `c${index}`,
        ends.filter(({ to }) => to === index).map(({ input }) => input),
        ['out'],
      ),
    ),
    connections: ends.map(({ from, to, input }) => buildConnection(`c${from}.out`, `c${to}.${input}`)),
  });
}

describe('the graph of a notebook', () => {
  it('has of each cell the handles that are connected, in its order', () => {
    expect(readGraph(sales)).toEqual({
      cells: [
        { cellId: 'load', inputs: [], outputs: ['sales'] },
        { cellId: 'clean', inputs: ['frame'], outputs: ['rows', 'count'] },
        { cellId: 'aside', inputs: [], outputs: [] },
        { cellId: 'plot', inputs: ['count', 'rows', 'frame'], outputs: [] },
      ],
      connections: sales.connections,
    });
  });

  it('is laid out in layers, with lines that go around boxes, and loose cells below', () => {
    expect(describeLayout(layOut(sales))).toEqual({
      size: '800 × 263',
      boxes: [
        'load at 16,34, 70 high',
        'clean at 296,57, 88 high',
        'plot at 576,16, 106 high',
        'aside at 16,201, 46 high',
      ],
      lines: [
        'load.sales → clean.frame: 224,89 296,112',
        'clean.rows → plot.rows: 504,112 576,89',
        'clean.count → plot.count: 504,130 576,71',
        'load.sales → plot.frame: 224,89 296,37 504,37 576,107',
      ],
      looseTop: 145,
    });
  });

  it('has room for a line that is led around above all boxes', () => {
    const { height, boxes, lines } = layOut(
      buildNotebook([], {
        cells: [
          buildCell('load'),
          buildScriptlet('clean', ['x'], ['rows']),
          buildScriptlet('join', ['x', 'y'], ['rows']),
          buildScriptlet('fails', ['x'], ['rows']),
          buildScriptlet('after', ['x']),
          buildScriptlet('plot', ['x'], ['rows']),
          buildScriptlet('report', ['x', 'y', 'z']),
        ],
        connections: [
          buildConnection('load.sales', 'clean.x'),
          buildConnection('load.sales', 'join.x'),
          buildConnection('clean.rows', 'join.y'),
          buildConnection('load.sales', 'fails.x'),
          buildConnection('fails.rows', 'after.x'),
          buildConnection('join.rows', 'plot.x'),
          buildConnection('join.rows', 'report.x'),
          buildConnection('plot.rows', 'report.y'),
          buildConnection('load.sales', 'report.z'),
        ],
      }),
    );
    const drawn = [
      ...lines.flatMap(({ points }) => points.map(({ y }) => y)),
      ...boxes.flatMap((box) => [box.y, box.y + box.height]),
    ];
    expect([Math.min(...drawn), height - Math.max(...drawn)]).toEqual([16, 16]);
    expect(Math.min(...boxes.map(({ y }) => y))).toBeGreaterThan(16);
  });

  it('of nothing but loose cells is a page of them', () => {
    expect(describeLayout(layOut(buildNotebook(['a', 'b', 'c', 'd', 'e'])))).toEqual({
      size: '468 × 210',
      boxes: [
        'a at 16,16, 46 high',
        'b at 244,16, 46 high',
        'c at 16,82, 46 high',
        'd at 244,82, 46 high',
        'e at 16,148, 46 high',
      ],
      lines: [],
      looseTop: null,
    });
  });

  it('of no cell is nothing', () => {
    expect(describeLayout(layOut(buildNotebook([])))).toEqual({
      size: '0 × 0',
      boxes: [],
      lines: [],
      looseTop: null,
    });
  });

  it('has every cell and connection of a tangle, where those that reach furthest go straight', () => {
    const tangle = buildTangle(100, 200);
    const { boxes, lines } = layOut(tangle);
    expect(boxes.map(({ cellId }) => cellId)).toEqual(tangle.cells.map(({ id }) => id));
    expect(lines.map(({ connection }) => connection)).toEqual(tangle.connections);
    const passed = lines.map(({ points }) => (points.length - 2) / 2);
    expect(passed.slice(0, 99)).toEqual(Array.from({ length: 99 }, () => 0));
    expect(passed.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(600);
    expect(Math.max(...passed)).toBeGreaterThan(5);
  });
});
