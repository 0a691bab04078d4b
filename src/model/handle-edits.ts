import { addConnections, isSamePlace, listTouching } from './connections.ts';
import type { Edit, EditResult } from './edits.ts';
import type { Connection, HandlePlace, InputHandle } from './handles.ts';
import type { CellId } from './ids.ts';
import { findCell, listInputs, type Cell, type Notebook } from './notebook.ts';
import type { ScriptletCell } from './scriptlet.ts';

type EditOf<Type extends Edit['type']> = Extract<Edit, { type: Type }>;

export function setHandles(notebook: Notebook, edit: EditOf<'set-handles'>): EditResult | null {
  const cell = findScriptlet(notebook, edit.cellId);
  if (!cell) return null;
  const { inputs, outputs } = cell;
  const touching = listTouching(notebook.connections, cell.id);
  const changed = replaceCell(notebook, { ...cell, inputs: edit.inputs, outputs: edit.outputs });
  const others = notebook.connections.filter((connection) => !touching.includes(connection));
  return {
    notebook: { ...changed, connections: addConnections(changed.cells, others, edit.connections) },
    inverse: { type: 'set-handles', cellId: cell.id, inputs, outputs, connections: touching },
  };
}

export function setInputValue(notebook: Notebook, edit: EditOf<'set-input-value'>): EditResult | null {
  const cell = findCell(notebook, edit.cellId);
  const before = cell && listInputs(cell).find(({ name }) => name === edit.handle);
  if (!cell || !before || JSON.stringify(before.value) === JSON.stringify(edit.value)) return null;
  const changed: InputHandle = { ...before, value: edit.value };
  return {
    notebook: replaceCell(notebook, setInput(cell, before, changed)),
    inverse: { ...edit, value: before.value },
  };
}

export function connect(notebook: Notebook, connection: Connection): EditResult | null {
  const before = notebook.connections.find(({ to }) => isSamePlace(to, connection.to));
  if (before && isSamePlace(before.from, connection.from)) return null;
  const others = notebook.connections.filter((other) => other !== before);
  const connections = addConnections(notebook.cells, others, [connection]);
  if (connections.length === others.length) return null;
  return {
    notebook: { ...notebook, connections },
    inverse: before ? { type: 'connect', connection: before } : { type: 'disconnect', to: connection.to },
  };
}

export function disconnect(notebook: Notebook, place: HandlePlace): EditResult | null {
  const before = notebook.connections.find(({ to }) => isSamePlace(to, place));
  if (!before) return null;
  return {
    notebook: { ...notebook, connections: notebook.connections.filter((other) => other !== before) },
    inverse: { type: 'connect', connection: before },
  };
}

function findScriptlet(notebook: Notebook, cellId: CellId): ScriptletCell | null {
  const cell = findCell(notebook, cellId);
  return cell?.kind === 'scriptlet' ? cell : null;
}

function setInput(cell: Cell, before: InputHandle, changed: InputHandle): Cell {
  switch (cell.kind) {
    case 'data-generator':
    case 'dataset':
    case 'note':
      return cell;
    case 'scriptlet':
      return { ...cell, inputs: cell.inputs.map((input) => (input === before ? changed : input)) };
    case 'statement':
    case 'chart':
      return { ...cell, inputs: [changed] };
  }
}

function replaceCell(notebook: Notebook, cell: Cell): Notebook {
  return { ...notebook, cells: notebook.cells.map((other) => (other.id === cell.id ? cell : other)) };
}
