import { describeInput } from './blocks.ts';
import { hashText } from './hash-text.ts';
import type { CellId } from './ids.ts';
import { findCell, takesInputs, type Notebook } from './notebook.ts';

/** An output of which a job looked at the connections, and so saw which inputs there are. */
export interface DownstreamLook {
  readonly handle: string;
  /** It saw the titles of their cells, too. */
  readonly isByTitle: boolean;
  /** It saw how they are defined, and the descriptions of their cells. */
  readonly isDescribed: boolean;
}

/** What a job saw where it looked at the connections of an output. */
export interface SeenDownstream extends DownstreamLook {
  /** In no order that means anything. */
  readonly inputs: readonly SeenInput[];
}

/** An input that an output led to; the hash is equal where what was seen of it was. */
export interface SeenInput {
  readonly cellId: CellId;
  readonly inputHandle: string;
  readonly hash: string;
}

/** What a job of the cell would see where it looks. */
export function describeDownstream(
  { handle, isByTitle, isDescribed }: DownstreamLook,
  cellId: CellId,
  notebook: Notebook,
): SeenDownstream {
  const inputs = notebook.connections.flatMap(({ from, to }): SeenInput[] => {
    const target = findCell(notebook, to.cellId);
    if (from.cellId !== cellId || from.handle !== handle || !target || !takesInputs(target)) return [];
    const seen = [isByTitle && target.title, isDescribed && describeInput(target, to.handle)];
    return [{ cellId: target.id, inputHandle: to.handle, hash: hashText(JSON.stringify(seen)) }];
  });
  return { handle, isByTitle, isDescribed, inputs };
}

/** Whether a job of the cell would see something else now. */
export function hasDownstreamChanged(seen: SeenDownstream, cellId: CellId, notebook: Notebook): boolean {
  return writeInputs(seen) !== writeInputs(describeDownstream(seen, cellId, notebook));
}

function writeInputs({ inputs }: SeenDownstream): string {
  return JSON.stringify(
    inputs.map(({ cellId, inputHandle, hash }) => JSON.stringify([cellId, inputHandle, hash])).sort(),
  );
}
