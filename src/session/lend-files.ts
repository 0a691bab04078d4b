import { findConnection } from '../model/connections.ts';
import type { SessionId } from '../model/ids.ts';
import type { InputRequest } from '../model/job-request.ts';
import { findCell, type Cell, type Notebook } from '../model/notebook.ts';
import type { LentFile } from '../model/session-files.ts';
import { listNamedDirectories, type HandedJson, type NamedDirectory } from '../model/session-paths.ts';
import type { NotebookHistory } from './NotebookHistory.svelte.ts';

/** What a job gets of earlier sessions; `warnings` are for its log, a line each. */
export interface LentFiles {
  readonly files: readonly LentFile[];
  readonly warnings: readonly string[];
}

/** For which job. */
export interface Borrower {
  readonly cell: Cell;
  readonly notebook: Notebook;
  readonly sessionId: SessionId;
}

/** Paths stand in short values: longer JSON is not searched, in bytes. */
const longestSearched = 5_000_000;

/** The files of earlier sessions that what a job is handed names. Rejects with a sentence for the reader. */
export async function lendFiles(
  requests: readonly InputRequest[],
  { cell, notebook, sessionId }: Borrower,
  history: Pick<NotebookHistory, 'lendFiles'>,
): Promise<LentFiles> {
  const files: LentFile[] = [];
  const warnings = new Map<SessionId, string>();
  for (const named of listNamedDirectories(await readJson(requests), sessionId)) {
    const lent = await history.lendFiles(named.sessionId, named.directory);
    if (lent) files.push(...lent);
    else if (!warnings.has(named.sessionId)) {
      warnings.set(named.sessionId, describeGone(named, cell, notebook));
    }
  }
  return { files, warnings: [...warnings.values()] };
}

async function readJson(requests: readonly InputRequest[]): Promise<HandedJson[]> {
  const values: HandedJson[] = [];
  for (const request of requests) {
    if (request.kind !== 'json') continue;
    const { handle, text } = request;
    if (typeof text === 'string') values.push({ handle, text });
    else if (text.size <= longestSearched) values.push({ handle, text: await text.text() });
  }
  return values;
}

function describeGone({ sessionId, handle }: NamedDirectory, cell: Cell, notebook: Notebook): string {
  const connection = findConnection(notebook.connections, cell.id, handle);
  const maker = connection && findCell(notebook, connection.from.cellId);
  const remedy = maker
    ? `Run “${maker.title}” again, which makes them anew.`
    : 'Run the cell that makes them again.';
  return `The input “${handle}” names files of the session ${sessionId}, which is no longer in the history: they are gone. ${remedy}\n`;
}
