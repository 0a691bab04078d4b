import { mount } from 'svelte';
import { pythonSite } from 'virtual:python-site';
import { startTableWorker } from './data/start-table-worker.ts';
import { TableEngine } from './data/TableEngine.ts';
import kernelWorkerUrl from './kernel-worker/entry.ts?worker&url';
import { makeKernelWorker } from './kernel/make-kernel-worker.ts';
import { WorkerKernel } from './kernel/WorkerKernel.ts';
import type { PythonAddresses } from './protocol/messages.ts';
import { Notices } from './session/Notices.svelte.ts';
import { Workspace } from './session/Workspace.svelte.ts';
import { invariant } from './shared/invariant.ts';
import { Database } from './storage/Database.ts';
import { MemoryStorage } from './storage/MemoryStorage.ts';
import type { Storage } from './storage/Storage.ts';
import './ui/base.css';
import './ui/tokens.css';
import App from './views/App.svelte';

/** The folder that the site is served from, with a slash at its end. */
const base = new URL('.', document.baseURI).href;

const addresses: PythonAddresses = {
  pyodideUrl: new URL(pythonSite.pyodidePath, base).href,
  sdkUrl: new URL(pythonSite.sdkPath, base).href,
  wheelCdnUrl: pythonSite.wheelCdnUrl,
  servedFiles: pythonSite.servedFiles,
  sdkSizeBytes: pythonSite.sdkSizeBytes,
};

const notices = new Notices();

async function openStorage(): Promise<Storage> {
  const reload = {
    label: 'Reload',
    run: () => {
      location.reload();
    },
  };
  const opened = await Database.open({
    onBlocked: () => {
      notices.tell('Cahier is open in another tab in an older version. Close that tab to go on here.');
    },
    onOutdated: () => {
      notices.tell('Cahier was brought up to date in another tab. Reload this one to go on.', reload);
    },
    onLost: () => {
      notices.tell('The browser closed the storage: what is typed now is not kept. Reload the page.', reload);
    },
  });
  if (opened.isOk) return opened.value;
  notices.tell(
    `This browser refuses to store anything (${opened.problem}). You can work, but everything goes when this tab is closed. Leave private browsing, or allow this site to store data.`,
  );
  return new MemoryStorage();
}

async function start(): Promise<void> {
  const target = document.getElementById('app');
  invariant(target, 'the page has a place for the app');
  const workspace = await Workspace.open({
    storage: await openStorage(),
    tables: new TableEngine(startTableWorker),
    notices,
    createKernel: () =>
      new WorkerKernel(() => makeKernelWorker(new URL(kernelWorkerUrl, base).href), addresses),
  });
  mount(App, { target, props: { workspace, packagesUrl: new URL(pythonSite.packagesPath, base).href } });
}

void start();
