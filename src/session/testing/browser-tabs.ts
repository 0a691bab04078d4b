import { closeDatabases } from '../../storage/testing/databases.ts';
import type { Database } from '../../storage/Database.ts';
import { startImportWorker } from '../../storage/workspace-file/start-import-worker.ts';
import { WorkspaceImporter } from '../../storage/workspace-file/WorkspaceImporter.ts';
import type { IncomingTools } from '../IncomingFiles.svelte.ts';
import { TabClaims } from '../NotebookClaims.svelte.ts';
import { nothingIncoming } from './nothing-incoming.ts';
import { openDatabaseTab, type DatabaseTab } from './open-database-tab.ts';

let tabs: DatabaseTab[] = [];
let claims: TabClaims[] = [];

/** Opens a tab that imports files into a database; those of one know of each other, as those of one browser do. */
export async function openBrowserTab(
  storage: Database,
  incoming: Partial<IncomingTools> = {},
): Promise<DatabaseTab> {
  const own = new TabClaims(storage.databaseName);
  claims.push(own);
  const tab = await openDatabaseTab(storage.databaseName, null, {
    createClaims: () => own,
    incoming: {
      ...nothingIncoming,
      createReader: (id) => new WorkspaceImporter(storage, id, startImportWorker),
      ...incoming,
    },
  });
  tabs.push(tab);
  return tab;
}

export function closeBrowserTabs(): void {
  for (const tab of tabs) tab.close();
  for (const each of claims) each.close();
  [tabs, claims] = [[], []];
  closeDatabases();
}
