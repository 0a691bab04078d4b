import type { Connection } from '../../model/handles.ts';
import type { CellId } from '../../model/ids.ts';
import type { Cell, Notebook } from '../../model/notebook.ts';

/** A cell with those of its handles that are connected: first those it declares, in their order. */
export interface GraphCell {
  readonly cellId: CellId;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** What of a notebook decides how its graph is laid out. */
export interface Graph {
  /** In the order of the notebook. */
  readonly cells: readonly GraphCell[];
  readonly connections: readonly Connection[];
}

export function readGraph({ cells, connections }: Notebook): Graph {
  return { cells: cells.map((cell) => readCell(cell, connections)), connections };
}

function readCell(cell: Cell, connections: readonly Connection[]): GraphCell {
  const taken = connections.filter(({ to }) => to.cellId === cell.id).map(({ to }) => to.handle);
  const given = connections.filter(({ from }) => from.cellId === cell.id).map(({ from }) => from.handle);
  return {
    cellId: cell.id,
    inputs: arrange(taken, 'inputs' in cell ? cell.inputs : []),
    outputs: arrange(given, 'outputs' in cell ? cell.outputs : []),
  };
}

function arrange(names: readonly string[], declared: readonly { readonly name: string }[]): string[] {
  const inOrder = declared.map(({ name }) => name).filter((name) => names.includes(name));
  return [...new Set([...inOrder, ...names])];
}
