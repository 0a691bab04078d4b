import { listTouching } from './connections.ts';
import type { Edit } from './edits.ts';
import type { Connection, HandlePlace, InputHandle, OutputHandle } from './handles.ts';
import type { Notebook } from './notebook.ts';
import type { ScriptletCell } from './scriptlet.ts';

type SetHandles = Extract<Edit, { type: 'set-handles' }>;
type Side = 'inputs' | 'outputs';

/** The edit that puts an input in the place of the one of a name, with its connection; null adds it at the end. */
export function changeInput(
  notebook: Notebook,
  cell: ScriptletCell,
  name: string | null,
  input: InputHandle,
): SetHandles {
  return createEdit(notebook, cell, 'inputs', name, input.name, {
    inputs: replace(cell.inputs, name, input),
  });
}

/** The edit that puts an output in the place of the one of a name, with its connections; null adds it at the end. */
export function changeOutput(
  notebook: Notebook,
  cell: ScriptletCell,
  name: string | null,
  output: OutputHandle,
): SetHandles {
  return createEdit(notebook, cell, 'outputs', name, output.name, {
    outputs: replace(cell.outputs, name, output),
  });
}

/** The edit that takes a handle away, and with it what it is connected to. */
export function removeHandle(notebook: Notebook, cell: ScriptletCell, side: Side, name: string): SetHandles {
  const others = <Item extends OutputHandle>(handles: readonly Item[]): Item[] =>
    handles.filter((handle) => handle.name !== name);
  return {
    type: 'set-handles',
    cellId: cell.id,
    inputs: side === 'inputs' ? others(cell.inputs) : cell.inputs,
    outputs: side === 'outputs' ? others(cell.outputs) : cell.outputs,
    connections: listTouching(notebook.connections, cell.id),
  };
}

function createEdit(
  notebook: Notebook,
  cell: ScriptletCell,
  side: Side,
  oldName: string | null,
  newName: string,
  change: Partial<Pick<ScriptletCell, Side>>,
): SetHandles {
  const rename = (place: HandlePlace): HandlePlace =>
    place.cellId === cell.id && place.handle === oldName ? { ...place, handle: newName } : place;
  const connections = listTouching(notebook.connections, cell.id).map(({ from, to }): Connection =>
    side === 'inputs' ? { from, to: rename(to) } : { from: rename(from), to },
  );
  const { inputs, outputs } = { ...cell, ...change };
  return { type: 'set-handles', cellId: cell.id, inputs, outputs, connections };
}

function replace<Item extends OutputHandle>(
  handles: readonly Item[],
  name: string | null,
  changed: Item,
): readonly Item[] {
  if (name === null) return [...handles, changed];
  return handles.map((handle) => (handle.name === name ? changed : handle));
}
