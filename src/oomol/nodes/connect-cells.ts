import type { Connection } from '../../model/handles.ts';
import type { CellId } from '../../model/ids.ts';
import type { ScriptletCell } from '../../model/scriptlet.ts';
import type { ImportNotes } from '../ImportNotes.ts';
import type { FlowNode, InputSource } from '../manifests/parse-manifest.ts';

/** The cells of nodes, by the ids of those. */
export type CellsByNode = ReadonlyMap<string, ScriptletCell>;

/** The connections between the cells of a flow; a note tells of each that was not taken over. */
export function connectCells(
  nodes: readonly FlowNode[],
  cells: CellsByNode,
  flowPath: string,
  notes: ImportNotes,
): readonly Connection[] {
  const wiring = new Wiring(cells, flowPath, notes);
  for (const node of nodes) {
    for (const source of node.inputs_from ?? []) wiring.connect(node.node_id, source);
  }
  return wiring.connections;
}

class Wiring {
  readonly connections: Connection[] = [];
  readonly #fed = new Map<CellId, CellId[]>();
  readonly #cells: CellsByNode;
  readonly #flowPath: string;
  readonly #notes: ImportNotes;

  constructor(cells: CellsByNode, flowPath: string, notes: ImportNotes) {
    this.#cells = cells;
    this.#flowPath = flowPath;
    this.#notes = notes;
  }

  connect(nodeId: string, source: InputSource): void {
    const input = source.handle;
    const cell = this.#cells.get(nodeId);
    // The note on a node that was left out names all that it touches.
    if (!cell) return;
    if (!cell.inputs.some(({ name }) => name === input)) {
      this.#noteUndeclared(nodeId, source);
      return;
    }
    for (const { input_handle: name } of source.from_flow ?? []) {
      this.#note(
        nodeId,
        `The input "${input}" takes the input "${name}" of the flow itself, which a notebook has none of.`,
        `Set "${input}" on the cell, or connect it.`,
      );
    }
    for (const { node_id: fromNode, output_handle: output } of source.from_node ?? []) {
      const problem = this.#tryConnect(fromNode, output, cell, input);
      if (problem === null) continue;
      const reached = `from "${output}" of "${fromNode}" to "${input}" of "${nodeId}"`;
      this.#note(
        nodeId,
        `The connection ${reached} was left out: ${problem}.`,
        'Connect the input by hand where it needs a value.',
      );
    }
  }

  /** The end of a sentence on why there is no connection; null where there is one now. */
  #tryConnect(fromNode: string, output: string, to: ScriptletCell, input: string): string | null {
    const from = this.#cells.get(fromNode);
    if (!from) return `"${fromNode}" was not imported`;
    if (!from.outputs.some(({ name }) => name === output)) return `"${fromNode}" declares no such output`;
    if (this.connections.some((one) => one.to.cellId === to.id && one.to.handle === input)) {
      return 'the input is connected already, and a cell runs once, where OOCANA runs a node for each value that comes';
    }
    const path = this.#findPath(to.id, from.id);
    if (path) {
      const titles = [...path, to.id].map((id) => this.#getTitle(id));
      return `it would close the circle ${titles.join(' → ')}`;
    }
    this.connections.push({
      from: { cellId: from.id, handle: output },
      to: { cellId: to.id, handle: input },
    });
    this.#fed.set(from.id, [...(this.#fed.get(from.id) ?? []), to.id]);
    return null;
  }

  /** The cells on the way from one to another, with both; null where there is none. */
  #findPath(from: CellId, to: CellId): readonly CellId[] | null {
    const before = new Map<CellId, CellId | null>([[from, null]]);
    for (const reached of before.keys()) {
      if (reached === to) break;
      for (const next of this.#fed.get(reached) ?? []) if (!before.has(next)) before.set(next, reached);
    }
    if (!before.has(to)) return null;
    const path: CellId[] = [];
    for (let at: CellId | null = to; at !== null; at = before.get(at) ?? null) path.unshift(at);
    return path;
  }

  #getTitle(cellId: CellId): string {
    return [...this.#cells.values()].find(({ id }) => id === cellId)?.title ?? cellId;
  }

  #noteUndeclared(nodeId: string, { handle, value, from_node, from_flow }: InputSource): void {
    const isSet = value !== undefined || (from_node ?? []).length > 0 || (from_flow ?? []).length > 0;
    if (!isSet) return;
    this.#note(
      nodeId,
      `The input "${handle}" was left out with what it is given: its task does not declare it, and OOCANA drops it, too.`,
      `Add the input "${handle}" to the cell if its script uses it.`,
    );
  }

  #note(nodeId: string, what: string, remedy: string): void {
    this.#notes.add({ nodeId, file: this.#flowPath, what, remedy });
  }
}

/** Puts each cell below those that feed it; else they keep their order. */
export function orderCells(
  cells: readonly ScriptletCell[],
  connections: readonly Connection[],
): readonly ScriptletCell[] {
  const placed = new Set<ScriptletCell>();
  const place = (cell: ScriptletCell): void => {
    if (placed.has(cell)) return;
    const feeding = connections.filter(({ to }) => to.cellId === cell.id).map(({ from }) => from.cellId);
    for (const source of cells) if (feeding.includes(source.id)) place(source);
    placed.add(cell);
  };
  for (const cell of cells) place(cell);
  return [...placed];
}
