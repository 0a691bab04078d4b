import type { ChartCell } from '../chart-cell.ts';
import { findConnection } from '../connections.ts';
import type { CellId } from '../ids.ts';
import type { Notebook } from '../notebook.ts';
import type { StoredDataset, StoredOutput } from '../outputs.ts';
import type { StoredTable } from '../preview.ts';
import { findOutput, type FindJobs } from '../staleness.ts';

/** A dataset as a chart reads it; `earlier` as in an output. */
export type ChartDataset = StoredTable & Pick<StoredDataset, 'earlier'>;

export type StoredJson = Extract<StoredOutput, { kind: 'json' }>;

/** What the input of a chart holds now. */
export type ChartInput =
  | { readonly type: 'none' }
  /** It is connected to a cell that has put nothing out yet. */
  | { readonly type: 'awaited'; readonly cellId: CellId; readonly title: string }
  | { readonly type: 'unfit'; readonly problem: string }
  /** JSON, which may be a table. */
  | { readonly type: 'json'; readonly output: StoredJson; readonly title: string }
  | { readonly type: 'dataset'; readonly dataset: ChartDataset };

export function findChartInput(
  cell: ChartCell,
  notebook: Pick<Notebook, 'cells' | 'connections'>,
  findJobs: FindJobs,
): ChartInput {
  const [{ name, value }] = cell.inputs;
  const connection = findConnection(notebook.connections, cell.id, name);
  if (!connection) return value?.kind === 'dataset' ? { type: 'dataset', dataset: value } : { type: 'none' };
  const { cellId, handle } = connection.from;
  const title = notebook.cells.find(({ id }) => id === cellId)?.title ?? '';
  const found = findOutput(connection, cell, notebook, findJobs);
  if (!found) return { type: 'awaited', cellId, title };
  if (found.output.kind === 'dataset') return { type: 'dataset', dataset: found.output };
  if (found.output.kind === 'json') return { type: 'json', output: found.output, title };
  return {
    type: 'unfit',
    problem: `“${title}” puts no dataset out as “${handle}”, and a chart draws a dataset. Have the cell put out a DataFrame or a list of records, or connect another output.`,
  };
}
