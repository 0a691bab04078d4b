import type { TableEngine } from '../data/TableEngine.ts';
import { ImportEngine } from '../data/import/ImportEngine.ts';
import { LateKernel, type KernelMaker } from '../kernel/LateKernel.ts';
import type { NotebookClaims } from '../session/NotebookClaims.svelte.ts';
import { Notices } from '../session/Notices.svelte.ts';
import { createLoneTab } from '../session/lone-tab.ts';
import type { Tabs } from '../session/TabPresence.ts';
import { computerTime, type TimeService } from '../session/TimeService.ts';
import { Workspace } from '../session/Workspace.svelte.ts';
import type { Storage } from '../storage/Storage.ts';
import { siteUrl } from './Site.ts';

/** Nothing is due by itself here. */
const time: TimeService = { ...computerTime, wakeAfter: () => () => undefined };

/** There are no others. */
const tabs: Tabs = {
  tabId: 'this one',
  lead: (onLead) => {
    onLead();
  },
  isOpen: () => Promise.resolve(false),
  isAlone: () => Promise.resolve(true),
  announce: () => undefined,
  onNews: () => undefined,
};

const claims: NotebookClaims = {
  claim: () =>
    Promise.resolve({ isWriting: true, takeOver: () => Promise.resolve(), release: () => undefined }),
  isElsewhere: () => Promise.resolve(false),
  tellChange: () => undefined,
  onChange: () => undefined,
};

export interface HeadlessServices {
  readonly storage: Storage;
  readonly tables: TableEngine;
  /** Settles when a Python is wanted. */
  readonly kernelMaker: Promise<KernelMaker>;
  readonly distributionUrl: string;
  readonly appVersion: string;
}

/** Opens what is stored as the page does, in what is there without one. */
export async function openWorkspace(services: HeadlessServices): Promise<Workspace> {
  const { storage, tables, kernelMaker, distributionUrl, appVersion } = services;
  return await Workspace.open({
    storage,
    tables,
    importer: new ImportEngine(() => {
      throw new Error('No file is brought in here.');
    }),
    notices: new Notices(),
    createKernel: (packages) => new LateKernel(kernelMaker, packages),
    distributionUrl,
    time,
    tab: createLoneTab(() => undefined),
    createTabs: () => tabs,
    storageManager: null,
    createClaims: () => claims,
    siteUrl,
    appVersion,
    fetchOutside: (_kernelId, url) => Promise.reject(new Error(`Nothing asks for ${url} here.`)),
    incoming: {
      createReader: () => ({ read: () => Promise.reject(new Error('No workspace is brought in here.')) }),
      fetchFile: (address) => Promise.reject(new Error(`Nothing asks for ${address} here.`)),
    },
  });
}
