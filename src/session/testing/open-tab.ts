import { vi } from 'vitest';
import { ImportEngine } from '../../data/import/ImportEngine.ts';
import { TableEngine } from '../../data/TableEngine.ts';
import { FakeKernel } from '../../kernel/FakeKernel.ts';
import { parseToken } from '../../identity/parse-token.ts';
import { createPlainError } from '../../model/job.ts';
import type { Notebook } from '../../model/notebook.ts';
import type { MemoryStorage } from '../../storage/MemoryStorage.ts';
import { Notices } from '../Notices.svelte.ts';
import type { Schedules } from '../Schedules.svelte.ts';
import { Workspace, type WorkspaceServices } from '../Workspace.svelte.ts';
import { aloneAtOnce, settle, type TestTabs, type TestTime } from './time.ts';
import { nothingIncoming } from './nothing-incoming.ts';

/** A tab of the app for tests of schedules. */
export interface OpenTab {
  readonly workspace: Workspace;
  readonly schedules: Schedules;
  readonly notices: Notices;
  /** In the order in which notebooks were opened. */
  readonly kernels: readonly FakeKernel[];
  /** The one that runs a job. */
  readonly findRunning: () => FakeKernel | null;
}

let count = 0;

/** A tab with what is given in the place of what stands in for it. */
export async function openTab(
  storage: MemoryStorage,
  time: TestTime,
  tabs: TestTabs,
  given: Partial<WorkspaceServices> = {},
): Promise<OpenTab> {
  const kernels: FakeKernel[] = [];
  const notices = new Notices();
  count += 1;
  const tabId = `tab ${count}`;
  const workspace = await Workspace.open({
    storage,
    notices,
    time,
    createTabs: () => tabs.add(tabId),
    createClaims: aloneAtOnce.createClaims,
    tab: aloneAtOnce.tab,
    storageManager: null,
    tables: new TableEngine(() => {
      throw new Error('no dataset is made in these tests');
    }),
    importer: new ImportEngine(() => {
      throw new Error('no dataset is made in these tests');
    }),
    createKernel: () => {
      const kernel = new FakeKernel(`kernel ${kernels.length} of ${tabId}`);
      kernels.push(kernel);
      return kernel;
    },
    distributionUrl: 'https://cdn.example/full/',
    siteUrl: 'https://cahier.example/',
    appVersion: '0.1.0',
    fetchOutside: () => Promise.reject(new Error('nothing is fetched in these tests')),
    incoming: nothingIncoming,
    ...given,
  });
  await settle();
  const findRunning = (): FakeKernel | null => kernels.find(({ isRunning }) => isRunning) ?? null;
  return { workspace, schedules: workspace.schedules, notices, kernels, findRunning };
}

/** A notebook with one Data Generator of each title, which is opened. */
export async function addNotebook(
  workspace: Workspace,
  title: string,
  cellTitles: readonly string[] = [`cell of ${title}`],
): Promise<Notebook> {
  await workspace.createNotebook(title);
  const { session } = workspace;
  if (!session) throw new Error('the notebook is not open');
  for (const [index, cellTitle] of cellTitles.entries()) {
    const cellId = session.editor.addCell('data-generator', index);
    session.editor.edit({ type: 'rename-cell', cellId, title: cellTitle });
  }
  workspace.saveNow();
  return session.notebook;
}

/** The job that runs is done. */
export async function endDone(kernel: FakeKernel | null): Promise<void> {
  kernel?.end({ status: 'done', products: { outputs: [], images: [], modules: [], ranBlocks: [] } });
  await settle();
}

export async function endFailed(kernel: FakeKernel | null, message: string): Promise<void> {
  kernel?.end({ status: 'failed', error: createPlainError('rule', message) });
  await settle();
}

/** The kernel in which a job begins to run. */
export async function awaitJob({ findRunning }: OpenTab): Promise<FakeKernel> {
  return await vi.waitFor(() => {
    const kernel = findRunning();
    if (!kernel) throw new Error('nothing runs');
    return kernel;
  });
}

/** As whom the job runs that a kernel was handed last, and what had it run: "ada by schedule". */
export async function describeToken({ request }: FakeKernel): Promise<string> {
  if (request?.kind !== 'data-generator') return 'nobody';
  const authorization = await request.authorize();
  if (!authorization.isOk) throw new Error(authorization.problem);
  const token = parseToken(authorization.value.replace(/^Bearer /, ''));
  if (!token.isOk) throw new Error(token.problem);
  const { username, mode } = token.value.claims;
  return `${username} by ${mode}`;
}
