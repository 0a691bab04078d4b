import { vi } from 'vitest';
import { CellId } from '../../model/ids.ts';
import type { ScriptletCell } from '../../model/scriptlet.ts';
import { type ImportedFlow, importFlow } from '../import-flow.ts';
import { buildFiles } from './build-files.ts';

/** Imports a flow that can be imported; the ids of its cells are cell-1, cell-2 and so on, in the order of the flow. */
export function importFiles(
  texts: Readonly<Record<string, string>>,
  flowPath = 'flow.oo.yaml',
): ImportedFlow {
  let made = 0;
  const create = vi.spyOn(CellId, 'create').mockImplementation(() => CellId.from(`cell-${(made += 1)}`));
  try {
    const imported = importFlow(buildFiles(texts), flowPath);
    if (!imported.isOk) throw new Error(imported.problem);
    return imported.value;
  } finally {
    create.mockRestore();
  }
}

/** The scripts of cells by their titles. */
export function getScripts(cells: readonly ScriptletCell[]): Record<string, string> {
  return Object.fromEntries(cells.map(({ title, source }) => [title, source]));
}

/** The connections, as "cell-1.out → cell-2.in". */
export function describeConnections({ connections }: ImportedFlow): string[] {
  return connections.map(({ from, to }) => `${from.cellId}.${from.handle} → ${to.cellId}.${to.handle}`);
}

/** What notes say, as "node: sentence". */
export function listNotes({ notes }: ImportedFlow): string[] {
  return notes.map(({ nodeId, what }) => `${nodeId ?? 'flow'}: ${what}`);
}
