import { addConnections, findConnectionProblem } from '../../model/connections.ts';
import type { Notebook } from '../../model/notebook.ts';
import { allParts } from '../../model/workspace-parts.ts';
import { chooseRecords } from '../workspace-file/choose-records.ts';
import type { WorkspaceRecords } from '../workspace-file/workspace-records.ts';

/** Looking whether one more closes a circle takes longer with each. */
const mostMended = 1_000;

/** Records that fit one another, and a sentence for each thing that was left out for that. */
export interface SettledRecords {
  readonly records: WorkspaceRecords;
  readonly losses: readonly string[];
}

/**
 * Makes of the records of a database those of a workspace file: what is half there is left out, as is what lay in the trash. Secrets
 * stay, as they go back to where they came from.
 */
export function settleRecords(found: WorkspaceRecords): SettledRecords {
  const losses: string[] = [];
  const notebooks = found.notebooks.map((notebook) => settleNotebook(notebook, losses));
  const records = chooseRecords({ ...found, notebooks }, allParts, 'kept');
  const inTrash = notebooks.length - records.notebooks.length;
  if (inTrash > 0) {
    losses.push(
      inTrash === 1
        ? 'A notebook that lay in the trash was left out.'
        : `${inTrash.toLocaleString('en')} notebooks that lay in the trash were left out.`,
    );
  }
  const cells = new Map(
    records.notebooks.map(({ id, cells: own }) => [id, new Set(own.map((cell) => cell.id))]),
  );
  const sessions = new Map(records.sessions.map(({ id, notebookId }) => [id, notebookId]));
  return {
    records: {
      ...records,
      checkpoints: records.checkpoints.filter(({ cellId, notebookId }) => cells.get(notebookId)?.has(cellId)),
      jobs: records.jobs.map((job) =>
        job.sessionId !== null && sessions.get(job.sessionId) !== job.notebookId
          ? { ...job, sessionId: null }
          : job,
      ),
    },
    losses,
  };
}

function settleNotebook(notebook: Notebook, losses: string[]): Notebook {
  const { title, connections } = notebook;
  const cells = [...new Map(notebook.cells.map((cell) => [cell.id, cell])).values()];
  if (cells.length < notebook.cells.length) {
    losses.push(`“${title}” had two cells of one id: the first of them was left out.`);
  }
  const isWhole = findConnectionProblem(cells, connections) === null && connections.length <= mostMended;
  if (isWhole) return { ...notebook, cells };
  const fitting = connections.length <= mostMended ? addConnections(cells, [], connections) : [];
  if (fitting.length < connections.length) {
    losses.push(`“${title}” had connections that lead to nothing: they were left out.`);
  }
  return { ...notebook, cells, connections: fitting };
}
