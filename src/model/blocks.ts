import { getHandleKind, type InputHandle } from './handles.ts';
import type { CellId } from './ids.ts';
import type { Downstream } from './job-request.ts';
import { findCell, takesInputs, type Notebook, type TakingCell } from './notebook.ts';
import { getNodeId, type ScriptletCell } from './scriptlet.ts';
import { writeHandles } from './write-handles.ts';

/** Whether an input of any of the scriptlets has a secret. */
export function holdsSecrets({ cells }: Pick<Notebook, 'cells'>): boolean {
  return cells.some((cell) => cell.kind === 'scriptlet' && cell.inputs.some(hasSecret));
}

/**
 * The scriptlets of a notebook, as others may ask about them and run them: JSON of a list of `BlockPayload`, as
 * `_wire.py` has it. Without secrets it says only which inputs have some.
 */
export function writeBlocks({ cells }: Pick<Notebook, 'cells'>, withSecrets: boolean): string {
  const blocks = cells.flatMap((cell) => (cell.kind === 'scriptlet' ? [writeBlock(cell, withSecrets)] : []));
  return JSON.stringify(blocks);
}

function writeBlock(cell: ScriptletCell, withSecrets: boolean): object {
  const { flowNode, title, description, source, inputs, outputs } = cell;
  return {
    nodeId: getNodeId(cell),
    task: flowNode?.task ?? null,
    title,
    description,
    source,
    ...writeHandles({
      inputHandles: withSecrets ? inputs : inputs.map(withholdDefault),
      outputHandles: outputs,
    }),
    values: inputs.flatMap((input) => writeValue(input, withSecrets)),
  };
}

function withholdDefault(input: InputHandle): InputHandle {
  return getHandleKind(input) === 'secret' ? { ...input, defaultValue: null } : input;
}

/** Datasets and the bytes of files are read for the cell that runs alone. */
function writeValue(input: InputHandle, withSecrets: boolean): object[] {
  const { name: handle, value } = input;
  if (!withSecrets && hasSecret(input)) return [{ handle, kind: 'withheld' }];
  const isAlongside = value?.kind === 'dataset' || getHandleKind(input) === 'binary';
  return value && !isAlongside ? [{ handle, ...value }] : [];
}

/** A secret may also have been written as JSON, and where one is declared. */
function hasSecret(input: InputHandle): boolean {
  const { value, defaultValue } = input;
  if (value?.kind === 'secret') return true;
  const json = value?.kind === 'json' ? value.text : defaultValue;
  return getHandleKind(input) === 'secret' && json !== null && json !== 'null';
}

/** What scripts are told of an input and its cell; of cells that are no scriptlets they are told less. */
export function describeInput(cell: TakingCell, handle: string): object {
  if (cell.kind !== 'scriptlet') return {};
  const inputHandles = cell.inputs.filter(({ name }) => name === handle).map(withholdDefault);
  return { description: cell.description, ...writeHandles({ inputHandles, outputHandles: [] }) };
}

/** What scripts are told of a scriptlet that they ask about. */
export function describeForScripts({ description, inputs, outputs }: ScriptletCell): object {
  const inputHandles = inputs.map(withholdDefault);
  return { description, ...writeHandles({ inputHandles, outputHandles: outputs }) };
}

/** Where the outputs of a cell lead. */
export function listDownstream(notebook: Notebook, cellId: CellId): Downstream[] {
  return notebook.connections.flatMap(({ from, to }): Downstream[] => {
    const target = findCell(notebook, to.cellId);
    if (from.cellId !== cellId || !target || !takesInputs(target)) return [];
    const { title } = target;
    const description = target.kind === 'scriptlet' ? target.description : '';
    return [
      { outputHandle: from.handle, nodeId: getNodeId(target), title, description, inputHandle: to.handle },
    ];
  });
}
