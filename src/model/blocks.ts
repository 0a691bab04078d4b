import type { CellId } from './ids.ts';
import type { Block, Downstream } from './job-request.ts';
import { findCell, type Notebook } from './notebook.ts';

/** The scriptlets of a notebook, as others may ask about them and run them. */
export function listBlocks({ cells }: Notebook): Block[] {
  return cells.flatMap((cell): Block[] => {
    if (cell.kind !== 'scriptlet') return [];
    const { id, title, description, source, inputs, outputs } = cell;
    return [{ cellId: id, title, description, source, inputHandles: inputs, outputHandles: outputs }];
  });
}

/** Where the outputs of a cell lead. */
export function listDownstream(notebook: Notebook, cellId: CellId): Downstream[] {
  return notebook.connections.flatMap(({ from, to }): Downstream[] => {
    const target = findCell(notebook, to.cellId);
    if (from.cellId !== cellId || target?.kind !== 'scriptlet') return [];
    const { id, title, description } = target;
    return [{ outputHandle: from.handle, cellId: id, title, description, inputHandle: to.handle }];
  });
}
