import type { HandlePlace } from '../../model/handles.ts';
import { listDatasetOutputs } from '../../model/dataset-cell.ts';
import { findCell, isProcessor, type Cell, type Notebook } from '../../model/notebook.ts';
import { statementOutput } from '../../model/statement.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';

/** An output that an input may be connected to. */
export interface Offer {
  readonly place: HandlePlace;
  readonly label: string;
}

/** The handle that a Data Generator is offered with before its first run has shown which ones it has. */
const usualHandle = 'output';

/** The outputs of the other cells, in the order of the notebook. */
export function listOffers(session: NotebookSession, cell: Cell): Offer[] {
  const { notebook } = session;
  return notebook.cells
    .filter(({ id }) => id !== cell.id)
    .flatMap((source) =>
      listOutputNames(session, source).map((handle): Offer => {
        const place = { cellId: source.id, handle };
        return { place, label: describePlace(notebook, place) };
      }),
    );
}

/** What a cell puts out: as declared, or as it did last. */
export function listOutputNames(session: NotebookSession, cell: Cell): string[] {
  if (cell.kind === 'scriptlet') return cell.outputs.map(({ name }) => name);
  if (cell.kind === 'statement') return [statementOutput.name];
  if (cell.kind === 'dataset') return listDatasetOutputs(cell).map(({ name }) => name);
  if (!isProcessor(cell)) return [];
  const known = session.getRun(cell.id).doneJob?.outcome.outputs.map(({ handle }) => handle) ?? [];
  return known.length > 0 ? known : [usualHandle];
}

export function describePlace(notebook: Notebook, { cellId, handle }: HandlePlace): string {
  return `${findCell(notebook, cellId)?.title ?? 'A cell that is gone'} → ${handle}`;
}
