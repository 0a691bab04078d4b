import { addresses, base, core, kernelWorkers, place } from './begin.ts';
import { version } from '../package.json';
import { mount, unmount } from 'svelte';
import { pythonSite } from 'virtual:python-site';
import { ImportEngine } from './data/import/ImportEngine.ts';
import { startImportWorker } from './data/import/start-import-worker.ts';
import { startTableWorker } from './data/start-table-worker.ts';
import { TableEngine } from './data/TableEngine.ts';
import { LateKernel, type KernelMaker } from './kernel/LateKernel.ts';
import { chooseMemoryLimit } from './kernel/memory-limit.ts';
import { WorkerKernel } from './kernel/WorkerKernel.ts';
import { Notices } from './session/Notices.svelte.ts';
import { openBackup, takeMarkedBackup } from './session/open-backup.ts';
import type { RecoveryReason } from './session/Recovery.svelte.ts';
import { TabClaims } from './session/NotebookClaims.svelte.ts';
import { TabPresence } from './session/TabPresence.ts';
import { computerTime } from './session/TimeService.ts';
import { Workspace } from './session/Workspace.svelte.ts';
import { BrowserTab, nameScope } from './session/WorkspaceTab.ts';
import { createLoneTab } from './session/lone-tab.ts';
import { invariant } from './shared/invariant.ts';
import { logger } from './shared/logger.ts';
import { formatBytes } from './shared/format-bytes.ts';
import { BrowserKeptFiles } from './site/BrowserKeptFiles.ts';
import { readPageBuild } from './site/page-build.ts';
import type { ServiceWorkerLink } from './site/ServiceWorkerLink.ts';
import { findOpenText } from './model/open-address.ts';
import { createFetchFile, type FetchFile } from './site/fetch-file.ts';
import { createFetchOutside } from './site/fetch-outside.ts';
import { findServiceWorkers } from './site/find-service-workers.ts';
import { startServiceWorker } from './site/start-service-worker.ts';
import { watchOpened } from './site/watch-opened.ts';
import { MemoryStorage } from './storage/MemoryStorage.ts';
import { openStored, type OpenedStorage } from './storage/open-stored.ts';
import { databaseName } from './storage/schema.ts';
import type { Storage } from './storage/Storage.ts';
import { startImportWorker as startWorkspaceImportWorker } from './storage/workspace-file/start-import-worker.ts';
import { WorkspaceImporter } from './storage/workspace-file/WorkspaceImporter.ts';
import './ui/base.css';
import './ui/tokens.css';
import App from './views/App.svelte';
import { toMessage } from './shared/to-message.ts';

/**
 * Longest times in milliseconds that Python waits for the service worker on a first visit. One whose script is there is
 * mostly there in a moment; without it, this Python would reach no host and be stopped the hard way.
 */
const longestWaitForServiceWorker = { script: 5_000, install: 20_000 };

const notices = new Notices();

let opened: Workspace | null = null;

function reload(): void {
  location.reload();
}

/** An embedded notebook leaves nothing in the browser: what it has goes with its page. */
const tab = place === 'embedded' ? createLoneTab(reload) : new BrowserTab(reload);

/** Opens what is stored; `onBlocked` is told where another tab keeps it from that, for as long as it does. */
async function openStorage(target: HTMLElement, onBlocked: () => void): Promise<OpenedStorage> {
  return await openStored({
    appVersion: version,
    onBackup: (doneBytes) => {
      target.textContent = `Keeping a copy of what is stored, before it is brought up to date: ${formatBytes(doneBytes)}…`;
    },
    events: {
      onBlocked,
      onOutdated: () => {
        opened?.saveNow();
        notices.tell('Cahier was brought up to date in another tab. Reload this one to go on.', {
          label: 'Reload',
          run: reload,
        });
      },
      onLost: () => {
        notices.tell('The browser closed the storage: what is typed now is not kept. Reload the page.', {
          label: 'Reload',
          run: reload,
        });
      },
    },
  });
}

/** The device's memory in gibibytes, which some browsers tell, and others do not. */
function readDeviceMemory(): number {
  const told: unknown = Reflect.get(navigator, 'deviceMemory');
  return typeof told === 'number' ? told : 4;
}

/** What the page does not wait for, but parts of it do. */
interface Waits {
  readonly kernelMaker: Promise<KernelMaker>;
  /** Whether a service worker answers for the page, as soon as that is known. */
  readonly whenControlling: Promise<boolean>;
}

/** Gets ready to make kernels, which waits for the service worker: a worker that starts before stays without it in some browsers. */
async function prepareKernels(
  link: ServiceWorkerLink,
  whenControlling: Promise<boolean>,
): Promise<KernelMaker> {
  if (!link.isControlling) void kernelWorkers.fetchScript();
  const isControlling = await whenControlling;
  kernelWorkers.prepare();
  const memoryGibibytes = readDeviceMemory();
  return (packages) =>
    new WorkerKernel(
      {
        makeWorker: () => kernelWorkers.make(),
        addresses,
        core,
        mailbox: isControlling ? link : null,
        canShareMemory: crossOriginIsolated,
        memoryLimitBytes: chooseMemoryLimit(memoryGibibytes),
        canHaveSpare: memoryGibibytes >= 4,
      },
      packages,
    );
}

const fetchOutside = createFetchOutside(
  base,
  () => (findServiceWorkers()?.controller ?? null) !== null,
  place === 'embedded',
);

function openWorkspace(storage: Storage, { kernelMaker, whenControlling }: Waits): Promise<Workspace> {
  return Workspace.open({
    storage,
    tables: new TableEngine(startTableWorker),
    importer: new ImportEngine(startImportWorker),
    notices,
    createKernel: (packages) => new LateKernel(kernelMaker, packages),
    distributionUrl: addresses.wheelCdnUrl,
    time: computerTime,
    tab,
    createTabs: (id) => new TabPresence(nameScope(id)),
    storageManager: place === 'tab' && 'storage' in navigator ? navigator.storage : null,
    keptFiles: new BrowserKeptFiles(base, readPageBuild(document)),
    createClaims: (id) => new TabClaims(nameScope(id)),
    siteUrl: base,
    appVersion: version,
    fetchOutside,
    incoming: {
      createReader: (id) => new WorkspaceImporter(storage, id, startWorkspaceImportWorker),
      fetchFile: createFileFetching(whenControlling),
    },
  });
}

function createFileFetching(whenControlling: Promise<boolean>): FetchFile {
  return createFetchFile({ siteUrl: base, whenReady: () => whenControlling, fetchOutside });
}

/** A workspace that lasts as long as the tab. */
function openWithout(waits: Waits): Promise<Workspace> {
  return openWorkspace(new MemoryStorage(), waits);
}

/** Shows in the place of the app why it does not begin; settles when its reader wants to work without what is stored. */
async function recover(target: HTMLElement, reason: RecoveryReason, signal?: AbortSignal): Promise<void> {
  const [{ Recovery }, { default: RecoveryScreen }] = await Promise.all([
    import('./session/Recovery.svelte.ts'),
    import('./views/recovery/RecoveryScreen.svelte'),
  ]);
  if (signal?.aborted) return;
  target.textContent = '';
  let unmountScreen = (): void => undefined;
  await new Promise<void>((settle) => {
    const goWithout = (): void => {
      settle();
    };
    signal?.addEventListener('abort', goWithout);
    const recovery = new Recovery(reason, { databaseName, appVersion: version, reload, goWithout });
    const screen = mount(RecoveryScreen, { target, props: { recovery } });
    unmountScreen = () => void unmount(screen);
  });
  unmountScreen();
}

/** Opens what is stored, else, where that is what its reader wants or the browser stores nothing, a workspace of this tab alone. */
async function openBestWorkspace(target: HTMLElement, waits: Waits): Promise<Workspace> {
  const unblocked = new AbortController();
  let isWithout = false;
  const stored = await new Promise<OpenedStorage | null>((resolve) => {
    const onBlocked = (): void => {
      void recover(target, { kind: 'blocked', message: '' }, unblocked.signal).then(() => {
        isWithout = !unblocked.signal.aborted;
        resolve(null);
      });
    };
    void openStorage(target, onBlocked).then((found) => {
      // It may come when its reader works without it already.
      if (isWithout && found.status === 'open') found.database.close();
      resolve(found);
    });
  });
  unblocked.abort();
  target.textContent = '';
  if (stored === null) return await openWithout(waits);
  let refusal = stored.status === 'refused' ? stored.reason : '';
  if (stored.status === 'open') {
    if (stored.backup.status === 'skipped') {
      notices.tell(
        `What is stored was brought up to date, and no copy of it could be kept before (${stored.backup.reason}).`,
      );
    }
    try {
      return await openWorkspace(stored.database, waits);
    } catch (error) {
      logger.error('The workspace cannot be opened', error);
      stored.database.close();
      refusal = toMessage(error);
      // What was just made holds nothing.
      if (!stored.isNew) await recover(target, { kind: 'unusable', message: refusal });
    }
  } else if (stored.status === 'failed') await recover(target, stored.failure);
  if (stored.status === 'refused' || (stored.status === 'open' && stored.isNew)) {
    notices.tell(
      `This browser refuses to store anything (${refusal}). You can work, but everything goes when this tab is closed. Leave private browsing, make room, or allow this site to store data.`,
    );
  } else {
    notices.tell('You work without what is stored: everything you make goes when this tab is closed.', {
      label: 'Reload',
      run: reload,
    });
  }
  target.textContent = '';
  return await openWithout(waits);
}

const packagesUrl = new URL(pythonSite.packagesPath, base).href;

/** Shows one notebook within another page: whatever that one does, it has nothing of what is stored here. */
async function startEmbedded(target: HTMLElement, link: ServiceWorkerLink, waits: Waits): Promise<void> {
  const [{ EmbeddedNotebook }, { default: EmbedPage }] = await Promise.all([
    import('./session/EmbeddedNotebook.svelte.ts'),
    import('./views/embed/EmbedPage.svelte'),
  ]);
  const embedded = new EmbeddedNotebook({
    siteUrl: base,
    tables: new TableEngine(startTableWorker),
    fetchFile: createFileFetching(waits.whenControlling),
    openWorkspace: async (storage) => (opened = await openWorkspace(storage, waits)),
  });
  link.onHostQuestion((question) => embedded.decide(question) ?? opened?.network.decide(question) ?? null);
  mount(EmbedPage, { target, props: { embedded, packagesUrl } });
  void embedded.begin(location.hash, findOpenText(location.search));
  // The page around it has chosen another notebook.
  window.addEventListener('hashchange', reload);
}

async function start(target: HTMLElement): Promise<void> {
  if (!isSecureContext) {
    throw new Error(
      'a browser lets it store and compute over HTTPS and on localhost only. Use such an address',
    );
  }
  if (place === 'framed') {
    const { default: FrameRefusal } = await import('./views/embed/FrameRefusal.svelte');
    mount(FrameRefusal, { target, props: { siteUrl: location.href } });
    return;
  }
  const link = startServiceWorker(
    base,
    {
      teller: notices,
      saveNow: () => opened?.saveNow(),
      endKernels: () => {
        kernelWorkers.endAll();
      },
      reload,
    },
    place === 'tab',
  );
  link.onHostQuestion((question) => opened?.network.decide(question) ?? null);
  link.onServerQuestion((question) => opened?.server.answer(question) ?? null);
  const whenControlling = link.whenControlling(longestWaitForServiceWorker);
  const kernelMaker = prepareKernels(link, whenControlling);
  if (place === 'embedded') {
    await startEmbedded(target, link, { kernelMaker, whenControlling });
    return;
  }
  opened = await openBestWorkspace(target, { kernelMaker, whenControlling });
  mount(App, { target, props: { workspace: opened, packagesUrl } });
  const { incoming } = opened;
  watchOpened(incoming);
  const backup = takeMarkedBackup();
  if (backup) await openBackup(opened, backup);
}

const target = document.getElementById('app');
invariant(target, 'the page has a place for the app');
start(target).catch((error: unknown) => {
  logger.error('The app did not start', error);
  target.textContent = `Cahier could not start: ${toMessage(error)}.`;
});
