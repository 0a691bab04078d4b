import { ImportEngine } from '../../data/import/ImportEngine.ts';
import { startImportWorker } from '../../data/import/start-import-worker.ts';
import { startTableWorker } from '../../data/start-table-worker.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import { FakeKernel } from '../../kernel/FakeKernel.ts';
import type { Notebook } from '../../model/notebook.ts';
import type { IncomingTools } from '../../session/IncomingFiles.svelte.ts';
import type { NotebookSession } from '../../session/NotebookSession.svelte.ts';
import { Notices } from '../../session/Notices.svelte.ts';
import { aloneAtOnce } from '../../session/testing/time.ts';
import type { Tabs } from '../../session/TabPresence.ts';
import { Workspace } from '../../session/Workspace.svelte.ts';
import { MemoryStorage } from '../../storage/MemoryStorage.ts';
import '../../ui/base.css';
import '../../ui/tokens.css';
import { nothingIncoming } from '../../session/testing/nothing-incoming.ts';

export interface OpenWorkspace {
  readonly workspace: Workspace;
  /** That of the notebook. */
  readonly session: NotebookSession;
  readonly kernel: FakeKernel;
  readonly storage: MemoryStorage;
  readonly notices: Notices;
  /** What it knows of other tabs: that there are none. */
  readonly tabs: Tabs;
}

/** A workspace for tests of views, in which this notebook is open; `prepare` stores what it is to find. */
export async function openWorkspace(
  notebook: Notebook,
  prepare: (storage: MemoryStorage) => Promise<unknown> = () => Promise.resolve(),
  incoming: IncomingTools = nothingIncoming,
): Promise<OpenWorkspace> {
  const storage = new MemoryStorage();
  const notices = new Notices();
  const kernel = new FakeKernel();
  const tabs = aloneAtOnce.createTabs();
  await storage.saveNotebook({ ...notebook, workspaceId: await storage.openWorkspace() }, []);
  await prepare(storage);
  const workspace = await Workspace.open({
    storage,
    notices,
    tables: new TableEngine(startTableWorker),
    importer: new ImportEngine(startImportWorker),
    createKernel: () => kernel,
    distributionUrl: 'https://cdn.example/full/',
    time: aloneAtOnce.time,
    createTabs: () => tabs,
    createClaims: aloneAtOnce.createClaims,
    tab: aloneAtOnce.tab,
    storageManager: null,
    siteUrl: 'https://cahier.example/',
    appVersion: '0.1.0',
    fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
    incoming,
  });
  const { session } = workspace;
  if (!session) throw new Error('the notebook is not open');
  return { workspace, session, kernel, storage, notices, tabs };
}
