import { ImportEngine } from '../../data/import/ImportEngine.ts';
import { FakeImportWorker } from '../../data/import/testing/FakeImportWorker.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import { FakeTableWorker } from '../../data/testing/FakeTableWorker.ts';
import { FakeKernel } from '../../kernel/FakeKernel.ts';
import type { WorkspaceId } from '../../model/ids.ts';
import { openDatabase } from '../../storage/testing/databases.ts';
import type { NotebookSession } from '../NotebookSession.svelte.ts';
import { Notices } from '../Notices.svelte.ts';
import { TabPresence } from '../TabPresence.ts';
import { Workspace, type WorkspaceServices } from '../Workspace.svelte.ts';
import { BrowserTab, nameScope, type WorkspaceTab } from '../WorkspaceTab.ts';
import { aloneAtOnce } from './time.ts';
import { nothingIncoming } from './nothing-incoming.ts';

/** A tab of the browser that shows a workspace of a database. */
export interface DatabaseTab {
  readonly workspace: Workspace;
  /** Of the notebook that is open. */
  readonly session: NotebookSession;
  readonly notices: Notices;
  readonly kernel: FakeKernel;
  /** How often it was loaded anew. */
  readonly reloadCount: number;
  /** Loads it anew, as the browser does. */
  readonly reload: () => Promise<DatabaseTab>;
  readonly close: () => void;
}

/** What a tab has of others where a test does not say it. */
type GivenServices = Partial<Pick<WorkspaceServices, 'createClaims' | 'incoming'>>;

/** Opens a tab with a database of its own connection; `remembered` is the workspace that it showed before. */
export async function openDatabaseTab(
  databaseName: string,
  remembered: WorkspaceId | null = null,
  given: GivenServices = {},
): Promise<DatabaseTab> {
  const database = await openDatabase(databaseName);
  const notices = new Notices();
  const kernel = new FakeKernel();
  const browser = new BrowserTab(() => undefined);
  const presences: TabPresence[] = [];
  let wanted = remembered;
  let reloadCount = 0;
  const tab: WorkspaceTab = {
    get wanted() {
      return wanted;
    },
    remember: (id) => {
      wanted = id;
    },
    leaveWord: (text) => {
      browser.leaveWord(text);
    },
    takeWord: () => browser.takeWord(),
    reload: () => {
      reloadCount += 1;
    },
    announce: () => {
      browser.announce();
    },
    onNews: (onNews) => {
      browser.onNews(onNews);
    },
    isOpen: (id) => browser.isOpen(id),
  };
  const workspace = await Workspace.open({
    storage: database,
    notices,
    tables: new TableEngine(() => new FakeTableWorker()),
    importer: new ImportEngine(() => new FakeImportWorker()),
    createKernel: () => kernel,
    distributionUrl: 'https://cdn.example/full/',
    ...aloneAtOnce,
    tab,
    createTabs: (id) => {
      const presence = new TabPresence(nameScope(id));
      presences.push(presence);
      return presence;
    },
    siteUrl: 'https://cahier.example/',
    appVersion: '0.1.0',
    fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
    incoming: nothingIncoming,
    ...given,
  });
  const close = (): void => {
    workspace.saveNow();
    browser.close();
    for (const presence of presences) presence.close();
  };
  return {
    workspace,
    notices,
    kernel,
    get session() {
      if (!workspace.session) throw new Error('no notebook is open');
      return workspace.session;
    },
    get reloadCount() {
      return reloadCount;
    },
    reload: async () => {
      close();
      await database.pending();
      return await openDatabaseTab(databaseName, wanted, given);
    },
    close,
  };
}
