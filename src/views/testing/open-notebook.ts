import { startTableWorker } from '../../data/start-table-worker.ts';
import type { Notebook } from '../../model/notebook.ts';
import { openSession, type OpenSession } from '../../session/testing/open-session.ts';
import '../../ui/base.css';
import '../../ui/tokens.css';

/** A notebook for tests of views, with the worker of tables that the page has. */
export function openNotebook(notebook: Notebook): OpenSession {
  return openSession(notebook, startTableWorker);
}
