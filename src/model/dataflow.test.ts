import { describe, expect, it } from 'vitest';
import {
  findCircle,
  listBereft,
  listDependents,
  listSources,
  planRun,
  sortCells,
  sortWaiting,
  type RunRequest,
} from './dataflow.ts';
import type { Connection } from './handles.ts';
import { isSamePlace } from './connections.ts';
import { CellId } from './ids.ts';
import { buildConnection, buildNotebook } from './testing/builders.ts';

const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(CellId.from) as [
  CellId,
  CellId,
  CellId,
  CellId,
  CellId,
];

/** d → b → a, c → a, and e, which stands alone. */
const notebook = buildNotebook(['a', 'b', 'c', 'd', 'e'], {
  connections: [
    buildConnection('b.out', 'a.left'),
    buildConnection('c.out', 'a.right'),
    buildConnection('d.out', 'b.in'),
  ],
});

function has(connections: readonly Connection[], { from, to }: Connection): boolean {
  return connections.some((each) => isSamePlace(each.from, from) && isSamePlace(each.to, to));
}

describe('the dataflow of a notebook', () => {
  it('puts each cell behind what it depends on, else in the order of the notebook', () => {
    expect(sortCells(notebook)).toEqual([c, d, b, a, e]);
  });

  it('tells what a cell takes from, and what depends on it through others', () => {
    expect(listSources(notebook, a)).toEqual([b, c]);
    expect(listDependents(notebook, [d])).toEqual([a, b]);
    expect(listDependents(notebook, [e])).toEqual([]);
  });

  it('names the circle that a connection would close', () => {
    const { connections } = notebook;
    expect(findCircle(connections, buildConnection('a.out', 'd.in'))).toEqual([d, b, a, d]);
    expect(findCircle(connections, buildConnection('a.out', 'a.in'))).toEqual([a, a]);
    expect(findCircle(connections, buildConnection('e.out', 'd.in'))).toBeNull();
  });

  it('sorts all cells even where stored connections form a circle', () => {
    const broken = { ...notebook, connections: [...notebook.connections, buildConnection('a.out', 'd.in')] };
    expect(sortCells(broken).toSorted()).toEqual([a, b, c, d, e]);
  });

  it('is sorted fast for hundreds of cells in a chain', () => {
    const titles = Array.from({ length: 300 }, (_, index) => `cell ${index}`);
    const connections = titles
      .slice(1)
      .map((title, index) => buildConnection(`${title}.out`, `cell ${index}.in`));
    expect(sortCells(buildNotebook(titles, { connections }))).toEqual(titles.toReversed());
  });
});

describe('cells that wait', () => {
  it('keep their order, but for those that would run before what they take from', () => {
    expect(sortWaiting(notebook, [e, c, d])).toEqual([e, c, d]);
    expect(sortWaiting(notebook, [b, e, d])).toEqual([e, d, b]);
    expect(sortWaiting(notebook, [a, b, e, c])).toEqual([b, e, c, a]);
  });

  it('could not run without one that goes where a connection has nothing yet, or one that could not run has not', () => {
    const without = (removed: CellId, ...unready: Connection[]): CellId[] =>
      listBereft(notebook, removed, [a, b, c, e], (connection) => !has(unready, connection));
    const [toLeft, toRight, toIn] = [
      buildConnection('b.out', 'a.left'),
      buildConnection('c.out', 'a.right'),
      buildConnection('d.out', 'b.in'),
    ];
    expect(without(d)).toEqual([]);
    expect(without(d, toIn)).toEqual([b]);
    expect(without(d, toIn, toLeft)).toEqual([a, b]);
    expect(without(d, toLeft, toRight)).toEqual([]);
    expect(without(c, toIn, toLeft, toRight)).toEqual([a]);
  });
});

describe('a plan', () => {
  function plan(
    request: RunRequest,
    withOutputs: CellId[],
    done = withOutputs,
    unready: Connection[] = [],
  ): CellId[] {
    return planRun(notebook, request, {
      isDone: (id) => done.includes(id),
      isReady: (connection) => withOutputs.includes(connection.from.cellId) && !has(unready, connection),
    });
  }

  it('runs one cell with the outputs that are there, and first what has none yet', () => {
    expect(plan({ type: 'one', cellId: a }, [b, c])).toEqual([a]);
    expect(plan({ type: 'one', cellId: a }, [c])).toEqual([d, b, a]);
    expect(plan({ type: 'one', cellId: a }, [c, d])).toEqual([b, a]);
    expect(plan({ type: 'one', cellId: e }, [])).toEqual([e]);
  });

  it('runs first what has outputs, but none for a connection to what is run', () => {
    const all = [a, b, c, d, e];
    const unready = [buildConnection('b.out', 'a.left')];
    const runA: RunRequest = { type: 'one', cellId: a };
    expect(plan(runA, all, all, unready)).toEqual([b, a]);
    expect(plan(runA, all, all, [...unready, buildConnection('d.out', 'b.in')])).toEqual([d, b, a]);
    expect(plan({ type: 'one', cellId: b }, all, all, unready)).toEqual([b]);
  });

  it('runs a cell and all that depends on it, with what those need', () => {
    expect(plan({ type: 'from', cellId: d }, [])).toEqual([c, d, b, a]);
    expect(plan({ type: 'from', cellId: d }, [c])).toEqual([d, b, a]);
  });

  it('runs all in the order of what they depend on', () => {
    expect(plan({ type: 'all' }, [a, b, c, d, e])).toEqual([c, d, b, a, e]);
  });

  it('runs only what changed and what depends on it', () => {
    expect(plan({ type: 'stale' }, [a, b, c, d, e], [a, c, d, e])).toEqual([b, a]);
    expect(plan({ type: 'stale' }, [a, b, c, d, e])).toEqual([]);
  });
});
