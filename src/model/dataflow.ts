import type { CyclePlace } from './cycles.ts';
import type { Connection } from './handles.ts';
import type { CellId } from './ids.ts';
import { isProcessor, type Notebook } from './notebook.ts';

/** The part of a notebook that says what depends on what. */
export type Dataflow = Pick<Notebook, 'cells' | 'connections'>;

/** What is to be run. `from` is a cell and all that depends on it. */
export type RunRequest =
  /** `cycle` where a Statement runs in cycles. */
  | { readonly type: 'one'; readonly cellId: CellId; readonly cycle?: CyclePlace }
  | { readonly type: 'from'; readonly cellId: CellId }
  | { readonly type: 'all' | 'stale' };

/** What a plan has to know of the cells. */
export interface CellFacts {
  /**
   * Whether it need not be run what a connection comes from: its value is there, or there is none and would be none
   * again.
   */
  readonly isReady: (connection: Connection) => boolean;
  /** Whether its last results are those that it would have now. */
  readonly isDone: (cellId: CellId) => boolean;
}

/** The cells that hand something to a cell directly, in notebook order. */
export function listSources({ cells, connections }: Dataflow, cellId: CellId): CellId[] {
  const ids = new Set(connections.filter(({ to }) => to.cellId === cellId).map(({ from }) => from.cellId));
  return cells.map(({ id }) => id).filter((id) => ids.has(id));
}

/** The cells that take something from any of these, directly or through others, in notebook order; not these themselves. */
export function listDependents({ cells, connections }: Dataflow, cellIds: Iterable<CellId>): CellId[] {
  const starts = new Set(cellIds);
  const reached = new Set(starts);
  for (const id of reached) {
    for (const { from, to } of connections) if (from.cellId === id) reached.add(to.cellId);
  }
  return cells.map(({ id }) => id).filter((id) => reached.has(id) && !starts.has(id));
}

/** All cells, each behind those that it depends on, and otherwise in the order of the notebook. */
export function sortCells({ cells, connections }: Dataflow): CellId[] {
  const waiting = new Map(cells.map(({ id }) => [id, new Set<CellId>()]));
  for (const { from, to } of connections) {
    if (waiting.has(from.cellId)) waiting.get(to.cellId)?.add(from.cellId);
  }
  const sorted: CellId[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find(([, sources]) => sources.size === 0) ?? [...waiting][0];
    if (!next) break;
    waiting.delete(next[0]);
    for (const sources of waiting.values()) sources.delete(next[0]);
    sorted.push(next[0]);
  }
  return sorted;
}

/** Some of the cells in their order, but each behind those of them that hand it something. */
export function sortWaiting(dataflow: Dataflow, cellIds: readonly CellId[]): CellId[] {
  const waiting = cellIds.map((id) => ({ id, sources: new Set(listSources(dataflow, id)) }));
  const sorted: CellId[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ sources }) => !waiting.some(({ id }) => sources.has(id)));
    sorted.push(...waiting.splice(Math.max(free, 0), 1).map(({ id }) => id));
  }
  return sorted;
}

/** The way from one cell to another along connections, both included; null where there is none. */
function findPath(connections: readonly Connection[], from: CellId, to: CellId): CellId[] | null {
  const before = new Map<CellId, CellId | null>([[from, null]]);
  for (const id of before.keys()) {
    if (id === to) return traceBack(before, to);
    for (const connection of connections) {
      const next = connection.to.cellId;
      if (connection.from.cellId === id && !before.has(next)) before.set(next, id);
    }
  }
  return null;
}

/** The circle that a connection would close, from the cell it leads to and back to it; null where it closes none. */
export function findCircle(connections: readonly Connection[], added: Connection): CellId[] | null {
  const path = findPath(connections, added.to.cellId, added.from.cellId);
  return path && [...path, added.to.cellId];
}

/** The processors to run, in order: those that are asked for, and first those without which they could not. */
export function planRun(dataflow: Dataflow, request: RunRequest, facts: CellFacts): CellId[] {
  const wanted = new Set(listWanted(dataflow, request, facts));
  for (const id of wanted) {
    for (const connection of dataflow.connections.filter(({ to }) => to.cellId === id)) {
      if (!facts.isReady(connection)) wanted.add(connection.from.cellId);
    }
  }
  const processors = new Set(dataflow.cells.filter(isProcessor).map(({ id }) => id));
  return sortCells(dataflow).filter((id) => wanted.has(id) && processors.has(id));
}

/**
 * Which cells that wait could not run without what the removed one would have put out, directly or through others, in
 * the order in which they wait.
 */
export function listBereft(
  { connections }: Pick<Dataflow, 'connections'>,
  removed: CellId,
  waiting: readonly CellId[],
  isReady: CellFacts['isReady'],
): CellId[] {
  const lost = new Set([removed]);
  for (const id of lost) {
    for (const connection of connections) {
      if (connection.from.cellId === id && !isReady(connection)) lost.add(connection.to.cellId);
    }
  }
  return waiting.filter((id) => id !== removed && lost.has(id));
}

function listWanted(dataflow: Dataflow, request: RunRequest, { isDone }: CellFacts): CellId[] {
  const ids = dataflow.cells.map(({ id }) => id);
  switch (request.type) {
    case 'one':
      return [request.cellId];
    case 'from':
      return [request.cellId, ...listDependents(dataflow, [request.cellId])];
    case 'all':
      return ids;
    case 'stale': {
      const changed = ids.filter((id) => !isDone(id));
      return [...changed, ...listDependents(dataflow, changed)];
    }
  }
}

function traceBack(before: ReadonlyMap<CellId, CellId | null>, end: CellId): CellId[] {
  const path: CellId[] = [];
  for (let id: CellId | null = end; id !== null; id = before.get(id) ?? null) path.unshift(id);
  return path;
}
