import type { CellId } from './ids.ts';
import type { Block, Downstream } from './job-request.ts';
import { findCell, type Notebook } from './notebook.ts';
import { getNodeId } from './scriptlet.ts';

/** The scriptlets of a notebook, as others may ask about them and run them. */
export function listBlocks({ cells }: Notebook): Block[] {
  return cells.flatMap((cell): Block[] => {
    if (cell.kind !== 'scriptlet') return [];
    const { flowNode, title, description, source, inputs, outputs } = cell;
    const names = { nodeId: getNodeId(cell), task: flowNode?.task ?? null };
    return [{ ...names, title, description, source, inputHandles: inputs, outputHandles: outputs }];
  });
}

/** Where the outputs of a cell lead. */
export function listDownstream(notebook: Notebook, cellId: CellId): Downstream[] {
  return notebook.connections.flatMap(({ from, to }): Downstream[] => {
    const target = findCell(notebook, to.cellId);
    if (from.cellId !== cellId || target?.kind !== 'scriptlet') return [];
    const { title, description } = target;
    return [
      { outputHandle: from.handle, nodeId: getNodeId(target), title, description, inputHandle: to.handle },
    ];
  });
}
