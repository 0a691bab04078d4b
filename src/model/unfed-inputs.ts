import { findConnection } from './connections.ts';
import type { Connection } from './handles.ts';
import { takesInputs, type Cell, type Notebook } from './notebook.ts';
import { findOutput, findOutputs, type FindJobs } from './staleness.ts';

/** A connection that hands over nothing to an input that needs something. */
export interface UnfedInput {
  readonly connection: Connection;
  /** Its output was put out, for other inputs alone. */
  readonly isSentElsewhere: boolean;
}

/**
 * The first input of a cell that gets nothing through its connection, has no value of its own and may not be null; null
 * where there is none. The cells that it takes from have run.
 */
export function findUnfedInput(
  cell: Cell,
  notebook: Pick<Notebook, 'cells' | 'connections'>,
  findJobs: FindJobs,
): UnfedInput | null {
  if (!takesInputs(cell)) return null;
  for (const { name, value, defaultValue, isNullable } of cell.inputs) {
    const connection = findConnection(notebook.connections, cell.id, name);
    const isSpared = isNullable || value !== null || defaultValue !== null;
    if (!connection || isSpared || findOutput(connection, cell, notebook, findJobs)) continue;
    const { cellId, handle } = connection.from;
    const outputs = findOutputs(cellId, notebook, findJobs)?.outputs ?? [];
    return { connection, isSentElsewhere: outputs.some((output) => output.handle === handle) };
  }
  return null;
}

/** Why its cell is not run; `title` is that of the cell that it takes from. */
export function describeUnfedInput(
  { connection: { from, to }, isSentElsewhere }: UnfedInput,
  title: string,
): string {
  const what = isSentElsewhere
    ? `sent “${from.handle}” to other inputs only`
    : `put out nothing on “${from.handle}”`;
  return `Not run: “${title}” ${what}, and the input “${to.handle}” needs it. Give it a value of its own, or allow null.`;
}
