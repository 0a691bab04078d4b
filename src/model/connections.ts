import { groupBy } from '../shared/group-by.ts';
import { datasetOutput, fileOutput } from './dataset-cell.ts';
import { findCircle } from './dataflow.ts';
import type { Connection, HandlePlace } from './handles.ts';
import type { CellId } from './ids.ts';
import { listInputs, type Cell } from './notebook.ts';
import { statementOutput } from './statement.ts';

export function isSamePlace(one: HandlePlace, other: HandlePlace): boolean {
  return one.cellId === other.cellId && one.handle === other.handle;
}

/** What an input is connected to. */
export function findConnection(
  connections: readonly Connection[],
  cellId: CellId,
  handle: string,
): Connection | undefined {
  return connections.find(({ to }) => isSamePlace(to, { cellId, handle }));
}

/** The connections that lead to or from a cell. */
export function listTouching(connections: readonly Connection[], cellId: CellId): Connection[] {
  return connections.filter(({ from, to }) => from.cellId === cellId || to.cellId === cellId);
}

/** Whether a cell has an input of this name. */
function hasInput(cell: Cell, name: string): boolean {
  return listInputs(cell).some((input) => input.name === name);
}

/** Whether a cell may put something out under this name: a Data Generator says only when it runs what it puts out. */
function hasOutput(cell: Cell, name: string): boolean {
  switch (cell.kind) {
    case 'data-generator':
      return true;
    case 'scriptlet':
      return cell.outputs.some((output) => output.name === name);
    case 'statement':
      return name === statementOutput.name;
    case 'dataset':
      return name === datasetOutput.name || name === fileOutput.name;
    case 'chart':
    case 'note':
      return false;
  }
}

/**
 * The connections with others added, without those that do not fit: of a cell or handle that is not there, to an input
 * that is taken, or closing a circle.
 */
export function addConnections(
  cells: readonly Cell[],
  connections: readonly Connection[],
  added: readonly Connection[],
): Connection[] {
  const result = [...connections];
  for (const connection of added) if (fits(cells, result, connection)) result.push(connection);
  return result;
}

function fits(cells: readonly Cell[], connections: readonly Connection[], added: Connection): boolean {
  const source = cells.find(({ id }) => id === added.from.cellId);
  const target = cells.find(({ id }) => id === added.to.cellId);
  if (!source || !target) return false;
  return (
    hasOutput(source, added.from.handle) &&
    hasInput(target, added.to.handle) &&
    !connections.some(({ to }) => isSamePlace(to, added.to)) &&
    findCircle(connections, added) === null
  );
}

/**
 * What is wrong with the connections of a notebook that comes from elsewhere, as a sentence; null where nothing is. It takes
 * no longer for many of them.
 */
export function findConnectionProblem(
  cells: readonly Cell[],
  connections: readonly Connection[],
): string | null {
  const known = new Map(cells.map((cell) => [cell.id, cell]));
  const taken = new Set<string>();
  for (const { from, to } of connections) {
    const source = known.get(from.cellId);
    const target = known.get(to.cellId);
    if (!source || !target) return 'A connection leads to or from a cell that is not there.';
    if (!hasOutput(source, from.handle)) {
      return `A connection comes from the output ${quote(from.handle)} of ${quote(source.title)}, which has none of that name.`;
    }
    if (!hasInput(target, to.handle)) {
      return `A connection leads to the input ${quote(to.handle)} of ${quote(target.title)}, which has none of that name.`;
    }
    const place = JSON.stringify([to.cellId, to.handle]);
    if (taken.has(place)) {
      return `The input ${quote(to.handle)} of ${quote(target.title)} has two connections.`;
    }
    taken.add(place);
  }
  return hasCircle(connections) ? 'The connections form a circle.' : null;
}

/** Takes away, again and again, what nothing leads to: what is left goes round in circles. */
function hasCircle(connections: readonly Connection[]): boolean {
  const counts = new Map<CellId, number>();
  for (const { to } of connections) counts.set(to.cellId, (counts.get(to.cellId) ?? 0) + 1);
  const targets = groupBy(connections, ({ from }) => from.cellId);
  const free = [...targets.keys()].filter((id) => !counts.has(id));
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    for (const { to } of targets.get(id) ?? []) {
      const count = (counts.get(to.cellId) ?? 0) - 1;
      counts.set(to.cellId, count);
      if (count === 0) free.push(to.cellId);
    }
  }
  return [...counts.values()].some((count) => count > 0);
}

function quote(name: string): string {
  return `“${name.slice(0, 100)}”`;
}
