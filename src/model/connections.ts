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
